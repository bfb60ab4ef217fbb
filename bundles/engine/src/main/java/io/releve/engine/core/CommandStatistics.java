package io.releve.engine.core;

import org.HdrHistogram.Histogram;

/** What INFO commandstats and latencystats tell of one command. Changed and read with the turn. */
final class CommandStatistics {
    /** Longest time that is told apart, as in Redis: one second. */
    private static final long LONGEST = 1_000_000_000L;

    private long calls;
    private long nanoseconds;
    private long rejected;
    private long failed;
    private Histogram latencies;

    /** Counts {@code times} calls that took so many nanoseconds together. */
    void ran(long took, int times, boolean track) {
        calls += times;
        nanoseconds += took;
        if (track) {
            Histogram h = latencies;
            if (h == null) {
                latencies = h = new Histogram(LONGEST, 2);
            }
            // dividing takes longer than all the rest
            h.recordValueWithCount(Math.min(times == 1 ? took : took / times, LONGEST), times);
        }
    }

    void failed() {
        failed++;
    }

    void rejected() {
        rejected++;
    }

    void reset() {
        calls = 0;
        nanoseconds = 0;
        rejected = 0;
        failed = 0;
        latencies = null;
    }

    long calls() {
        return calls;
    }

    long microseconds() {
        return nanoseconds / 1000;
    }

    long rejections() {
        return rejected;
    }

    long failures() {
        return failed;
    }

    /** In nanoseconds; null before the first call that was tracked. */
    Histogram latencies() {
        return latencies;
    }
}
