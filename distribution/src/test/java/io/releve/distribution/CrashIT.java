package io.releve.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/** Starting on what an earlier run left behind: after a crash, with damaged files, beside another server. */
class CrashIT {
    /** The keyspace's files are the only copy of the data. */
    private static final String[] KEEP = {"--keyspace-file", "keep", "--save", ""};

    @TempDir
    Path directory;

    private int port;

    @BeforeEach
    void choosePort() throws IOException {
        port = RunningServer.freePort();
    }

    private RunningServer start(String... more) throws Exception {
        String[] options = new String[more.length + 2];
        options[0] = "--port";
        options[1] = "" + port;
        System.arraycopy(more, 0, options, 2, more.length);
        return RunningServer.start(directory, options);
    }

    private void fill(int keys) {
        try (Jedis jedis = new Jedis("127.0.0.1", port)) {
            for (int i = 0; i < keys; i++) {
                jedis.set("key:" + i, "value");
            }
        }
    }

    private Path stateFile() throws IOException {
        try (var files = Files.walk(directory)) {
            return files.filter(file -> file.getFileName().toString().equals("keyspace.state")).findFirst()
                    .orElseThrow(() -> new AssertionError("no state file"));
        }
    }

    /** Errors in the log, and what they may drag along. */
    private static long complaints(RunningServer server) {
        return server.output().lines().filter(line -> line.contains(" ERROR ") || line.startsWith("\tat ")
                || line.startsWith("Caused by")).count();
    }

    @Test
    void afterKillItStartsCleanAndSaysSo() throws Exception {
        try (RunningServer server = start().awaitReady()) {
            fill(1000);
            server.kill();
            assertTrue(server.exitCode() != 0);
        }
        try (RunningServer server = start().awaitReady(); Jedis jedis = new Jedis("127.0.0.1", port)) {
            assertEquals(0, jedis.dbSize());
            assertNull(jedis.get("key:1"));
            assertTrue(server.output().contains("was removed because it was not stopped cleanly"), server.output());
            assertEquals(0, complaints(server), server.output());
            fill(10);
            server.terminate();
            assertEquals(0, server.exitCode());
        }
        try (RunningServer server = start().awaitReady(); Jedis jedis = new Jedis("127.0.0.1", port)) {
            assertEquals(10, jedis.dbSize());
            assertTrue(server.output().contains("found after a clean stop"), server.output());
        }
    }

    @Test
    void aDamagedStateOrAnotherLayoutIsRefused() throws Exception {
        try (RunningServer server = start(KEEP).awaitReady()) {
            fill(1000);
            server.terminate();
            assertEquals(0, server.exitCode());
        }
        Path state = stateFile();
        byte[] content = Files.readAllBytes(state);

        byte[] damaged = content.clone();
        damaged[content.length / 2] ^= 0x10;
        refuses(state, damaged, "is damaged: start with --keyspace-reuse no");
        refuses(state, ByteBuffer.wrap(content.clone()).putInt(8, 4711).array(), "was written by layout 4711");
        refuses(state, new byte[0], "is not the state of a keyspace");

        Files.write(state, content);
        try (RunningServer server = start(KEEP).awaitReady(); Jedis jedis = new Jedis("127.0.0.1", port)) {
            assertEquals(1000, jedis.dbSize(), "a refusal must leave everything as it was");
            server.terminate();
            assertEquals(0, server.exitCode());
        }
        Files.write(stateFile(), damaged);
        try (RunningServer server = start("--keyspace-file", "keep", "--save", "", "--keyspace-reuse", "no").awaitReady();
                Jedis jedis = new Jedis("127.0.0.1", port)) {
            assertEquals(0, jedis.dbSize());
            assertTrue(server.output().contains("because keyspace-reuse is no"), server.output());
        }
    }

    private void refuses(Path state, byte[] content, String sentence) throws Exception {
        Files.write(state, content);
        try (RunningServer server = start(KEEP)) {
            assertEquals(1, server.exitCode(), server.output());
            assertTrue(server.output().contains(sentence), server.output());
            assertTrue(server.output().contains(state.getParent().toString()), server.output());
            assertEquals(1, complaints(server), server.output());
        }
    }

    /** Where there is a dump, or an append-only file, the keyspace's files are only a cache of it. */
    @Test
    void aDamagedStateBesideADumpIsNoHarm() throws Exception {
        try (RunningServer server = start().awaitReady()) {
            fill(1000);
            server.terminate();
            assertEquals(0, server.exitCode());
        }
        byte[] content = Files.readAllBytes(stateFile());
        content[content.length / 2] ^= 0x10;
        Files.write(stateFile(), content);
        try (RunningServer server = start().awaitReady(); Jedis jedis = new Jedis("127.0.0.1", port)) {
            assertEquals(1000, jedis.dbSize());
            assertTrue(server.output().contains("is damaged"), server.output());
            assertTrue(server.output().contains("DB loaded from the snapshot"), server.output());
        }
    }

    @Test
    void aSecondServerOnTheSameDirectoryIsRefused() throws Exception {
        try (RunningServer first = start().awaitReady()) {
            fill(10);
            port = RunningServer.freePort();
            try (RunningServer second = start()) {
                assertEquals(1, second.exitCode(), second.output());
                assertTrue(second.output().contains("is in use by another server"), second.output());
                assertEquals(1, complaints(second), second.output());
            }
            assertFalse(first.output().contains(" ERROR "), first.output());
            first.terminate();
            assertEquals(0, first.exitCode());
        }
    }
}
