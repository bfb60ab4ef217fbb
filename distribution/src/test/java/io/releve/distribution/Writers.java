package io.releve.distribution;

import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;

/** Clients that write, each its own keys, and remember what was acknowledged. */
final class Writers implements AutoCloseable {
    private static final int WRITERS = 4;

    private final int port;
    private final Map<String, Long> acknowledged = new ConcurrentHashMap<>();
    /** When, ns. */
    private final Map<String, Long> times = new ConcurrentHashMap<>();
    private final AtomicBoolean on = new AtomicBoolean(true);
    private final AtomicLong count = new AtomicLong();
    private final List<Thread> threads = new ArrayList<>();
    private volatile Throwable failure;

    /** @param dies whether the server ends under them, which is no failure */
    Writers(int port, boolean dies) {
        this.port = port;
        for (int i = 0; i < WRITERS; i++) {
            int writer = i;
            Thread thread = new Thread(() -> write(writer, dies), "writer-" + i);
            thread.start();
            threads.add(thread);
        }
    }

    private void write(int writer, boolean dies) {
        try (Jedis jedis = new Jedis("127.0.0.1", port, 60_000)) {
            Random random = new Random(writer);
            while (on.get()) {
                String key = "counter:" + writer + ':' + random.nextInt(200);
                long value = jedis.incr(key);
                acknowledged.put(key, value);
                times.put(key + '=' + value, System.nanoTime());
                count.incrementAndGet();
            }
        } catch (JedisException e) {
            if (!dies) {
                failure = e;
            }
        }
    }

    void await(long writes) throws InterruptedException {
        long target = count.get() + writes;
        for (int i = 0; i < 600 && count.get() < target && failure == null; i++) {
            Thread.sleep(50);
        }
        assertNull(failure, () -> "a writer failed: " + failure);
        assertTrue(count.get() >= target, "too slow: " + count.get() + " of " + target);
    }

    @Override
    public void close() throws InterruptedException {
        on.set(false);
        for (Thread thread : threads) {
            thread.join();
        }
        assertNull(failure, () -> "a writer failed: " + failure);
    }

    /** What is acknowledged by now. */
    Map<String, Long> acknowledged() {
        return Map.copyOf(acknowledged);
    }

    /** What of this is missing, in words. */
    static List<String> missing(Map<String, Long> acknowledged, Jedis jedis) {
        List<String> missing = new ArrayList<>();
        acknowledged.forEach((key, value) -> {
            String found = jedis.get(key);
            if (found == null || Long.parseLong(found) < value) {
                missing.add(key + ": " + value + " was acknowledged, " + found + " is there");
            }
        });
        return missing;
    }

    /** The same of everything; what was acknowledged less than {@code graceNanos} before {@code end} may be missing. */
    List<String> missing(Jedis jedis, long end, long graceNanos) {
        List<String> missing = new ArrayList<>();
        acknowledged.forEach((key, value) -> {
            String found = jedis.get(key);
            long there = found == null ? 0 : Long.parseLong(found);
            if (there < value && end - times.get(key + '=' + (there + 1)) > graceNanos) {
                missing.add(key + ": " + value + " was acknowledged, " + there + " is there");
            }
        });
        return missing;
    }

    /** Waits until nothing is written in the background. */
    static void awaitIdle(Jedis jedis) throws InterruptedException {
        for (int i = 0; i < 400; i++) {
            String info = jedis.info("persistence");
            if (info.contains("aof_rewrite_in_progress:0") && info.contains("aof_rewrite_scheduled:0")
                    && info.contains("rdb_bgsave_in_progress:0")) {
                return;
            }
            Thread.sleep(25);
        }
        throw new AssertionError(jedis.info("persistence"));
    }
}
