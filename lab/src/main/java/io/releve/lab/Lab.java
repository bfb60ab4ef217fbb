package io.releve.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Sets up the two machines anew, one after another, and leaves nothing behind, whatever ends the process but SIGKILL. */
final class Lab implements AutoCloseable {
    private static final Map<String, String> ENVIRONMENT = Map.of("JAVA_HOME", System.getProperty("java.home"));

    private final Options options;
    private final Path home;
    private final Path directory;
    private TwoMachines machines;
    private boolean closed;
    private boolean started;
    private boolean keep;

    /** @param home of the Relève that is installed */
    Lab(Options options, Path home, Path directory) {
        this.options = options;
        this.home = home;
        this.directory = directory;
        keep = options.keep;
        Runtime.getRuntime().addShutdownHook(new Thread(this::close, "clean-up"));
    }

    Path directory() {
        return directory;
    }

    /** The files stay when it ends. */
    void keep() {
        keep = true;
    }

    /** Ends the present set-up; another one starts with no data but that of {@code --keys}. @param name of its folder */
    TwoMachines start(String name) {
        firstStart();
        TwoMachines next;
        synchronized (this) {
            end();
            if (closed) {
                throw new LabException("interrupted");
            }
            next = TwoMachines.build(new Setup(home, directory.resolve(name), options.servers, options.sentinels, options.variant,
                    options.witness, options.moreForServers(), ENVIRONMENT),
                    Addressing.ARTICLE);
            machines = next;
        }
        next.start();
        Fill.keys(next, options.keys);
        return next;
    }

    private void firstStart() {
        if (started || options.servers != Software.RELEVE && options.sentinels != Software.RELEVE) {
            return;
        }
        started = true;
        try {
            FirstStart.run(home, directory.resolve("first"), ENVIRONMENT);
        } catch (IOException e) {
            throw new LabException("the files cannot be written: " + e.getMessage(), e);
        }
    }

    private void end() {
        if (machines != null) {
            machines.close();
            machines = null;
        }
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        end();
        if (keep) {
            System.err.println("The files are in " + directory);
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException e) {
            System.err.println("Left behind: " + directory + " (" + e.getMessage() + ")");
        }
    }
}
