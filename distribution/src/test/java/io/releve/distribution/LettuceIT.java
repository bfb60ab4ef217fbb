package io.releve.distribution;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.LettuceFutures;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisURI;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanIterator;
import io.lettuce.core.SetArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.protocol.ProtocolVersion;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The packaged server and Lettuce, in both protocol versions. */
class LettuceIT {
    private static final String PASSWORD = "open";

    @TempDir
    static Path directory;

    private static RunningServer server;
    private static RedisURI uri;

    private final List<RedisClient> clients = new ArrayList<>();

    @BeforeAll
    static void start() throws Exception {
        int port = RunningServer.freePort();
        server = RunningServer.start(directory, "--port", "" + port, "--requirepass", PASSWORD).awaitReady();
        uri = RedisURI.builder().withHost("127.0.0.1").withPort(port).withPassword(PASSWORD.toCharArray())
                .withClientName("lettuce").withTimeout(Duration.ofSeconds(20)).build();
    }

    @AfterAll
    static void stop() throws Exception {
        server.endWell();
    }

    private RedisClient client(ProtocolVersion version, RedisURI address) {
        RedisClient client = RedisClient.create(address);
        client.setOptions(ClientOptions.builder().protocolVersion(version).autoReconnect(false).build());
        clients.add(client);
        return client;
    }

    @AfterEach
    void shutDown() {
        clients.forEach(client -> client.shutdown(0, 5, TimeUnit.SECONDS));
    }

    @Test
    void aWrongPasswordIsRefused() {
        RedisURI wrong = RedisURI.builder(uri).withPassword("wrong".toCharArray()).build();
        RedisConnectionException e = assertThrows(RedisConnectionException.class,
                () -> client(ProtocolVersion.RESP3, wrong).connect());
        assertTrue(e.getCause().getMessage().startsWith("WRONGPASS"), e.toString());
    }

    @ParameterizedTest
    @EnumSource(ProtocolVersion.class)
    void stringsExpiryAndScan(ProtocolVersion version) throws Exception {
        try (StatefulRedisConnection<String, String> connection = client(version, uri).connect()) {
            RedisCommands<String, String> redis = connection.sync();
            redis.flushall();
            assertEquals("PONG", redis.ping());
            assertEquals("lettuce", redis.clientGetname());
            assertEquals("OK", redis.set("k", "v", SetArgs.Builder.px(100_000)));
            assertEquals("v", redis.setGet("k", "w", SetArgs.Builder.keepttl()));
            assertTrue(redis.pexpire("k", 1));
            Thread.sleep(20);
            assertNull(redis.get("k"));
            assertTrue(redis.command().stream().anyMatch(c -> c.toString().contains("incr")));
            assertInstanceOf(String.class, redis.info("server"));

            int keys = 5_000;
            RedisAsyncCommands<String, String> async = connection.async();
            List<RedisFuture<?>> futures = new ArrayList<>();
            connection.setAutoFlushCommands(false);
            for (int i = 0; i < keys; i++) {
                futures.add(async.set("key:" + i, "" + i));
                futures.add(async.incr("count"));
            }
            connection.flushCommands();
            connection.setAutoFlushCommands(true);
            assertTrue(LettuceFutures.awaitAll(Duration.ofSeconds(20), futures.toArray(new RedisFuture<?>[0])));
            for (int i = 0; i < keys; i++) {
                assertEquals("OK", futures.get(2 * i).get());
                assertEquals(i + 1L, futures.get(2 * i + 1).get());
            }
            Set<String> found = new HashSet<>();
            ScanIterator.scan(redis, ScanArgs.Builder.limit(300).match("key:*")).forEachRemaining(found::add);
            assertEquals(keys, found.size());
        }
    }

    @ParameterizedTest
    @EnumSource(ProtocolVersion.class)
    void largeValues(ProtocolVersion version) {
        byte[] value = new byte[16_000_003];
        new Random(2).nextBytes(value);
        byte[] key = "large".getBytes(StandardCharsets.US_ASCII);
        try (StatefulRedisConnection<byte[], byte[]> connection = client(version, uri)
                .connect(ByteArrayCodec.INSTANCE)) {
            RedisCommands<byte[], byte[]> redis = connection.sync();
            assertEquals("OK", redis.set(key, value));
            assertArrayEquals(value, redis.get(key));
        }
    }
}
