package io.releve.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.releve.contracts.DataComparison;
import io.releve.contracts.Oracle;
import io.releve.contracts.RandomValues;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Snapshots of the packaged server: written, loaded, exchanged with a real one. */
class SnapshotIT {
    private static final String DEBUG = "--enable-debug-command";

    @TempDir
    Path directory;
    @TempDir
    Path other;

    private int port;
    private String keyspace = "chronicle";

    @BeforeEach
    void choosePort() throws IOException {
        port = RunningServer.freePort();
    }

    private RunningServer start(String... more) throws Exception {
        return launch(more).awaitReady();
    }

    private RunningServer launch(String... more) throws Exception {
        List<String> options = new ArrayList<>(List.of("--port", "" + port, "--keyspace", keyspace, "--dir",
                directory.toString(), DEBUG, "yes"));
        options.addAll(List.of(more));
        return RunningServer.start(directory, options.toArray(String[]::new));
    }

    private Oracle client() throws IOException {
        return Oracle.at(port);
    }

    private static String info(Oracle client, String field) {
        return client.run("info", "persistence").replaceAll("(?s).*\r\n" + field + ":([^\r]*)\r\n.*", "$1");
    }

    private static void await(Oracle client, String field, String value) throws InterruptedException {
        long end = System.nanoTime() + 20_000_000_000L;
        while (!info(client, field).equals(value)) {
            assertTrue(System.nanoTime() < end, field + " is " + info(client, field));
            Thread.sleep(20);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"chronicle", "heap"})
    void whatWasSavedSurvivesAKill(String on) throws Exception {
        keyspace = on;
        try (RunningServer server = start("--save", ""); Oracle client = client()) {
            long before = Long.parseLong(client.run("lastsave").substring(1).strip());
            client.run("set", "saved", "1");
            assertEquals("+OK\r\n", client.run("save"));
            assertTrue(Long.parseLong(client.run("lastsave").substring(1).strip()) >= before);
            assertEquals("0", info(client, "rdb_changes_since_last_save"));
            client.run("set", "lost", "1");
            assertEquals("1", info(client, "rdb_changes_since_last_save"));
            server.kill();
            server.exitCode();
        }
        try (RunningServer server = start("--save", ""); Oracle client = client()) {
            assertEquals("$1\r\n1\r\n", client.run("get", "saved"));
            assertEquals("$-1\r\n", client.run("get", "lost"));
            client.run("set", "second", "1");
            assertEquals("+Background saving started\r\n", client.run("bgsave"));
            await(client, "rdb_bgsave_in_progress", "0");
            assertEquals("ok", info(client, "rdb_last_bgsave_status"));
            server.kill();
            server.exitCode();
        }
        try (RunningServer server = start("--save", ""); Oracle client = client()) {
            assertEquals(":2\r\n", client.run("dbsize"));
            assertFalse(server.output().contains(" ERROR "), server.output());
        }
    }

    @Test
    void shutdownSavesWhenToldTo() throws Exception {
        try (RunningServer server = start("--save", "")) {
            shutdown(server, "k", "1", "shutdown", "save");
        }
        try (RunningServer server = start("--save", "")) {
            assertValue("1");
            shutdown(server, "k", "2", "shutdown", "nosave");
        }
        try (RunningServer server = start()) {
            assertValue("1");
            // there are save points
            shutdown(server, "k", "3", "shutdown");
        }
        try (RunningServer server = start()) {
            assertValue("3");
            shutdown(server, "k", "4", "shutdown", "nosave", "now", "force");
        }
        try (RunningServer server = start(); Oracle client = client()) {
            assertValue("3");
            client.run("set", "k", "5");
            server.terminate();
            assertEquals(0, server.exitCode(), server.output());
        }
        try (RunningServer server = start("--save", ""); Oracle client = client()) {
            assertValue("5");
            client.run("set", "k", "6");
            server.terminate();
            assertEquals(0, server.exitCode(), server.output());
        }
        try (RunningServer server = start()) {
            assertValue("5");
            assertFalse(server.output().contains(" ERROR "), server.output());
        }
    }

    private void assertValue(String value) throws IOException {
        try (Oracle client = client()) {
            assertEquals("$1\r\n" + value + "\r\n", client.run("get", "k"));
        }
    }

    private void shutdown(RunningServer server, String key, String value, String... request) throws Exception {
        try (Oracle client = client()) {
            client.run("set", key, value);
            try {
                assertEquals("", client.run(request), "SHUTDOWN is not answered");
            } catch (java.io.UncheckedIOException e) {
                // the connection ended, as it should
            }
            assertEquals(0, server.exitCode(), server.output());
        }
    }

