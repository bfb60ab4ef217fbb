package io.releve.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.exceptions.JedisDataException;

/** A data directory that fills up. It is a small file system of its own, which only root can mount. */
class FullDiskIT {
    private static final int MEGABYTES = 96;
    private static final int BATCH = 200;

    @TempDir
    Path directory;

    private final Random random = new Random(7);
    private final Map<String, String> acknowledged = new HashMap<>();
    private SmallDisk disk;

    @BeforeEach
    void mount() throws Exception {
        disk = SmallDisk.mount(directory.resolve("disk"), MEGABYTES);
    }

    @AfterEach
    void unmount() throws Exception {
        if (disk != null) {
            disk.close();
        }
    }

    @Test
    void aFullDiskIsAnErrorAndNotTheEnd() throws Exception {
        int port = RunningServer.freePort();
        try (RunningServer server = RunningServer.start(directory, "--port", "" + port, "--dir", disk.path().toString())
                .awaitReady(); Jedis jedis = new Jedis("127.0.0.1", port, 30_000)) {
            fill(jedis);
            assertEquals("PONG", jedis.ping());
            verify(jedis);

            List<String> keys = new ArrayList<>(acknowledged.keySet());
            for (String key : keys.subList(0, keys.size() * 3 / 4)) {
                assertEquals(1, jedis.del(key));
                acknowledged.remove(key);
            }
            awaitRoom(jedis, "after the keys were deleted");
            verify(jedis);
            fill(jedis);
            verify(jedis);

            assertEquals("OK", jedis.flushAll());
            acknowledged.clear();
            awaitRoom(jedis, "after FLUSHALL");
            fill(jedis);
            verify(jedis);
            server.terminate();
            assertEquals(0, server.exitCode(), server.output());
        }
    }

    private static String value(String key, int length) {
        return (key + ' ').repeat(length / (key.length() + 1) + 1).substring(0, length);
    }

    /** Sets keys, new ones and old ones, until several batches in a row are refused as a whole. */
    private void fill(Jedis jedis) {
        int refusedBatches = 0;
        for (int batch = 0; refusedBatches < 3; batch++) {
            assertTrue(batch < 20_000, "the disk does not fill");
            Pipeline pipeline = jedis.pipelined();
            Map<String, String> values = new HashMap<>();
            Map<String, Response<String>> replies = new HashMap<>();
            for (int i = 0; i < BATCH; i++) {
                String key = "key:" + random.nextInt(2_000_000);
                if (!values.containsKey(key)) {
                    int length = random.nextInt(50) == 0 ? random.nextInt(60_000) : 600 + random.nextInt(1500);
                    values.put(key, value(key, length));
                    replies.put(key, pipeline.set(key, values.get(key)));
                }
            }
            pipeline.sync();
            boolean stored = false;
            for (Map.Entry<String, Response<String>> reply : replies.entrySet()) {
                try {
                    assertEquals("OK", reply.getValue().get());
                    acknowledged.put(reply.getKey(), values.get(reply.getKey()));
                    stored = true;
                } catch (JedisDataException e) {
                    assertTrue(e.getMessage().startsWith("OOM "), e.getMessage());
                }
            }
            refusedBatches = stored ? 0 : refusedBatches + 1;
        }
    }

    /** Every acknowledged write, and nothing else, is there. */
    private void verify(Jedis jedis) {
        assertEquals(acknowledged.size(), jedis.dbSize());
        acknowledged.forEach((key, value) -> assertEquals(value, jedis.get(key)));
        assertNull(jedis.get("none"));
    }

    private void awaitRoom(Jedis jedis, String when) throws InterruptedException {
        long end = System.nanoTime() + 10_000_000_000L;
        while (true) {
            try {
                String value = value("room", 1000);
                assertEquals("OK", jedis.set("room", value));
                acknowledged.put("room", value);
                return;
            } catch (JedisDataException e) {
                if (System.nanoTime() > end) {
                    throw new AssertionError("no room " + when, e);
                }
                Thread.sleep(50);
            }
        }
    }
}
