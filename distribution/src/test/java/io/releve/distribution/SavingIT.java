package io.releve.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.releve.contracts.Oracle;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is asked of the packaged server while it writes a snapshot that takes a while. */
class SavingIT {
    private static final String OK = "+OK\r\n";
    private static final String KEYS = "400000";

    @TempDir
    Path directory;

    private int port;

    private RunningServer start(String... more) throws Exception {
        port = RunningServer.freePort();
        String[] options = {"--port", "" + port, "--dir", directory.toString(), "--save", "", "--enable-debug-command", "yes"};
        return RunningServer.start(directory, Stream.of(options, more).flatMap(Arrays::stream)
                .toArray(String[]::new)).awaitReady();
    }

    private static void awaitInfo(Oracle client, String line) throws InterruptedException {
        long end = System.nanoTime() + 20_000_000_000L;
        while (!client.run("info", "persistence").contains(line)) {
            assertTrue(System.nanoTime() < end, line);
            Thread.sleep(1);
        }
    }

    @Test
    void aStopThatSavesCanBeCalledOff() throws Exception {
        try (RunningServer server = start(); Oracle client = Oracle.at(port); Oracle stopping = Oracle.at(port);
                Oracle writing = Oracle.at(port)) {
            client.run("debug", "populate", KEYS);
            CompletableFuture<String> stop = CompletableFuture.supplyAsync(() -> stopping.run("shutdown", "save"));
            awaitInfo(client, "rdb_bgsave_in_progress:1");
            CompletableFuture<String> write = CompletableFuture.supplyAsync(() -> writing.run("set", "k", "1"));
            assertEquals(OK, client.run("client", "unpause"));
            assertEquals("$7\r\nvalue:1\r\n", client.run("get", "key:1"));
            assertFalse(write.isDone(), "what is written now would be lost");
            assertEquals(OK, client.run("shutdown", "abort"));
            assertEquals(OK, write.get(10, TimeUnit.SECONDS));
            assertEquals("-ERR Errors trying to SHUTDOWN. Check logs.\r\n", stop.get(20, TimeUnit.SECONDS));
            assertEquals("-ERR No shutdown in progress.\r\n", client.run("shutdown", "abort"));
            try {
                stopping.run("shutdown", "save");
            } catch (java.io.UncheckedIOException e) {
                // the connection ended, as it should
            }
            assertEquals(0, server.exitCode(), server.output());
        }
        try (RunningServer server = start(); Oracle client = Oracle.at(port)) {
            assertEquals("$1\r\n1\r\n", client.run("get", "k"));
        }
    }

    /** Redis 7.0.15 does as well. */
    @Test
    void aRewriteDoesNotKeepSaveFromBeingAnswered() throws Exception {
        try (RunningServer server = start("--appendonly", "yes"); Oracle client = Oracle.at(port)) {
            client.run("debug", "populate", KEYS);
            assertEquals("+Background append only file rewriting started\r\n", client.run("bgrewriteaof"));
            awaitInfo(client, "aof_rewrite_in_progress:1");
            assertTrue(client.run("bgsave").startsWith("-ERR Another child process is active (AOF?)"));
            assertEquals(OK, client.run("save"));
            awaitInfo(client, "rdb_changes_since_last_save:0");
        }
    }
}
