package io.releve.distribution;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.RedisProtocol;
import redis.clients.jedis.Response;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.csc.DefaultCache;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.params.SetParams;
import redis.clients.jedis.resps.ScanResult;

/** The packaged server and Jedis, in both protocol versions. */
class JedisIT {
    private static final String PASSWORD = "s\u00e9same";

    @TempDir
    static Path directory;

    private static int port;
    private static RunningServer server;

    @BeforeAll
    static void start() throws Exception {
        port = RunningServer.freePort();
        server = RunningServer.start(directory, "--port", "" + port, "--requirepass", PASSWORD).awaitReady();
    }

    @AfterAll
    static void stop() throws Exception {
        server.endWell();
    }

    @BeforeEach
    void empty() {
        try (Jedis jedis = connect(RedisProtocol.RESP2)) {
            jedis.flushAll();
        }
    }

    private static Jedis connect(RedisProtocol protocol) {
        return new Jedis(new HostAndPort("127.0.0.1", port), DefaultJedisClientConfig.builder().protocol(protocol)
                .password(PASSWORD).clientName("jedis").socketTimeoutMillis(20_000).build());
    }

    @ParameterizedTest
    @EnumSource(RedisProtocol.class)
    void authentication(RedisProtocol protocol) {
        assertThrows(JedisDataException.class, () -> {
            try (Jedis jedis = new Jedis(new HostAndPort("127.0.0.1", port),
                    DefaultJedisClientConfig.builder().protocol(protocol).password("wrong").build())) {
                jedis.ping();
            }
        });
        try (Jedis jedis = new Jedis("127.0.0.1", port)) {
            assertTrue(assertThrows(JedisDataException.class, () -> jedis.get("k")).getMessage().startsWith("NOAUTH"));
            assertEquals("OK", jedis.auth(PASSWORD));
            assertNull(jedis.get("k"));
        }
        try (Jedis jedis = connect(protocol)) {
            assertEquals("jedis", jedis.clientGetname());
        }
    }

    @ParameterizedTest
    @EnumSource(RedisProtocol.class)
    void stringsAndExpiry(RedisProtocol protocol) throws InterruptedException {
        try (Jedis jedis = connect(protocol)) {
            assertEquals("OK", jedis.set("k", "v", SetParams.setParams().nx().px(100_000)));
            assertNull(jedis.set("k", "w", SetParams.setParams().nx()));
            assertTrue(jedis.pttl("k") > 0);
            assertEquals(3, jedis.append("k", "+!"));
            assertEquals("v+!", jedis.get("k"));
            assertEquals(1, jedis.pexpire("k", 1));
            Thread.sleep(20);
            assertNull(jedis.get("k"));
            assertEquals(0, jedis.dbSize());
            jedis.mset("a", "1", "b", "2");
            assertEquals(Arrays.asList("1", null, "2"), jedis.mget("a", "none", "b"));
            assertEquals(3.5, jedis.incrByFloat("a", 2.5));
            assertEquals(1, jedis.expire("b", 100));
            assertEquals(1, jedis.persist("b"));
            assertEquals(-1, jedis.ttl("b"));
            assertTrue(assertThrows(JedisDataException.class, () -> jedis.incr("a")).getMessage()
                    .contains("not an integer"));
            jedis.select(3);
            assertNull(jedis.get("b"));
        }
    }

    @ParameterizedTest
    @EnumSource(RedisProtocol.class)
    void largeValues(RedisProtocol protocol) {
        byte[] key = "large".getBytes(StandardCharsets.US_ASCII);
        byte[] value = new byte[24_000_001];
        new Random(1).nextBytes(value);
        try (Jedis jedis = connect(protocol)) {
            assertEquals("OK", jedis.set(key, value));
            assertArrayEquals(value, jedis.get(key));
            assertEquals(value.length, jedis.strlen(key));
            assertEquals(value.length + 3L, jedis.setrange(key, value.length, new byte[] {1, 2, 3}));
            assertArrayEquals(new byte[] {value[value.length - 1], 1, 2, 3}, jedis.getrange(key, -4, -1));
        }
    }

    @ParameterizedTest
    @EnumSource(RedisProtocol.class)
    void aPipelineAndTheWholeKeyspaceByScan(RedisProtocol protocol) {
        int keys = 100_000;
        try (Jedis jedis = connect(protocol)) {
            Pipeline pipeline = jedis.pipelined();
            List<Response<String>> sets = new ArrayList<>();
            for (int i = 0; i < keys; i++) {
                sets.add(pipeline.set("key:" + i, Integer.toString(i)));
            }
            pipeline.sync();
            sets.forEach(set -> assertEquals("OK", set.get()));
            assertEquals(keys, jedis.dbSize());
            Set<String> found = new HashSet<>();
            String cursor = ScanParams.SCAN_POINTER_START;
            int calls = 0;
            do {
                ScanResult<String> part = jedis.scan(cursor, new ScanParams().count(500).match("key:*"));
                found.addAll(part.getResult());
                cursor = part.getCursor();
                // what comes and goes while the scan runs must not hide what stays
                jedis.set("other:" + calls, "x");
                jedis.del("other:" + (calls++ - 5));
            } while (!cursor.equals(ScanParams.SCAN_POINTER_START));
            assertEquals(keys, found.size());
            assertFalse(found.contains("other:0"));
            List<Response<String>> gets = new ArrayList<>();
            for (int i = 0; i < keys; i++) {
                gets.add(pipeline.get("key:" + i));
            }
            pipeline.sync();
            for (int i = 0; i < keys; i++) {
                assertEquals(Integer.toString(i), gets.get(i).get());
            }
        }
    }

    /** Jedis asks for a version of Redis that is newer than what it needs. */
    private static final class LenientCache extends DefaultCache {
        LenientCache() {
            super(100);
        }

        @Override
        public boolean compatibilityMode() {
            return true;
        }
    }

    /** What is read twice comes from the client's own cache, until somebody changes it. */
    @Test
    void cachesOnTheSideOfTheClient() {
        LenientCache cache = new LenientCache();
        try (UnifiedJedis cached = new UnifiedJedis(new HostAndPort("127.0.0.1", port),
                DefaultJedisClientConfig.builder().protocol(RedisProtocol.RESP3).password(PASSWORD).build(), cache);
                Jedis other = connect(RedisProtocol.RESP2)) {
            other.set("k", "1");
            assertEquals("1", cached.get("k"));
            assertEquals("1", cached.get("k"));
            assertEquals(1, cache.getStats().getHitCount());
            other.set("k", "2");
            long deadline = System.nanoTime() + 5_000_000_000L;
            while (!"2".equals(cached.get("k"))) {
                assertTrue(System.nanoTime() < deadline, "never invalidated");
            }
            assertEquals(1, cache.getStats().getInvalidationCount());
            other.flushAll();
            while (cached.get("k") != null) {
                assertTrue(System.nanoTime() < deadline, "never flushed");
            }
        }
    }
}
