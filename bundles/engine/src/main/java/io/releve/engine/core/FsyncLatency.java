package io.releve.engine.core;

import io.releve.info.InfoSection;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/** How long forcing the journal to the disk has taken. Any thread. */
final class FsyncLatency {
    private static final long HIGHEST_MICROS = 600_000_000;

    /** Null before the first; most engines that open have no journal. */
    private Histogram histogram;

    synchronized void add(long nanos) {
        if (histogram == null) {
            histogram = new Histogram(HIGHEST_MICROS, 2);
        }
        histogram.recordValue(Math.min(HIGHEST_MICROS, Math.max(1, nanos / 1000)));
    }

    synchronized void describe(InfoSection.Lines lines) {
        lines.add("aof_fsyncs", histogram == null ? 0 : histogram.getTotalCount());
        lines.add("aof_fsync_usec", histogram == null ? "p50=0,p99=0,p99.9=0,max=0"
                : String.format(Locale.ROOT, "p50=%d,p99=%d,p99.9=%d,max=%d", histogram.getValueAtPercentile(50),
                histogram.getValueAtPercentile(99), histogram.getValueAtPercentile(99.9), histogram.getMaxValue()));
    }
}
