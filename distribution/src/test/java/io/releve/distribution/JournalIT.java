package io.releve.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.releve.contracts.DataComparison;
import io.releve.contracts.Oracle;
import io.releve.contracts.RandomValues;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;

/** The append-only file of the packaged server: crashes under load, exchange with Redis, switching while clients write. */
class JournalIT {
    private static final int ROUNDS = Integer.getInteger("releve.crash.rounds", 20);
    private static final int WRITERS = 4;

    @TempDir
    Path directory;

    private Path data() throws IOException {
        return Files.createDirectories(directory.resolve("data"));
    }

    private int port;

    @BeforeEach
    void choosePort() throws IOException {
        port = RunningServer.freePort();
    }

    private RunningServer start(String... more) throws Exception {
        List<String> options = new ArrayList<>(List.of("--port", "" + port, "--dir", data().toString(),
                "--enable-debug-command", "yes", "--save", ""));
        options.addAll(List.of(more));
        return RunningServer.start(directory, options.toArray(new String[0]));
    }

    private Jedis client() {
        return new Jedis("127.0.0.1", port, 60_000);
    }

    /** Clients that write, each its own keys, and remember what was acknowledged. */
    private final class Writers implements AutoCloseable {
        private final Map<String, Long> acknowledged = new ConcurrentHashMap<>();
        /** When, ns. */
        private final Map<String, Long> times = new ConcurrentHashMap<>();
        private final AtomicBoolean on = new AtomicBoolean(true);
        private final AtomicLong count = new AtomicLong();
        private final List<Thread> threads = new ArrayList<>();
        private volatile Throwable failure;

        Writers(boolean dies) {
            for (int i = 0; i < WRITERS; i++) {
                int writer = i;
                Thread thread = new Thread(() -> write(writer, dies), "writer-" + i);
                thread.start();
                threads.add(thread);
            }
        }

        private void write(int writer, boolean dies) {
            try (Jedis jedis = client()) {
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

        /** What is missing, in words; values acknowledged less than {@code graceNanos} before {@code end} may be. */
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
    }

    @Test
    void killedUnderLoadNothingAcknowledgedIsMissing() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Writers writers;
            try (RunningServer server = start("--appendonly", "yes", "--appendfsync", "always",
                    "--auto-aof-rewrite-min-size", "64kb").awaitReady()) {
                writers = new Writers(true);
                writers.await(200 + 50 * (round % 7));
                if (round % 3 == 0) {
                    try (Jedis jedis = client()) {
                        jedis.bgrewriteaof();
                    } catch (JedisException e) {
                        assertTrue(e.getMessage().contains("in progress"), e.getMessage());
                    }
                }
                server.kill();
                server.exitCode();
                writers.close();
            }
            int number = round;
            try (RunningServer server = start("--appendonly", "yes").awaitReady(); Jedis jedis = client()) {
                assertEquals(List.of(), writers.missing(jedis, System.nanoTime(), -1), () -> "round " + number);
                if (round % 2 == 0) {
                    server.terminate();
                    assertEquals(0, server.exitCode());
                } else {
                    server.kill();
                    server.exitCode();
                }
            }
        }
    }

    @Test
    void withEverysecAtMostTwoSecondsAreMissing() throws Exception {
        Writers writers;
        long end;
        try (RunningServer server = start("--appendonly", "yes", "--appendfsync", "everysec").awaitReady()) {
            writers = new Writers(true);
            writers.await(3000);
            end = System.nanoTime();
            server.kill();
            server.exitCode();
            writers.close();
        }
        try (RunningServer server = start("--appendonly", "yes").awaitReady(); Jedis jedis = client()) {
            assertEquals(List.of(), writers.missing(jedis, end, 2_000_000_000));
        }
    }