    @Test
    void savePointsAreKept() throws Exception {
        try (RunningServer server = start("--save", "1 2"); Oracle client = client()) {
            client.run("set", "a", "1");
            Thread.sleep(1500);
            assertEquals("0", info(client, "rdb_saves"));
            client.run("set", "b", "1");
            await(client, "rdb_changes_since_last_save", "0");
            assertEquals("1", info(client, "rdb_saves"));
            assertEquals("+OK\r\n", client.run("config", "set", "save", ""));
            client.run("mset", "a", "2", "b", "2", "c", "2");
            Thread.sleep(1500);
            assertEquals("1", info(client, "rdb_saves"));
            server.kill();
            server.exitCode();
        }
        try (RunningServer server = start("--save", ""); Oracle client = client()) {
            assertEquals("*3\r\n$1\r\n1\r\n$1\r\n1\r\n$-1\r\n", client.run("mget", "a", "b", "c"));
        }
    }

    @Test
    void aTransactionIsNotCutInHalf() throws Exception {
        try (RunningServer server = start("--save", ""); Oracle client = client()) {
            client.run("multi");
            client.run("set", "a", "1");
            client.run("bgsave");
            client.run("set", "b", "1");
            assertEquals("*3\r\n+OK\r\n+Background saving scheduled\r\n+OK\r\n", client.run("exec"));
            await(client, "rdb_saves", "1");
            server.kill();
            server.exitCode();
        }
        try (RunningServer server = start("--save", ""); Oracle client = client()) {
            assertEquals(":2\r\n", client.run("dbsize"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"chronicle", "heap"})
    void dumpsOfARealServerAndOursAreExchanged(String on) throws Exception {
        keyspace = on;
        Files.createDirectories(other);
        long seed = System.nanoTime();
        try (Oracle redis = Oracle.start("--dir", other.toString(), DEBUG, "yes", "--dbfilename", "real.rdb")) {
            RandomValues values = new RandomValues(new Random(seed), redis);
            for (int i = 0; i < 300; i++) {
                if (i % 20 == 0) {
                    values.limits();
                    redis.run("select", "" + i / 20);
                }
                values.make("key:" + i);
                withoutNegativeZero(redis, "key:" + i);
                if (i % 7 == 0) {
                    redis.run("pexpire", "key:" + i, "1000000" + i);
                }
            }
            values.defaultLimits();
            assertEquals("+OK\r\n", redis.run("save"));
            Files.copy(other.resolve("real.rdb"), directory.resolve("dump.rdb"));
            try (RunningServer server = start("--save", ""); Oracle client = client()) {
                DataComparison.assertSame(redis, client, true);
                assertEquals("+OK\r\n", client.run("debug", "reload"));
                DataComparison.assertSame(redis, client, true);
                assertEquals("+OK\r\n", client.run("save"));
                Files.copy(directory.resolve("dump.rdb"), other.resolve("ours.rdb"), StandardCopyOption.REPLACE_EXISTING);
                try (Oracle second = Oracle.start("--dir", other.toString(), DEBUG, "yes", "--dbfilename", "ours.rdb")
                        .awaitLoaded()) {
                    DataComparison.assertSame(client, second, false);
                }
                assertFalse(server.output().contains(" ERROR "), server.output());
            }
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("seed " + seed, e);
        }
    }

    /** The one thing that is not kept (docs/compatibility.md). */
    private static void withoutNegativeZero(Oracle redis, String key) {
        if (redis.ask("type", key).equals("zset")) {
            for (Object member : (List<?>) redis.ask("zrangebyscore", key, "0", "0")) {
                redis.run("zrem", key, (String) member);
                redis.run("zadd", key, "0", (String) member);
            }
        }
    }

    @Test
    void clientsHearThatDataIsBeingLoaded() throws Exception {
        try (Oracle redis = Oracle.start("--dir", other.toString(), DEBUG, "yes")) {
            redis.run("debug", "populate", "1000000", "key", "100");
            assertEquals("+OK\r\n", redis.run("save"));
        }
        Files.copy(other.resolve("dump.rdb"), directory.resolve("dump.rdb"));
        try (RunningServer server = launch()) {
            Oracle client = connect(server);
            String first = client.run("get", "key:1");
            assertEquals("-LOADING Redis is loading the dataset in memory\r\n", first);
            assertEquals("-LOADING Redis is loading the dataset in memory\r\n", client.run("save"));
            assertEquals("-LOADING Redis is loading the dataset in memory\r\n", client.run("ping"));
            assertEquals("1", info(client, "loading"));
            assertEquals(Files.size(directory.resolve("dump.rdb")), awaitTotal(client));
            double loaded = Double.parseDouble(info(client, "loading_loaded_perc"));
            assertTrue(loaded >= 0 && loaded < 100, loaded + " %");
            assertTrue(client.run("lastsave").startsWith(":"));
            server.awaitReady();
            assertEquals("0", info(client, "loading"));
            assertEquals(":1000000\r\n", client.run("dbsize"));
            assertEquals("1000000", info(client, "rdb_last_load_keys_loaded"));
            client.close();
        }
    }

    private static long awaitTotal(Oracle client) throws InterruptedException {
        long total = 0;
        while (total == 0 && info(client, "loading").equals("1")) {
            String text = info(client, "loading_total_bytes");
            total = text.matches("\\d+") ? Long.parseLong(text) : 0;
            Thread.sleep(2);
        }
        return total;
    }

    private Oracle connect(RunningServer server) throws Exception {
        long end = System.nanoTime() + 30_000_000_000L;
        while (true) {
            try {
                return client();
            } catch (IOException e) {
                assertTrue(System.nanoTime() < end, server.output());
                Thread.sleep(5);
            }
        }
    }

    @Test
    void aStopWhileLoadingLeavesTheDumpAsItIs() throws Exception {
        try (Oracle redis = Oracle.start("--dir", other.toString(), DEBUG, "yes")) {
            redis.run("debug", "populate", "1000000", "key", "100");
            assertEquals("+OK\r\n", redis.run("save"));
        }
        Path dump = directory.resolve("dump.rdb");
        Files.copy(other.resolve("dump.rdb"), dump);
        for (String request : new String[] {"shutdown", "shutdown save"}) {
            try (RunningServer server = launch(); Oracle client = connect(server)) {
                assertTrue(client.run("ping").startsWith("-LOADING"));
                try {
                    client.run(request.split(" "));
                } catch (java.io.UncheckedIOException e) {
                    // the connection ended, as it should
                }
                assertEquals(0, server.exitCode(), server.output());
                assertEquals(-1, Files.mismatch(dump, other.resolve("dump.rdb")));
            }
        }
    }

    @Test
    void whatHasExpiredIsNotLoaded() throws Exception {
        try (RunningServer server = start("--save", ""); Oracle client = client()) {
            client.run("set", "short", "1", "px", "1500");
            client.run("set", "long", "1", "px", "1000000");
            client.run("set", "ever", "1");
            assertEquals("+OK\r\n", client.run("save"));
            server.kill();
            server.exitCode();
        }
        Thread.sleep(1600);
        try (RunningServer server = start("--save", ""); Oracle client = client()) {
            assertEquals(":2\r\n", client.run("dbsize"));
            assertEquals("1", info(client, "rdb_last_load_keys_expired"));
            assertEquals("2", info(client, "rdb_last_load_keys_loaded"));
            long left = Long.parseLong(client.run("pttl", "long").substring(1).strip());
            assertTrue(left > 900_000 && left < 1_000_000, left + " ms");
        }
    }

    /** As Redis 7.0.15 does: with appendonly yes the snapshot is not looked at, even when there is no append-only file. */
    @Test
    void withAppendOnlyTheSnapshotIsLeftAside() throws Exception {
        try (RunningServer server = start("--save", ""); Oracle client = client()) {
            client.run("set", "k", "1");
            assertEquals("+OK\r\n", client.run("save"));
            server.kill();
            server.exitCode();
        }
        byte[] dump = Files.readAllBytes(directory.resolve("dump.rdb"));
        try (RunningServer server = start("--appendonly", "yes"); Oracle client = client()) {
            assertEquals(":0\r\n", client.run("dbsize"));
            assertTrue(server.output().contains("Nothing is loaded: appendonly is yes"), server.output());
            server.kill();
            server.exitCode();
        }
        assertEquals(dump.length, Files.size(directory.resolve("dump.rdb")));
        try (RunningServer server = start(); Oracle client = client()) {
            assertEquals(":1\r\n", client.run("dbsize"));
        }
    }

    @Test
    void aDamagedDumpIsRefused() throws Exception {
        try (RunningServer server = start("--save", ""); Oracle client = client()) {
            for (int i = 0; i < 1000; i++) {
                client.run("set", "key:" + i, "value " + i);
            }
            assertEquals("+OK\r\n", client.run("save"));
            server.kill();
            server.exitCode();
        }
        Path dump = directory.resolve("dump.rdb");
        byte[] content = Files.readAllBytes(dump);
        byte[] damaged = content.clone();
        damaged[content.length / 2] ^= 0x10;
        Files.write(dump, damaged);
        try (RunningServer server = launch("--save", "")) {
            assertEquals(1, server.exitCode(), server.output());
            assertTrue(server.output().contains("cannot be loaded"), server.output());
        }
        assertEquals(damaged.length, Files.size(dump));
        Files.write(dump, content);
        try (RunningServer server = start("--save", ""); Oracle client = client()) {
            assertEquals(":1000\r\n", client.run("dbsize"));
        }
    }
}
