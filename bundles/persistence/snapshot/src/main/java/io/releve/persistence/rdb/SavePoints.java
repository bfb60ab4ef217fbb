package io.releve.persistence.rdb;

import io.releve.config.Settings;
import java.util.List;

/** When a snapshot is due (directive {@code save}): after so many seconds with at least so many changes. */
final class SavePoints {
    private volatile List<Long> numbers = List.of();
    private volatile boolean stopsWrites;
    private AutoCloseable watch;
    private AutoCloseable otherWatch;

    void follow(Settings settings) {
        watch = settings.watch(SnapshotDirectives.SAVE, words -> numbers = words.stream().map(Long::valueOf).toList());
        otherWatch = settings.watch(SnapshotDirectives.STOP_WRITES, on -> stopsWrites = on);
    }

    void close() {
        try {
            if (watch != null) {
                watch.close();
                otherWatch.close();
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    boolean any() {
        return !numbers.isEmpty();
    }

    /** Whether writes are refused after a snapshot has failed. */
    boolean stopsWrites() {
        return stopsWrites;
    }

    /** @param seconds since the last snapshot */
    boolean due(long changes, long seconds) {
        List<Long> pairs = numbers;
        for (int i = 0; i < pairs.size(); i += 2) {
            if (seconds > pairs.get(i) && changes >= pairs.get(i + 1)) {
                return true;
            }
        }
        return false;
    }
}
