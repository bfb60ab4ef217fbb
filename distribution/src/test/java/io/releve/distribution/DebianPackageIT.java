package io.releve.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The package that {@code bin/releve-deb} makes: what is in it, and that the program runs from where it is put. */
class DebianPackageIT {
    @TempDir
    Path directory;

    @Test
    void holdsTheProgramItsUnitsAndItsScripts() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/dpkg-deb")), "dpkg-deb is not installed: no package is made");
        run(RunningServer.HOME.resolve("bin/releve-deb").toString(), "--output", directory.toString(), "--maintainer", "A B <a@b.example>");
        String version = Files.readString(RunningServer.HOME.resolve("lib/VERSION")).strip();
        String file = directory.resolve("releve_" + version.replace('-', '~') + "_all.deb").toString();
        assertEquals("releve " + version.replace('-', '~') + " A B <a@b.example>\n",
                run("dpkg-deb", "--showformat=${Package} ${Version} ${Maintainer}\n", "--show", file));
        assertTrue(run("dpkg-deb", "--contents", file).lines().allMatch(line -> line.contains(" root/root ")));

        Path root = directory.resolve("root");
        run("dpkg-deb", "--extract", file, root.toString());
        run("dpkg-deb", "--control", file, directory.resolve("control").toString());
        run("sh", "-c", "cd " + root + " && md5sum --quiet -c ../control/md5sums");
        for (String script : List.of("postinst", "prerm", "postrm")) {
            run("sh", "-n", directory.resolve("control").resolve(script).toString());
        }
        for (String line : Files.readAllLines(directory.resolve("control/conffiles"))) {
            assertTrue(Files.exists(root.resolve(line.substring(1))), line);
        }
        for (String unit : List.of("releve", "releve-sentinel")) {
            String text = Files.readString(root.resolve("usr/lib/systemd/system/" + unit + ".service"));
            assertTrue(text.contains("\nExecStart=/usr/share/releve/bin/releve ") && text.contains("\nUser=releve\n"), text);
        }
        assertEquals("Relève " + version + "\n", run(root.resolve("usr/bin/releve").toString(), "version"));
    }

    /** @return what it prints; it must end well */
    private String run(String... words) throws Exception {
        Path output = Files.createTempFile(directory, "output", "");
        Process process = new ProcessBuilder(new ArrayList<>(List.of(words))).redirectErrorStream(true).redirectOutput(output.toFile())
                .start();
        process.getOutputStream().close();
        assertTrue(process.waitFor(60, TimeUnit.SECONDS), words[0]);
        String text = Files.readString(output, StandardCharsets.UTF_8);
        assertEquals(0, process.exitValue(), text);
        return text;
    }
}
