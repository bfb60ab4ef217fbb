package io.releve.distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A copy of the packaged server which a test may change; its {@code deploy/} is watched by the running server. */
final class CopiedInstallation {
    private final Path home;

    private CopiedInstallation(Path home) {
        this.home = home;
    }

    /** Copies the package to a place of this name, without the files that are to be left out. */
    static CopiedInstallation without(String name, Predicate<String> fileName) throws IOException {
        Path home = Path.of("target/installations").toAbsolutePath().resolve(name);
        if (Files.exists(home)) {
            try (Stream<Path> old = Files.walk(home)) {
                for (Path path : old.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
        Files.createDirectories(home.getParent());
        try (Stream<Path> files = Files.walk(RunningServer.HOME)) {
            for (Path source : files.toList()) {
                if (!fileName.test(source.getFileName().toString())) {
                    Files.copy(source, home.resolve(RunningServer.HOME.relativize(source).toString()),
                            StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
        return new CopiedInstallation(home);
    }

    /** The jar of the package whose name begins so. */
    static Path packagedJar(String prefix) throws IOException {
        List<Path> jars = packagedJars().stream().filter(jar -> jar.getFileName().toString().startsWith(prefix))
                .toList();
        if (jars.size() != 1) {
            throw new AssertionError("not one jar " + prefix + "*: " + jars);
        }
        return jars.get(0);
    }

    /** All bundles of the package. */
    static List<Path> packagedJars() throws IOException {
        try (Stream<Path> files = Files.walk(RunningServer.HOME.resolve("bundle"))) {
            return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
        }
    }

    Path home() {
        return home;
    }

    Path deploy() {
        return home.resolve("deploy");
    }

    /** Puts a jar into {@code deploy/} under this name, in one step, over the one that may be there. */
    void drop(Path jar, String name) throws IOException {
        Path unfinished = home.resolve(name + ".part");
        Files.copy(jar, unfinished, StandardCopyOption.REPLACE_EXISTING);
        Files.move(unfinished, deploy().resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    void take(String name) throws IOException {
        Files.delete(deploy().resolve(name));
    }
}
