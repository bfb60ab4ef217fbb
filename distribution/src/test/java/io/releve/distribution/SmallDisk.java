package io.releve.distribution;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A directory that can be full: a small file system of its own, which only root can mount. */
final class SmallDisk implements AutoCloseable {
    private final Path path;

    private SmallDisk(Path path) {
        this.path = path;
    }

    /** Skips the test where it cannot be mounted. */
    static SmallDisk mount(Path path, int megabytes) throws IOException, InterruptedException {
        Files.createDirectories(path);
        assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "tmpfs", path.toString()),
                "a small file system cannot be mounted here: that takes root and mount(8)");
        return new SmallDisk(path);
    }

    Path path() {
        return path;
    }

    /** Makes it larger. */
    void grow(int megabytes) throws InterruptedException {
        assertTrue(run("mount", "-o", "remount,size=" + megabytes + "m", path.toString()));
    }

    /** Nothing can be written to it any more, not by root either. */
    void readOnly() throws InterruptedException {
        assertTrue(run("mount", "-o", "remount,ro", path.toString()));
    }

    @Override
    public void close() throws InterruptedException {
        assertTrue(run("umount", path.toString()));
    }

    private static boolean run(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