    @Test
    void switchedWhileClientsWrite() throws Exception {
        Writers writers;
        try (RunningServer server = start("--appendonly", "no").awaitReady(); Jedis jedis = client()) {
            writers = new Writers(false);
            writers.await(500);
            for (int i = 0; i < 5; i++) {
                assertEquals("OK", jedis.configSet("appendonly", "yes"));
                writers.await(300);
                assertEquals("OK", jedis.configSet("appendfsync", i % 2 == 0 ? "always" : "no"));
                writers.await(300);
                awaitIdle(jedis);
                jedis.bgrewriteaof();
                writers.await(300);
                if (i < 4) {
                    awaitIdle(jedis);
                    assertEquals("OK", jedis.configSet("appendonly", "no"));
                    writers.await(100);
                }
            }
            jedis.configSet("appendfsync", "always");
            awaitIdle(jedis);
            writers.close();
            server.kill();
            server.exitCode();
        }
        try (RunningServer server = start("--appendonly", "yes").awaitReady(); Jedis jedis = client()) {
            assertEquals(List.of(), writers.missing(jedis, System.nanoTime(), -1));
        }
    }

    private static void awaitIdle(Jedis jedis) throws InterruptedException {
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

    /** Our files to Redis, Redis' files to us, with all types, in several databases. */
    @Test
    void redisLoadsOurFilesAndWeLoadItsFiles() throws Exception {
        assumeTrue(Oracle.installed(), "redis-server is not installed");
        for (String preamble : new String[] {"yes", "no"}) {
            Path own = Files.createDirectories(directory.resolve("exchange-" + preamble));
            String[] options = {"--dir", own.toString(), "--appendonly", "yes", "--aof-use-rdb-preamble", preamble,
                "--enable-debug-command", "yes"};
            try (Oracle redis = Oracle.start(options)) {
                fill(redis, 1);
                redis.run("BGREWRITEAOF");
                awaitRewrite(redis);
                fill(redis, 2);
                String files = copy(own).toString();
                try (RunningServer server = start("--dir", files, "--appendonly", "yes", "--aof-use-rdb-preamble", preamble)
                        .awaitReady(); Oracle here = Oracle.at(port); Oracle reference = redisOn(copy(own))) {
                    DataComparison.assertSame(reference, here, false);
                    fill(here, 3);
                    here.run("BGREWRITEAOF");
                    awaitRewrite(here);
                    fill(here, 4);
                    server.terminate();
                    assertEquals(0, server.exitCode());
                }
                Path ours = copy(Path.of(files));
                try (RunningServer server = start("--dir", files, "--appendonly", "yes", "--keyspace-reuse", "no")
                        .awaitReady(); Oracle here = Oracle.at(port); Oracle after = redisOn(ours)) {
                    DataComparison.assertSame(after, here, false);
                }
            }
        }
    }

    /** A Redis that has loaded the same files: what commands do not tell it does not know either. */
    private static Oracle redisOn(Path files) throws IOException {
        return Oracle.start("--dir", files.toString(), "--appendonly", "yes", "--enable-debug-command", "yes").awaitLoaded();
    }

    private Path copied;
    private int copies;

    private Path copy(Path from) throws IOException {
        copied = directory.resolve("copy-" + copies++);
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                if (!file.toString().contains("keyspace")) {
                    Files.copy(file, copied.resolve(from.relativize(file).toString()));
                }
            }
        }
        return copied;
    }

    private static void fill(Oracle server, int seed) {
        RandomValues values = new RandomValues(new Random(seed), server);
        for (int database : new int[] {0, 5}) {
            server.run("SELECT", "" + database);
            for (int i = 0; i < 60; i++) {
                values.make("key:" + seed + ':' + i);
            }
            server.run("PEXPIREAT", "key:" + seed + ":3", "4000000000000");
        }
        server.run("SELECT", "0");
    }

    private static void awaitRewrite(Oracle server) throws InterruptedException {
        for (int i = 0; i < 200; i++) {
            if (server.run("INFO", "persistence").contains("aof_rewrite_in_progress:0")) {
                return;
            }
            Thread.sleep(25);
        }
        throw new AssertionError("the rewrite does not end");
    }

    @Test
    void theOneFileOfOldRedisIsTakenOver() throws Exception {
        Files.writeString(data().resolve("appendonly.aof"), "*2\r\n$6\r\nSELECT\r\n$1\r\n0\r\n*3\r\n$3\r\nSET\r\n$1\r\na\r\n"
                + "$1\r\n1\r\n");
        for (int i = 0; i < 2; i++) {
            try (RunningServer server = start("--appendonly", "yes", "--appendfsync", "always").awaitReady();
                    Jedis jedis = client()) {
                assertEquals("" + (i + 1), jedis.get("a"));
                jedis.incr("a");
                server.kill();
                server.exitCode();
            }
        }
        assertTrue(Files.exists(data().resolve("appendonlydir/appendonly.aof")));
    }

    @Test
    void aCutEndIsCutOffAndDamageIsRefused() throws Exception {
        try (RunningServer server = start("--appendonly", "yes", "--appendfsync", "always").awaitReady();
                Jedis jedis = client()) {
            for (int i = 0; i < 100; i++) {
                jedis.set("key:" + i, "value");
            }
            server.kill();
            server.exitCode();
        }
        Path file = data().resolve("appendonlydir/appendonly.aof.1.incr.aof");
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, java.util.Arrays.copyOf(whole, whole.length - 5));
        try (RunningServer server = start("--appendonly", "yes", "--aof-load-truncated", "no")) {
            assertEquals(1, server.exitCode(), server.output());
            assertTrue(server.output().contains("Set aof-load-truncated to yes"), server.output());
        }
        assertEquals(whole.length - 5, Files.size(file), "a refusal changes nothing");
        try (RunningServer server = start("--appendonly", "yes").awaitReady(); Jedis jedis = client()) {
            assertEquals(99, jedis.dbSize());
            jedis.set("key:99", "value");
            server.terminate();
            assertEquals(0, server.exitCode());
        }
        try (RunningServer server = start("--appendonly", "yes").awaitReady(); Jedis jedis = client()) {
            assertEquals(100, jedis.dbSize());
            assertTrue(server.output().contains("found after a clean stop"), server.output());
            server.terminate();
            assertEquals(0, server.exitCode());
        }
        byte[] damaged = Files.readAllBytes(file);
        damaged[damaged.length / 2] ^= 0x55;
        Files.write(file, damaged, StandardOpenOption.TRUNCATE_EXISTING);
        try (RunningServer server = start("--appendonly", "yes")) {
            assertEquals(1, server.exitCode(), server.output());
            assertTrue(server.output().contains("releve check-aof --fix"), server.output());
        }
        assertEquals(damaged.length, Files.size(file), "a refusal changes nothing");
    }

    /** The procedure of docs/persistence.md. */
    @Test
    void aBackupOfTheRunningServerIsRestored() throws Exception {
        Path backup = Files.createDirectories(directory.resolve("backup"));
        Writers writers;
        try (RunningServer server = start("--appendonly", "yes").awaitReady(); Jedis jedis = client()) {
            writers = new Writers(false);
            writers.await(1000);
            String before = jedis.configGet("auto-aof-rewrite-percentage").get("auto-aof-rewrite-percentage");
            jedis.configSet("auto-aof-rewrite-percentage", "0");
            awaitIdle(jedis);
            Path from = data().resolve("appendonlydir");
            Path to = Files.createDirectories(backup.resolve("appendonlydir"));
            try (Stream<Path> files = Files.list(from)) {
                for (Path file : files.toList()) {
                    Files.copy(file, to.resolve(file.getFileName()));
                }
            }
            jedis.configSet("auto-aof-rewrite-percentage", before);
            writers.await(500);
            writers.close();
            server.kill();
            server.exitCode();
        }
        try (RunningServer server = start("--dir", backup.toString(), "--appendonly", "yes").awaitReady();
                Jedis jedis = client()) {
            assertTrue(jedis.dbSize() > 500, "" + jedis.dbSize());
            server.terminate();
            assertEquals(0, server.exitCode());
        }
    }
}
