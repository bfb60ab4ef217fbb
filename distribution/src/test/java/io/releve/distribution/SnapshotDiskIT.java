package io.releve.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.releve.contracts.Oracle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Snapshots on a disk that is full. It is a small file system of its own, which only root can mount. */
class SnapshotDiskIT {
    private static final int VALUE = 64 * 1024;

    @TempDir
    Path directory;

    private SmallDisk disk;
    private int port;

    @BeforeEach
    void mount() throws Exception {
        disk = SmallDisk.mount(directory.resolve("disk"), 4);
        port = RunningServer.freePort();
    }

    @AfterEach
    void unmount() throws Exception {
        if (disk != null) {
            disk.close();
        }
    }

    private RunningServer start() throws Exception {
        return RunningServer.start(directory, "--port", "" + port, "--keyspace", "heap", "--dir", disk.path().toString(), "--save",
                "3600 1").awaitReady();
    }

    /** More than the disk holds, and cannot be compressed. */
    private static void fill(Oracle client) {
        Random random = new Random(3);
        for (int i = 0; i < 100; i++) {
            StringBuilder value = new StringBuilder();
            for (int k = 0; k < VALUE; k++) {
                value.append((char) random.nextInt(256));
            }
            assertEquals("+OK\r\n", client.run("set", "key:" + i, value.toString()));
        }
    }

    private static String info(Oracle client, String field) {
        return client.run("info", "persistence").replaceAll("(?s).*\r\n" + field + ":([^\r]*)\r\n.*", "$1");
    }

    private static void awaitEnd(Oracle client) throws InterruptedException {
        while (info(client, "rdb_bgsave_in_progress").equals("1")) {
            Thread.sleep(20);
        }
    }

    @Test
    void writesAreRefusedUntilASnapshotSucceeds() throws Exception {
        try (RunningServer server = start(); Oracle client = Oracle.at(port)) {
            client.run("set", "first", "1");
            assertEquals("+OK\r\n", client.run("save"));
            byte[] good = Files.readAllBytes(disk.path().resolve("dump.rdb"));
            fill(client);
            assertEquals("+Background saving started\r\n", client.run("bgsave"));
            awaitEnd(client);
            assertEquals("err", info(client, "rdb_last_bgsave_status"));
            assertTrue(client.run("set", "k", "v").startsWith("-MISCONF Redis is configured to save RDB snapshots"));
            assertTrue(client.run("del", "key:1").startsWith("-MISCONF"));
            assertTrue(client.run("ping").startsWith("-MISCONF"));
            assertEquals("$1\r\n1\r\n", client.run("get", "first"));
            assertTrue(client.run("save").startsWith("-ERR"));
            assertEquals(-1, java.util.Arrays.mismatch(good, Files.readAllBytes(disk.path().resolve("dump.rdb"))),
                    "the last good snapshot stays");
            try (var files = Files.list(disk.path())) {
                assertEquals(0, files.filter(file -> file.getFileName().toString().startsWith("temp-")).count());
            }
            client.run("config", "set", "stop-writes-on-bgsave-error", "no");
            assertEquals("+OK\r\n", client.run("set", "k", "v"));
            client.run("config", "set", "stop-writes-on-bgsave-error", "yes");
            assertTrue(client.run("set", "k", "v").startsWith("-MISCONF"));

            disk.grow(64);
            assertEquals("+OK\r\n", client.run("save"));
            assertEquals("ok", info(client, "rdb_last_bgsave_status"));
            assertEquals("+OK\r\n", client.run("set", "k", "w"));
            server.kill();
            server.exitCode();
        }
        try (RunningServer server = start(); Oracle client = Oracle.at(port)) {
            assertEquals(":102\r\n", client.run("dbsize"));
            assertEquals("$1\r\nv\r\n", client.run("get", "k"));
        }
    }

    @Test
    void aStopThatCannotSaveIsCalledOff() throws Exception {
        try (RunningServer server = start(); Oracle client = Oracle.at(port); Oracle other = Oracle.at(port)) {
            fill(client);
            assertEquals("-ERR Errors trying to SHUTDOWN. Check logs.\r\n", client.run("shutdown"));
            assertEquals("-ERR Errors trying to SHUTDOWN. Check logs.\r\n", client.run("shutdown", "save"));
            assertTrue(other.run("get", "key:1").startsWith("$" + VALUE));
            assertTrue(client.run("dbsize").equals(":100\r\n"));
            try {
                client.run("shutdown", "force");
            } catch (java.io.UncheckedIOException e) {
                // the connection ended, as it should
            }
            assertEquals(0, server.exitCode(), server.output());
        }
    }
}
