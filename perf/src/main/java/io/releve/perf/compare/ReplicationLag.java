package io.releve.perf.compare;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * How far a replica is behind its master, from another thread, until it is closed: again and again a key is set at the master, and
 * the replica is asked for it until it has it. The time counts from the master's answer; one request of the replica is the least
 * that can be measured.
 */
final class ReplicationLag extends Beside {
    private static final String KEY = "lag";
    private static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final Server master;
    private final Server replica;
    private final Histogram histogram = new Histogram(TimeUnit.MINUTES.toNanos(1), 3);

    ReplicationLag(Server master, Server replica) {
        super("lag");
        this.master = master;
        this.replica = replica;
        begin();
    }

    @Override
    void run() throws IOException {
        try (Client writer = master.connect(); Client reader = replica.connect()) {
            for (long i = 0; !stopping(); i++) {
                String value = Long.toString(i);
                writer.call("SET", KEY, value);
                long begin = System.nanoTime();
                while (!value.equals(reader.call("GET", KEY))) {
                    Thread.onSpinWait();
                }
                histogram.recordValue(System.nanoTime() - begin);
                LockSupport.parkNanos(PERIOD_NANOS);
            }
        }
    }

    /** After {@link #close}: milliseconds. */
    double percentile(double percentile) {
        return histogram.getValueAtPercentile(percentile) / 1e6;
    }
}
