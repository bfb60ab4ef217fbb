package io.releve.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;

/** The append-only file of the packaged server: crashes under load, exchange with Redis, switching while clients write. */
class JournalIT {
    private static final int ROUNDS = Integer.getInteger("releve.crash.rounds", 20);

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

    @Test
    void killedUnderLoadNothingAcknowledgedIsMissing() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Writers writers;
            try (RunningServer server = start("--appendonly", "yes", "--appendfsync", "always",
                    "--auto-aof-rewrite-min-size", "64kb").awaitReady()) {
                writers = new Writers(port, true);
                writers.await(200 + 50 * (round % 7));
                if (round % 3 == 0) {
                    try (Jedis jedis = client()) {
                        jedis.bgrewriteaof();
                    } catch (JedisException e) {
                        assertTrue(e.getMessage().contains("in progress"), e.getMessage());
                    }
                    // so that the end comes in the midst of the rewrite, or after it
                    Thread.sleep(10 * round % 200);
                }
                server.kill();
                server.exitCode();
                writers.close();
            }
            int number = round;
            try (RunningServer server = start("--appendonly", "yes").awaitReady(); Jedis jedis = client()) {
                assertEquals(List.of(), Writers.missing(writers.acknowledged(), jedis), () -> "round " + number);
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
            writers = new Writers(port, true);
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
            writers = new Writers(port, false);
            writers.await(500);
            for (int i = 0; i < 5; i++) {
                assertEquals("OK", jedis.configSet("appendonly", "yes"));
                writers.await(300);
                assertEquals("OK", jedis.configSet("appendfsync", i % 2 == 0 ? "always" : "no"));
                writers.await(300);
                Writers.awaitIdle(jedis);
                jedis.bgrewriteaof();
                writers.await(300);
                if (i < 4) {
                    Writers.awaitIdle(jedis);
                    assertEquals("OK", jedis.configSet("appendonly", "no"));
                    writers.await(100);
                }
            }
            jedis.configSet("appendfsync", "always");
            Writers.awaitIdle(jedis);
            writers.close();
            server.kill();
            server.exitCode();
        }
        try (RunningServer server = start("--appendonly", "yes").awaitReady(); Jedis jedis = client()) {
            assertEquals(List.of(), Writers.missing(writers.acknowledged(), jedis));
        }
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
                Program.run(directory, List.of("redis-check-aof", ours.resolve("appendonlydir/appendonly.aof.manifest").toString()));
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

    /** Values of all types in two databases. */
    static void fill(Oracle server, int seed) {
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

    static void awaitRewrite(Oracle server) throws InterruptedException {
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
}
