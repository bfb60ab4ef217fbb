package io.releve.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.releve.contracts.DataComparison;
import io.releve.contracts.Oracle;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Verbs that write what this server has in a form that others read, while it does not run. */
class MigrationIT {
    private static final String[] DEBUG = {"--enable-debug-command", "yes"};

    @TempDir
    Path directory;

    private int port;

    private RunningServer start(String... more) throws Exception {
        port = RunningServer.freePort();
        return run("server", Stream.of(new String[] {"--port", "" + port, "--save", ""}, DEBUG, more)
                .flatMap(Arrays::stream).toArray(String[]::new)).awaitReady();
    }

    private RunningServer run(String verb, String... arguments) throws Exception {
        return RunningServer.run(directory, verb, arguments);
    }

    private Path data() throws Exception {
        return Files.createDirectories(directory.resolve("data"));
    }

    private void refused(String sentence, String... arguments) throws Exception {
        try (RunningServer migration = run("migrate", arguments)) {
            assertEquals(1, migration.exitCode(), migration.output());
            assertTrue(migration.output().contains(sentence), migration.output());
        }
    }

    private void migrates(String... arguments) throws Exception {
        try (RunningServer migration = run("migrate", arguments)) {
            assertEquals(0, migration.exitCode(), migration.output());
        }
    }

    private static Oracle redisOn(Path folder, String... more) throws Exception {
        return Oracle.start(Stream.of(new String[] {"--dir", folder.toString()}, DEBUG, more).flatMap(Arrays::stream)
                .toArray(String[]::new)).awaitLoaded();
    }

    @Test
    void theFilesOfTheKeyspaceBecomeASnapshot() throws Exception {
        assumeTrue(Oracle.installed(), "redis-server is not installed");
        String dir = data().toString();
        String[] keep = {"--dir", dir, "--keyspace-file", "keep"};
        refused("cannot be used because there is none", "--dir", dir);
        try (RunningServer server = start(keep); Oracle client = Oracle.at(port)) {
            JournalIT.fill(client, 1);
            refused("is in use by another server", "--dir", dir);
            server.terminate();
            assertEquals(0, server.exitCode());
        }
        Path state = data().resolve("keyspace/keyspace.state");
        byte[] content = Files.readAllBytes(state);
        Files.write(state, ByteBuffer.wrap(content.clone()).putInt(8, 4711).array());
        refused("was written by layout 4711, this is layout ", "--dir", dir);
        Files.delete(state);
        refused("cannot be used because it was not stopped cleanly", "--dir", dir);
        Files.write(state, content);

        Path other = directory.resolve("other.rdb");
        migrates("--dir", dir, "--output", other.toString());
        Program.run(directory, List.of("redis-check-rdb", other.toString()));
        refused("there is a file " + other + " already", "--dir", dir, "--output", other.toString());
        migrates("--dir", dir);
        refused("dump.rdb already", "--dir", dir);
        // and everything is as it was
        try (RunningServer server = start(keep); Oracle client = Oracle.at(port)) {
            assertTrue(server.output().contains("found after a clean stop"), server.output());
            for (Path file : new Path[] {other, data().resolve("dump.rdb")}) {
                try (Oracle redis = redisOn(file.getParent(), "--dbfilename", file.getFileName().toString())) {
                    DataComparison.assertSame(client, redis, false);
                }
            }
        }
    }

    @Test
    void segmentsBecomeAnAppendOnlyFile() throws Exception {
        assumeTrue(Oracle.installed(), "redis-server is not installed");
        String[] journal = {"--dir", data().toString(), "--appendonly", "yes", "--journal", "segments"};
        String segments = data().resolve("segments").toString();
        Path to = Files.createDirectories(directory.resolve("redis"));
        String folder = to.resolve("appendonlydir").toString();
        try (RunningServer server = start(journal); Oracle client = Oracle.at(port)) {
            JournalIT.fill(client, 1);
            client.run("bgrewriteaof");
            JournalIT.awaitRewrite(client);
            JournalIT.fill(client, 2);
            client.run("config", "set", "appendfsync", "always");
            client.run("set", "last", "1");
            server.kill();
            server.exitCode();
        }
        try (RunningServer export = run("export-aof", segments, folder)) {
            assertEquals(0, export.exitCode(), export.output());
        }
        Program.run(directory, List.of("redis-check-aof", folder + "/appendonly.aof.manifest"));
        try (RunningServer export = run("export-aof", segments, folder)) {
            assertEquals(1, export.exitCode(), export.output());
            assertTrue(export.output().contains("There is an append-only file in " + folder + " already"), export.output());
        }
        try (RunningServer server = start(journal); Oracle client = Oracle.at(port);
                Oracle redis = redisOn(to, "--appendonly", "yes")) {
            assertEquals("$1\r\n1\r\n", redis.run("get", "last"));
            DataComparison.assertSame(client, redis, false);
        }
    }
}
