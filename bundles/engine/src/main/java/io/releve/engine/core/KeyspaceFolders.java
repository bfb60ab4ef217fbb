package io.releve.engine.core;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where a keyspace has its files: below {@code dir} in {@code keyspace}, and after every other exchange in
 * {@code keyspace-2}, which no start looks into: a mapped file is a copy of what can be loaded.
 */
final class KeyspaceFolders {
    /** No keyspace was ever closed with it. */
    static final long UNKNOWN_IDENTITY = -1;

    private final Path first;
    private final Path second;
    private Path used;

    KeyspaceFolders(Path directory) {
        first = directory.resolve("keyspace");
        second = directory.resolve("keyspace-2");
        used = first;
    }

    /** The one a start uses; what an earlier run has left in the other is removed. */
    Path first() throws IOException {
        clear(second);
        return Files.createDirectories(first);
    }

    /** The one that is not used. */
    Path other() throws IOException {
        return Files.createDirectories(used == first ? second : first);
    }

    void exchanged() {
        used = used == first ? second : first;
    }

    private static void clear(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        List<Path> paths;
        try (Stream<Path> walk = Files.walk(folder)) {
            paths = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : paths) {
            Files.delete(path);
        }
    }
}
