package io.releve.launcher;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The framework's own directory, which can be thrown away at any time. Never below a data directory: it lies in
 * {@code $RELEVE_CACHE}, {@code $XDG_CACHE_HOME/releve}, {@code ~/.cache/releve} or, where those cannot be written, in
 * the directory for temporary files. Several servers of one installation take one each: the first that is free, so that
 * a server usually finds its bundles in place.
 */
final class Cache implements AutoCloseable {
    private static final int MOST_SERVERS = 4096;

    private final Path directory;
    private final FileLock lock;

    private Cache(Path directory, FileLock lock) {
        this.directory = directory;
        this.lock = lock;
    }

    static Cache open(Path home, boolean console, boolean sentinel) throws IOException {
        String name = Integer.toHexString(home.toAbsolutePath().normalize().hashCode())
                + (sentinel ? "-sentinel" : "") + (console ? "-console-" : "-");
        IOException last = null;
        for (Path base : bases()) {
            try {
                return open(base, name);
            } catch (IOException e) {
                last = e;
            }
        }
        throw last;
    }

    private static List<Path> bases() {
        List<Path> bases = new ArrayList<>();
        String named = System.getenv("RELEVE_CACHE");
        if (named != null && !named.isEmpty()) {
            bases.add(Path.of(named));
        }
        String xdg = System.getenv("XDG_CACHE_HOME");
        String home = System.getProperty("user.home");
        if (xdg != null && !xdg.isEmpty()) {
            bases.add(Path.of(xdg, "releve"));
        } else if (home != null && home.startsWith("/") && home.length() > 1) {
            bases.add(Path.of(home, ".cache", "releve"));
        }
        bases.add(Path.of(System.getProperty("java.io.tmpdir"), "releve-" + System.getProperty("user.name")));
        return bases;
    }

    private static Cache open(Path base, String name) throws IOException {
        Files.createDirectories(base);
        for (int i = 0; i < MOST_SERVERS; i++) {
            Path directory = base.resolve(name + i);
            Files.createDirectories(directory);
            FileChannel channel = FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE);
            FileLock lock;
            try {
                lock = channel.tryLock();
            } catch (OverlappingFileLockException e) {
                lock = null;
            }
            if (lock != null) {
                delete(directory.resolve("configurations"));
                delete(directory.resolve("tmp"));
                return new Cache(directory, lock);
            }
            channel.close();
        }
        throw new IOException("more than " + MOST_SERVERS + " servers run from this installation");
    }

    Path directory() {
        return directory;
    }

    /** Whether the framework's directory holds exactly these bundles. */
    boolean holds(String fingerprint) throws IOException {
        Path file = directory.resolve("fingerprint");
        return Files.exists(file) && Files.readString(file).equals(fingerprint);
    }

    /** When {@link #filled} was called last, ms since the epoch. */
    long filledAt() throws IOException {
        return Files.getLastModifiedTime(directory.resolve("fingerprint")).toMillis();
    }

    /** Forgets the bundles; {@link #filled} must follow once new ones are installed. */
    void empty() throws IOException {
        Files.deleteIfExists(directory.resolve("fingerprint"));
        delete(directory.resolve("framework"));
    }

    void filled(String fingerprint) throws IOException {
        Files.writeString(directory.resolve("fingerprint"), fingerprint);
    }

    private static void delete(Path tree) throws IOException {
        if (!Files.exists(tree)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(tree)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    @Override
    public void close() throws IOException {
        lock.channel().close();
    }
}
