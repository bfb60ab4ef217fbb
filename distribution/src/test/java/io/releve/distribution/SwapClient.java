package io.releve.distribution;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Response;

/** Writes and reads without pause until told to stop, and remembers what was acknowledged. */
final class SwapClient extends Thread {
    private static final int KEYS = 500;

    private final int number;
    private final int port;
    private final AtomicBoolean stop;
    private final Map<String, String> acknowledged = new HashMap<>();
    private final Random random;
    private long counted;
    private long requests;
    private long longestNanos;
    private Throwable failure;

    SwapClient(int number, int port, AtomicBoolean stop) {
        super("client-" + number);
        this.number = number;
        this.port = port;
        this.stop = stop;
        random = new Random(number);
    }

    @Override
    public void run() {
        try (Jedis jedis = new Jedis("127.0.0.1", port, 20_000)) {
            while (!stop.get()) {
                long start = System.nanoTime();
                switch (random.nextInt(4)) {
                    case 0 -> count(jedis);
                    case 1 -> write(jedis);
                    case 2 -> read(jedis);
                    default -> pipeline(jedis);
                }
                longestNanos = Math.max(longestNanos, System.nanoTime() - start);
                requests++;
            }
        } catch (RuntimeException | AssertionError e) {
            failure = e;
        }
    }

    private void count(Jedis jedis) {
        long value = jedis.incr("counter:" + number);
        expect(++counted, value);
    }

    private String key() {
        return "key:" + number + ":" + random.nextInt(KEYS);
    }

    private void write(Jedis jedis) {
        String key = key();
        String value = Long.toString(random.nextLong());
        expect("OK", jedis.set(key, value));
        acknowledged.put(key, value);
    }

    private void read(Jedis jedis) {
        String key = key();
        expect(acknowledged.get(key), jedis.get(key));
    }

    private void pipeline(Jedis jedis) {
        Pipeline pipeline = jedis.pipelined();
        String key = key();
        String value = Long.toString(random.nextLong());
        Response<String> set = pipeline.set(key, value);
        Response<String> get = pipeline.get(key);
        Response<Long> ttl = pipeline.ttl(key);
        Response<Long> count = pipeline.incr("counter:" + number);
        pipeline.sync();
        expect("OK", set.get());
        acknowledged.put(key, value);
        expect(value, get.get());
        expect(-1L, ttl.get());
        expect(++counted, count.get());
    }

    private static void expect(Object expected, Object actual) {
        if (expected == null ? actual != null : !expected.equals(actual)) {
            throw new AssertionError("expected " + expected + ", got " + actual);
        }
    }

    /** Reads everything back; call it when the thread has ended. */
    void verify(Jedis jedis) {
        if (failure != null) {
            throw new AssertionError(getName() + " after " + requests + " requests", failure);
        }
        acknowledged.forEach((key, value) -> expect(value, jedis.get(key)));
        expect(counted == 0 ? null : Long.toString(counted), jedis.get("counter:" + number));
    }

    long requests() {
        return requests;
    }

    /** The longest time from a request to its reply, ms. */
    long longestMilliseconds() {
        return longestNanos / 1_000_000;
    }
}
