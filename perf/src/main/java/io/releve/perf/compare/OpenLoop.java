package io.releve.perf.compare;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * Sends requests by a schedule that does not wait for the server, as independent users do, on 20 connections in
 * turn. A request's latency counts from the moment it was due, so that a server that
 * stalls is charged for every request that should have been sent meanwhile ("coordinated omission" is avoided).
 */
final class OpenLoop implements AutoCloseable {
    static final int CONNECTIONS = 20;
    static final int KEYS = 100_000;
    static final int VALUE = 1024;

    private static final long SEED = 42;
    /** With nothing due sooner than this the generator sleeps instead of spinning: its core is the server's too. */
    private static final long WORTH_SLEEPING = 20_000;
    private static final long DRAIN_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final Selector selector = Selector.open();
    private final OpenLoopConnection[] connections = new OpenLoopConnection[CONNECTIONS];
    private final SplittableRandom random = new SplittableRandom(SEED);
    private final Traffic traffic;
    private Histogram histogram;
    private long answered;

    OpenLoop(int port, Traffic traffic) throws IOException {
        this.traffic = traffic;
        for (int i = 0; i < CONNECTIONS; i++) {
            connections[i] = new OpenLoopConnection(port, traffic.longest());
            connections[i].register(selector);
        }
    }

    /** Gives every key its value. */
    static void load(int port) throws IOException {
        try (Loader loader = new Loader(port, VALUE)) {
            loader.load("user:", 0, KEYS);
        }
    }

    /**
     * Drives the server.
     *
     * @param rate requests a second
     * @param seconds how long requests are sent; answers are awaited beyond that
     */
    Latencies run(double rate, double seconds) throws IOException {
        histogram = new Histogram(TimeUnit.MINUTES.toNanos(1), 3);
        answered = 0;
        long count = (long) (rate * seconds);
        double interval = 1e9 / rate;
        long begin = System.nanoTime();
        long sent = 0;
        while (answered < count) {
            long now = System.nanoTime();
            for (; sent < count && begin + (long) (sent * interval) <= now; sent++) {
                OpenLoopConnection connection = connections[(int) (sent % CONNECTIONS)];
                if (!connection.hasRoom()) {
                    // sent as soon as there is room, and late by the schedule like everything behind it
                    break;
                }
                Traffic.Numbered request = traffic.requests().get(random.nextInt(traffic.requests().size()));
                connection.add(request.number(random.nextInt(traffic.numbers())), begin + (long) (sent * interval));
            }
            for (OpenLoopConnection connection : connections) {
                connection.flush();
            }
            if (selector.selectNow(this::read) == 0) {
                long due = sent < count ? begin + (long) (sent * interval) - System.nanoTime() : WORTH_SLEEPING;
                if (due >= WORTH_SLEEPING) {
                    LockSupport.parkNanos(due);
                }
            }
            if (System.nanoTime() - begin > seconds * 1e9 + DRAIN_NANOS) {
                throw new IOException((count - answered) + " requests were not answered");
            }
        }
        double took = (System.nanoTime() - begin) / 1e9;
        return new Latencies(count / took, took - seconds, histogram.getValueAtPercentile(50) / 1e3,
                histogram.getValueAtPercentile(99) / 1e3, histogram.getValueAtPercentile(99.9) / 1e3,
                histogram.getMaxValue() / 1e3);
    }

    private void read(SelectionKey key) {
        answered += ((OpenLoopConnection) key.attachment()).read(histogram);
    }

    @Override
    public void close() throws IOException {
        for (OpenLoopConnection connection : connections) {
            connection.close();
        }
        selector.close();
    }
}
