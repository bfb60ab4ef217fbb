package io.releve.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.params.SetParams;

/** A million keys that expire within one second, while another client goes on. */
class ExpiryIT {
    private static final int KEYS = 1_000_000;
    private static final int BATCH = 10_000;

    @TempDir
    Path directory;

    @Test
    void aMillionKeysExpireInOneSecond() throws Exception {
        int port = RunningServer.freePort();
        try (RunningServer server = RunningServer.start(directory, "--port", "" + port).awaitReady();
                Jedis writer = new Jedis("127.0.0.1", port, 60_000);
                Jedis client = new Jedis("127.0.0.1", port, 60_000)) {
            client.set("stays", "here");
            long due = fill(writer);
            long[] latencies = new long[1 << 20];
            int count = 0;
            long size;
            do {
                for (int i = 0; i < 100; i++) {
                    long start = System.nanoTime();
                    assertEquals("here", client.get("stays"));
                    latencies[count++ & latencies.length - 1] = System.nanoTime() - start;
                }
                size = client.dbSize();
                assertTrue(System.currentTimeMillis() < due + 60_000, size + " keys are still there");
            } while (size > 1);
            long took = System.currentTimeMillis() - due;
            assertTrue(client.info("stats").contains("expired_keys:" + KEYS + "\r\n"), client.info("stats"));
            assertTrue(took >= 0, "keys went before their time");
            int measured = Math.min(count, latencies.length);
            Arrays.sort(latencies, 0, measured);
            System.out.printf("%,d keys were due within one second and gone %d ms after it; GET beside it: p50 %.3f ms,"
                    + " p99 %.3f ms, p99.9 %.3f ms, longest %.3f ms (%,d samples)%n", KEYS, took,
                    latencies[measured / 2] / 1e6, latencies[(int) (measured * 0.99)] / 1e6,
                    latencies[(int) (measured * 0.999)] / 1e6, latencies[measured - 1] / 1e6, measured);
            server.terminate();
            assertEquals(0, server.exitCode(), server.output());
        }
    }

    /** @return the end of the second in which all keys expire, ms since the epoch */
    private static long fill(Jedis jedis) {
        long start = System.currentTimeMillis();
        set(jedis, KEYS / 10, start + TimeUnit.HOURS.toMillis(1));
        long tenth = System.currentTimeMillis() - start;
        long end = System.currentTimeMillis() + 10 * tenth + 2500;
        set(jedis, KEYS, end);
        assumeTrue(System.currentTimeMillis() < end - 1000, "the machine was too busy to write a million keys in time");
        assertEquals(KEYS + 1L, jedis.dbSize());
        return end;
    }

    private static void set(Jedis jedis, int keys, long end) {
        for (int i = 0; i < keys; i += BATCH) {
            Pipeline pipeline = jedis.pipelined();
            for (int k = i; k < i + BATCH; k++) {
                pipeline.set("key:" + k, "value", SetParams.setParams().pxAt(end - k % 1000));
            }
            pipeline.sync();
        }
    }
}
