package io.releve.lab;

import io.releve.cli.Connection;
import io.releve.cli.Reply;
import java.io.IOException;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A client that writes: keys {@code <name>0, <name>1, ...}, each once, its number as the value. It asks the sentinels for the
 * master and connects, and asks again when the connection breaks, as the article's does. Remembers which writes were answered.
 */
public final class WriteLoad implements AutoCloseable {
    private static final int SENTINEL_TIMEOUT_MS = 500;
    private static final long RETRY_MS = 20;

    private final String name;
    private final List<Endpoint> sentinels;
    private final Endpoint fixed;
    private final long periodNs;
    private final int timeoutMs;
    private final Thread thread;
    private final BitSet answered = new BitSet();
    private volatile boolean on = true;
    /** Read and written below the lock on {@link #answered}. */
    private long last = System.nanoTime();
    private long longestGap;
    private int failures;
    private String lastFailure = "";

    private WriteLoad(String name, List<Endpoint> sentinels, Endpoint fixed, int rate, int timeoutMs) {
        this.name = name;
        this.sentinels = sentinels;
        this.fixed = fixed;
        this.timeoutMs = timeoutMs;
        periodNs = TimeUnit.SECONDS.toNanos(1) / rate;
        thread = new Thread(this::run, "load-" + name);
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * One that asks sentinels.
     *
     * @param rate writes per second, fewer when an answer takes longer than their distance
     * @param timeoutMs it waits for an answer
     */
    public static WriteLoad asking(String name, List<Endpoint> sentinels, int rate, int timeoutMs) {
        return new WriteLoad(name, sentinels, null, rate, timeoutMs);
    }

    /** One that always writes to the same server. */
    public static WriteLoad fixed(String name, Endpoint server, int rate, int timeoutMs) {
        return new WriteLoad(name, List.of(), server, rate, timeoutMs);
    }

    private void run() {
        Connection connection = null;
        long due = System.nanoTime();
        for (int i = 0; on; i++) {
            try {
                if (connection == null) {
                    connection = (fixed == null ? ask() : fixed).connect(timeoutMs);
                }
                if (connection.call("SET", name + i, Integer.toString(i)) instanceof Reply.Failure failure) {
                    throw new IOException(failure.message());
                }
                answered(i);
            } catch (IOException | RuntimeException e) {
                if (connection != null) {
                    connection.close();
                    connection = null;
                }
                failed(e);
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(RETRY_MS));
            }
            due = Math.max(due + periodNs, System.nanoTime() - periodNs);
            LockSupport.parkNanos(due - System.nanoTime());
        }
        if (connection != null) {
            connection.close();
        }
    }

    private Endpoint ask() throws IOException {
        for (Endpoint sentinel : sentinels) {
            try (Connection connection = sentinel.connect(SENTINEL_TIMEOUT_MS)) {
                if (connection.call("SENTINEL", "GET-MASTER-ADDR-BY-NAME", Machine.MASTER) instanceof Reply.Several several) {
                    return new Endpoint(Reply.text(several.items().get(0)), Integer.parseInt(Reply.text(several.items().get(1))));
                }
            } catch (IOException e) {
                failed(e);
            }
        }
        throw new IOException("no sentinel names a master");
    }

    private void answered(int number) {
        synchronized (answered) {
            answered.set(number);
            long now = System.nanoTime();
            longestGap = Math.max(longestGap, now - last);
            last = now;
        }
    }

    private void failed(Exception e) {
        synchronized (answered) {
            failures++;
            lastFailure = String.valueOf(e.getMessage());
        }
    }

    /** Longest time without an answered write since the last call of {@link #mark}, the present one included; ms. */
    public long gap() {
        synchronized (answered) {
            return TimeUnit.NANOSECONDS.toMillis(Math.max(longestGap, System.nanoTime() - last));
        }
    }

    /** Forgets the longest gap. */
    public void mark() {
        synchronized (answered) {
            longestGap = 0;
        }
    }

    /** How many writes were answered. */
    public int count() {
        synchronized (answered) {
            return answered.cardinality();
        }
    }

    /** How many attempts failed, and why the last one did. */
    String failures() {
        synchronized (answered) {
            return failures + (failures == 0 ? "" : " (" + lastFailure + ")");
        }
    }

    /** The writes that were answered. */
    public Acknowledged acknowledged() {
        synchronized (answered) {
            return new Acknowledged(name, (BitSet) answered.clone());
        }
    }

    /** Waits for that many more answered writes. */
    public void awaitMore(int more, long timeoutMs) {
        int before = count();
        Wait.until("no " + more + " more writes were answered", timeoutMs, () -> count() >= before + more);
    }

    @Override
    public void close() {
        stop();
    }

    /** Writes no more. */
    void stop() {
        on = false;
        thread.interrupt();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
