package io.releve.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicInteger;
import redis.clients.jedis.Jedis;

/** A client that connects anew for every write, without pause; none of its connections may fail. */
final class SwapConnections implements AutoCloseable {
    private final AtomicInteger written = new AtomicInteger();
    private final Thread thread;
    private volatile boolean stop;
    private volatile Throwable failure;

    SwapConnections(int port) {
        thread = new Thread(() -> run(port), "connections");
        thread.start();
    }

    private void run(int port) {
        while (!stop) {
            try (Jedis jedis = new Jedis("127.0.0.1", port, 20_000)) {
                assertEquals("OK", jedis.set("connections", "" + written.get()));
                written.incrementAndGet();
                Thread.sleep(1);
            } catch (RuntimeException | InterruptedException | AssertionError e) {
                failure = e;
                return;
            }
        }
    }

    /** Fails when a connection has failed. */
    void check() {
        close();
        if (failure != null) {
            throw new AssertionError("after " + written + " connections", failure);
        }
        assertTrue(written.get() > 20, "only " + written + " connections");
        System.out.printf("%,d connections meanwhile, none failed%n", written.get());
    }

    @Override
    public void close() {
        stop = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
