package io.releve.engine.core;

import io.releve.info.InfoSection;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;
import org.HdrHistogram.Histogram;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures how long the process as a whole stands still: a thread that does nothing notices how late it wakes. A collection of
 * garbage is one reason; a machine whose processors are busy, a process that was stopped and a sleeping virtual machine are others.
 * The garbage collector's own account stands beside it. Figures from any thread.
 */
final class PauseMeter {
    private static final Logger LOG = LoggerFactory.getLogger(PauseMeter.class);
    /** A hundred looks a second; a waking took 55 µs of a processor, measured while the machine was full. */
    private static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long PERIOD_MICROS = PERIOD_NANOS / 1_000;
    private static final long LONGEST_MICROS = TimeUnit.MINUTES.toMicros(10);
    /** Clients and sentinels may notice a pause of this length. */
    private static final long WORTH_SAYING_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    /** A machine that is too busy has many: the log gets the longest of each such time. */
    private static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final LatencyEvents events;
    private final LongSupplier clock;
    private final Thread thread;
    private final Histogram histogram = new Histogram(LONGEST_MICROS, 2);
    private volatile boolean stopping;
    private long slept;
    private boolean said;
    private long saidAt;
    private long unsaid;
    private long collectionsBefore;
    private long collectionMillisBefore;

    /** @param clock nanoseconds, any origin */
    PauseMeter(String instance, LatencyEvents events, LongSupplier clock) {
        this.events = events;
        this.clock = clock;
        thread = new Thread(this::measure, "releve-" + instance + "-pauses-1");
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    void stop() {
        stopping = true;
        LockSupport.unpark(thread);
    }

    private void measure() {
        slept = clock.getAsLong();
        while (!stopping) {
            LockSupport.parkNanos(PERIOD_NANOS);
            if (!stopping) {
                woke(clock.getAsLong());
            }
        }
    }

    /** The thread is awake again, and goes to sleep once more. */
    void woke(long now) {
        long late = Math.max(0, now - slept - PERIOD_NANOS);
        add(late);
        events.took("pause", late);
        if (late >= WORTH_SAYING_NANOS) {
            unsaid = Math.max(unsaid, late);
        }
        if (unsaid > 0 && (!said || now - saidAt >= SILENCE_NANOS)) {
            said = true;
            saidAt = now;
            LOG.warn("The process stood still for {} ms: collecting garbage, or stopped, or the machine had no processor for it",
                    unsaid / 1_000_000);
            unsaid = 0;
        }
        slept = now;
    }

    /** Whoever would have looked during the pause, each period, would have waited, too: they count. */
    private synchronized void add(long nanos) {
        histogram.recordValueWithExpectedInterval(Math.min(LONGEST_MICROS, nanos / 1_000), PERIOD_MICROS);
    }

    synchronized void reset() {
        histogram.reset();
        collectionsBefore += collections(GarbageCollectorMXBean::getCollectionCount, collectionsBefore);
        collectionMillisBefore += collections(GarbageCollectorMXBean::getCollectionTime, collectionMillisBefore);
    }

    synchronized void describe(InfoSection.Lines lines) {
        lines.add("pause_usec", String.format(Locale.ROOT, "p50=%d,p99=%d,p99.9=%d,p99.99=%d,max=%d", histogram.getValueAtPercentile(50),
                histogram.getValueAtPercentile(99), histogram.getValueAtPercentile(99.9), histogram.getValueAtPercentile(99.99),
                histogram.getMaxValue()));
        lines.add("gc_pauses", collections(GarbageCollectorMXBean::getCollectionCount, collectionsBefore));
        lines.add("gc_pause_msec", collections(GarbageCollectorMXBean::getCollectionTime, collectionMillisBefore));
    }

    /** Cycles of ZGC and Shenandoah run beside the program; their pauses have beans of their own. */
    private static long collections(ToLongFunction<GarbageCollectorMXBean> figure, long before) {
        return ManagementFactory.getGarbageCollectorMXBeans().stream().filter(bean -> !bean.getName().endsWith("Cycles"))
                .mapToLong(figure).filter(value -> value > 0).sum() - before;
    }
}
