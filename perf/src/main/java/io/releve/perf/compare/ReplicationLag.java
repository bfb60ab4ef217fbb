package io.releve.perf.compare;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * How far a replica is behind its master, from another thread, until it is closed: again and again a key is set at the master, and
 * the replica is asked for it until it has it. The time counts from the master's answer; one request of the replica is the least
 * that can be measured.
 */
final class ReplicationLag implements AutoCloseable {
    private static final String KEY = "lag";
    private static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final Server master;
    private final Server replica;
    private final Histogram histogram = new Histogram(TimeUnit.MINUTES.toNanos(1), 3);
    private final Thread thread = new Thread(this::run, "lag");
    private volatile boolean stopping;
    private volatile IOException failure;

    ReplicationLag(Server master, Server replica) {
        this.master = master;
        this.replica = replica;
        thread.start();
    }

    private void run() {
        try (Client writer = master.connect(); Client reader = replica.connect()) {
            for (long i = 0; !stopping; i++) {
                String value = Long.toString(i);
                writer.call("SET", KEY, value);
                long begin = System.nanoTime();
                while (!value.equals(reader.call("GET", KEY))) {
                    Thread.onSpinWait();
                }
                histogram.recordValue(System.nanoTime() - begin);
                LockSupport.parkNanos(PERIOD_NANOS);
            }
        } catch (IOException e) {
            failure = e;
        } catch (UncheckedIOException e) {
            failure = e.getCause();
        }
    }

    @Override
    public void close() throws IOException {
        stopping = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
        if (failure != null) {
            throw failure;
        }
    }

    /** After {@link #close}: milliseconds. */
    double percentile(double percentile) {
        return histogram.getValueAtPercentile(percentile) / 1e6;
    }
}
