package io.releve.containers;

import java.nio.charset.StandardCharsets;
import java.util.List;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

/** What tests with several containers have in common. */
final class Containers {
    /** What Chronicle needs of the JVM. */
    static final List<String> FLAGS = List.of("-XX:+IgnoreUnrecognizedVMOptions",
            "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED", "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED",
            "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED", "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow");

    private static final int ATTEMPTS = 1500;
    private static final long PAUSE_MS = 20;

    private Containers() {
    }

    /** The listener opens some time after the bundles are there. */
    static Jedis connect(int port, RunningProcess container) throws InterruptedException {
        for (int i = 0;; i++) {
            try {
                Jedis jedis = new Jedis("127.0.0.1", port, 30_000);
                jedis.ping();
                return jedis;
            } catch (JedisConnectionException e) {
                pause(i, container, e);
            }
        }
    }

    /** Bundles that somebody installs meanwhile take their time. */
    static void untilItWorks(RunningProcess container, Runnable command) throws InterruptedException {
        for (int i = 0;; i++) {
            try {
                command.run();
                return;
            } catch (JedisDataException e) {
                pause(i, container, e);
            }
        }
    }

    private static void pause(int attempt, RunningProcess container, RuntimeException failure) throws InterruptedException {
        if (attempt == ATTEMPTS || !container.isAlive()) {
            throw new AssertionError(container.output(), failure);
        }
        Thread.sleep(PAUSE_MS);
    }

    /** The command {@code BUNDLE}. */
    static void bundle(Jedis jedis, String... words) {
        byte[][] arguments = new byte[words.length][];
        for (int i = 0; i < words.length; i++) {
            arguments[i] = words[i].getBytes(StandardCharsets.UTF_8);
        }
        jedis.sendCommand(() -> "BUNDLE".getBytes(StandardCharsets.US_ASCII), arguments);
    }
}
