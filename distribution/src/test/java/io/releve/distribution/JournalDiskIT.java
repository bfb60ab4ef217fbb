package io.releve.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisDataException;

/** The append-only file on a disk that is full. */
class JournalDiskIT {
    private static final String REFUSAL = "MISCONF Errors writing to the AOF file: No space left on device";
    private static final int VALUE = 32 << 10;

    @TempDir
    Path directory;

    private final Random random = new Random(5);
    private final List<String> acknowledged = new ArrayList<>();
    private SmallDisk disk;
    private int port;

    @BeforeEach
    void mount() throws Exception {
        disk = SmallDisk.mount(directory.resolve("disk"), 4);
    }

    @AfterEach
    void unmount() throws Exception {
        if (disk != null) {
            disk.close();
        }
    }

    private RunningServer start(String policy) throws Exception {
        port = RunningServer.freePort();
        return RunningServer.start(directory, "--port", "" + port, "--dir", disk.path().toString(), "--keyspace", "heap",
                "--save", "", "--appendonly", "yes", "--appendfsync", policy, "--auto-aof-rewrite-percentage", "0",
                // for replicas alone: the disk is waited for longer
                "--replica-ack-timeout", "100").awaitReady();
    }

    private Jedis client() {
        return new Jedis("127.0.0.1", port, 60_000);
    }

    /** Sets another key to something that cannot be compressed. */
    private void set(Jedis jedis) {
        byte[] value = new byte[VALUE];
        random.nextBytes(value);
        String key = "key:" + acknowledged.size();
        assertEquals("OK", jedis.set(key.getBytes(), value));
        acknowledged.add(key);
    }

    private String fill(Jedis jedis) {
        for (int i = 0; i < 1000; i++) {
            try {
                set(jedis);
            } catch (JedisDataException e) {
                return e.getMessage();
            }
        }
        throw new AssertionError("the disk does not fill");
    }

    private void awaitInfo(Jedis jedis, String field, String value) throws InterruptedException {
        long end = System.nanoTime() + 20_000_000_000L;
        while (!jedis.info("persistence").contains(field + ':' + value + "\r\n")) {
            assertTrue(System.nanoTime() < end, jedis.info("persistence"));
            Thread.sleep(20);
        }
    }

    private void everythingIsThereAfterAKill(RunningServer server) throws Exception {
        server.kill();
        server.exitCode();
        try (RunningServer again = start("always"); Jedis jedis = client()) {
            assertEquals(acknowledged.size(), jedis.exists(acknowledged.toArray(String[]::new)));
        }
    }

    @Test
    void writesAreRefusedAndReadsGoOnUntilThereIsRoom() throws Exception {
        try (RunningServer server = start("everysec"); Jedis jedis = client()) {
            assertEquals(REFUSAL, fill(jedis));
            awaitInfo(jedis, "aof_last_write_status", "err");
            assertEquals(VALUE, jedis.strlen("key:0"));
            for (int i = 0; i < 3; i++) {
                assertEquals(REFUSAL, assertThrows(JedisDataException.class,
                        () -> jedis.del("key:0")).getMessage());
            }
            disk.grow(16);
            awaitInfo(jedis, "aof_last_write_status", "ok");
            set(jedis);
            awaitInfo(jedis, "aof_buffer_length", "0");
            everythingIsThereAfterAKill(server);
        }
    }

    /** With {@code always} the reply that cannot be kept waits until there is room (docs/persistence.md). */
    @Test
    void withAlwaysNothingIsAcknowledgedUntilThereIsRoom() throws Exception {
        try (RunningServer server = start("always"); Jedis jedis = client()) {
            CompletableFuture<Void> end = CompletableFuture.runAsync(() -> {
                while (acknowledged.size() < 200) {
                    set(jedis);
                }
            });
            server.awaitOutput("No space left on device");
            int before = acknowledged.size();
            Thread.sleep(300);
            assertEquals(before, acknowledged.size());
            assertTrue(before * (long) VALUE < 4 << 20, before + " values");
            disk.grow(16);
            end.get();
            everythingIsThereAfterAKill(server);
        }
    }

    @Test
    void aRewriteThatFindsNoRoomIsGivenUp() throws Exception {
        try (RunningServer server = start("always"); Jedis jedis = client()) {
            while (acknowledged.size() < 80) {
                set(jedis);
            }
            jedis.bgrewriteaof();
            awaitInfo(jedis, "aof_last_bgrewrite_status", "err");
            Writers.awaitIdle(jedis);
            try (var files = Files.list(disk.path().resolve("appendonlydir"))) {
                assertEquals(List.of(), files.filter(file -> file.getFileName().toString().startsWith("temp-")).toList());
            }
            set(jedis);
            disk.grow(16);
            jedis.bgrewriteaof();
            awaitInfo(jedis, "aof_last_bgrewrite_status", "ok");
            set(jedis);
            everythingIsThereAfterAKill(server);
        }
    }
}
