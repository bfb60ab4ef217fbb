package io.releve.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lettuce.core.Consumer;
import io.lettuce.core.KeyValue;
import io.lettuce.core.RedisClient;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.TrackingArgs;
import io.lettuce.core.XAutoClaimArgs;
import io.lettuce.core.XReadArgs;
import io.lettuce.core.XGroupCreateArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.support.caching.CacheAccessor;
import io.lettuce.core.support.caching.CacheFrontend;
import io.lettuce.core.support.caching.ClientSideCaching;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisPool;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.Transaction;
import redis.clients.jedis.params.XAutoClaimParams;
import redis.clients.jedis.params.XReadGroupParams;
import redis.clients.jedis.resps.StreamEntry;

/**
 * Small programs with the client libraries people use: a job queue on blocking lists, a rate limiter in Lua, a cache with
 * tracking, a leaderboard, consumers of a stream of whom one crashes. Those that are not in Java stand in
 * {@code src/test/clients}.
 */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ClientProgramsIT {
    private static final Path PROGRAMS = Path.of("src/test/clients").toAbsolutePath();
    private static final String LIMIT = "local used = redis.call('INCR', KEYS[1]) if used == 1 then"
            + " redis.call('PEXPIRE', KEYS[1], ARGV[2]) end return used <= tonumber(ARGV[1]) and 1 or 0";

    @TempDir
    static Path directory;

    private static int port;
    private static RunningServer server;

    @BeforeAll
    static void start() throws Exception {
        port = RunningServer.freePort();
        server = RunningServer.start(directory, "--port", "" + port, "--save", "").awaitReady();
    }

    @AfterAll
    static void stop() throws Exception {
        server.endWell();
    }

    private static void run(int programs, String... command) throws Exception {
        List<String> words = new ArrayList<>(List.of(command));
        words.add("" + port);
        String output = Program.run(directory, words);
        assertEquals(programs, output.lines().filter(line -> line.endsWith(": fine")).count(), output);
    }

    @Test
    void ioredis() throws Exception {
        assumeNode("ioredis");
        run(5, "node", PROGRAMS.resolve("programs-ioredis.mjs").toString());
    }

    @Test
    void nodeRedis() throws Exception {
        assumeNode("redis");
        run(6, "node", PROGRAMS.resolve("programs-node-redis.mjs").toString());
    }

    private static void assumeNode(String module) {
        assumeTrue(Files.isDirectory(PROGRAMS.resolve("node_modules").resolve(module)),
                module + " is not installed: npm ci in distribution/src/test/clients");
    }

    @Test
    void redisPy() throws Exception {
        run(6, "/usr/bin/python3", PROGRAMS.resolve("programs.py").toString());
    }

    @Test
    void jedis() throws Exception {
        try (JedisPool pool = new JedisPool("127.0.0.1", port)) {
            ExecutorService workers = Executors.newFixedThreadPool(3);
            List<Future<List<String>>> done = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                done.add(workers.submit(() -> jobs(pool)));
            }
            try (Jedis jedis = pool.getResource()) {
                Pipeline pipeline = jedis.pipelined();
                for (int i = 0; i < 300; i++) {
                    pipeline.rpush("jedis:jobs", "job-" + i);
                }
                pipeline.rpush("jedis:jobs", "stop", "stop", "stop");
                pipeline.sync();
                Set<String> all = new HashSet<>();
                for (Future<List<String>> each : done) {
                    all.addAll(each.get(20, TimeUnit.SECONDS));
                }
                assertEquals(300, all.size());
                assertEquals("300", jedis.get("jedis:done"));
                limits(jedis.scriptLoad(LIMIT), (sha, key) -> (Long) jedis.evalsha(sha, List.of(key), List.of("10", "1000")) == 1);
                for (int i = 0; i < 100; i++) {
                    jedis.zincrby("jedis:board", i * 37 % 101, "player-" + i % 20);
                }
                String best = jedis.zrevrange("jedis:board", 0, 0).get(0);
                assertEquals(0, jedis.zrevrank("jedis:board", best));
                stream(jedis);
            } finally {
                workers.shutdownNow();
            }
        }
    }

    private static List<String> jobs(JedisPool pool) {
        List<String> done = new ArrayList<>();
        try (Jedis jedis = pool.getResource()) {
            while (true) {
                List<String> job = jedis.blpop(5, "jedis:jobs");
                if (job == null || job.get(1).equals("stop")) {
                    return done;
                }
                done.add(job.get(1));
                Transaction transaction = jedis.multi();
                transaction.incr("jedis:done");
                transaction.lpush("jedis:log", job.get(1));
                assertEquals(2, transaction.exec().size());
            }
        }
    }

    private interface Take {
        boolean allowed(String sha, String key) throws Exception;
    }

    private static void limits(String sha, Take take) throws Exception {
        int allowed = 0;
        for (int i = 0; i < 15; i++) {
            allowed += take.allowed(sha, "limit:" + sha + take.getClass().getName()) ? 1 : 0;
        }
        assertEquals(10, allowed);
        Thread.sleep(1100);
        assertTrue(take.allowed(sha, "limit:" + sha + take.getClass().getName()));
    }

    private static void stream(Jedis jedis) {
        jedis.xgroupCreate("jedis:stream", "group", StreamEntryID.LAST_ENTRY, true);
        for (int i = 0; i < 20; i++) {
            jedis.xadd("jedis:stream", StreamEntryID.NEW_ENTRY, Map.of("n", "" + i));
        }
        try (Jedis dying = new Jedis("127.0.0.1", port)) {
            assertEquals(5, dying.xreadGroup("group", "dying", XReadGroupParams.xReadGroupParams().count(5),
                    Map.of("jedis:stream", StreamEntryID.UNRECEIVED_ENTRY)).get(0).getValue().size());
        }
        List<StreamEntry> entries = new ArrayList<>(jedis.xautoclaim("jedis:stream", "group", "heir", 0, new StreamEntryID(),
                XAutoClaimParams.xAutoClaimParams()).getValue());
        assertEquals(5, entries.size());
        entries.addAll(jedis.xreadGroup("group", "heir", XReadGroupParams.xReadGroupParams().count(100),
                Map.of("jedis:stream", StreamEntryID.UNRECEIVED_ENTRY)).get(0).getValue());
        assertEquals(20, jedis.xack("jedis:stream", "group", entries.stream().map(StreamEntry::getID).toArray(StreamEntryID[]::new)));
        assertEquals(0, jedis.xpending("jedis:stream", "group").getTotal());
    }

    @Test
    void lettuce() throws Exception {
        RedisClient client = RedisClient.create("redis://127.0.0.1:" + port);
        try (StatefulRedisConnection<String, String> connection = client.connect();
                StatefulRedisConnection<String, String> caching = client.connect()) {
            RedisCommands<String, String> redis = connection.sync();
            Thread worker = new Thread(() -> {
                try (StatefulRedisConnection<String, String> own = client.connect()) {
                    for (KeyValue<String, String> job = own.sync().blpop(5, "lettuce:jobs"); job != null
                            && !job.getValue().equals("stop"); job = own.sync().blpop(5, "lettuce:jobs")) {
                        own.sync().multi();
                        own.sync().incr("lettuce:done");
                        own.sync().exec();
                    }
                }
            });
            worker.start();
            for (int i = 0; i < 100; i++) {
                connection.async().rpush("lettuce:jobs", "job-" + i);
            }
            redis.rpush("lettuce:jobs", "stop");
            worker.join(20_000);
            assertEquals("100", redis.get("lettuce:done"));
            limits(redis.scriptLoad(LIMIT), (sha, key) -> redis.<Boolean>evalsha(sha, ScriptOutputType.BOOLEAN,
                    new String[] {key}, "10", "1000"));
            Map<String, String> cache = new ConcurrentHashMap<>();
            CacheFrontend<String, String> frontend = ClientSideCaching.enable(CacheAccessor.forMap(cache), caching,
                    TrackingArgs.Builder.enabled());
            redis.set("lettuce:cached", "one");
            assertEquals("one", frontend.get("lettuce:cached"));
            redis.set("lettuce:cached", "two");
            for (int i = 0; i < 100 && cache.containsKey("lettuce:cached"); i++) {
                Thread.sleep(10);
            }
            assertNull(cache.get("lettuce:cached"));
            assertEquals("two", frontend.get("lettuce:cached"));
            redis.zaddincr("lettuce:board", 5, "a");
            redis.zaddincr("lettuce:board", 7, "b");
            assertEquals("b", redis.zrevrangeWithScores("lettuce:board", 0, 0).get(0).getValue());
            stream(redis);
        } finally {
            client.shutdown(0, 1, TimeUnit.SECONDS);
        }
    }

    private static void stream(RedisCommands<String, String> redis) {
        redis.xgroupCreate(XReadArgs.StreamOffset.latest("lettuce:stream"), "group", XGroupCreateArgs.Builder.mkstream());
        for (int i = 0; i < 20; i++) {
            redis.xadd("lettuce:stream", Map.of("n", "" + i));
        }
        assertEquals(5, redis.xreadgroup(Consumer.from("group", "dying"), XReadArgs.Builder.count(5),
                XReadArgs.StreamOffset.lastConsumed("lettuce:stream")).size());
        List<StreamMessage<String, String>> entries = new ArrayList<>(redis.xautoclaim("lettuce:stream",
                new XAutoClaimArgs<String>().consumer(Consumer.from("group", "heir")).minIdleTime(0).startId("0-0")).getMessages());
        assertEquals(5, entries.size());
        entries.addAll(redis.xreadgroup(Consumer.from("group", "heir"), XReadArgs.StreamOffset.lastConsumed("lettuce:stream")));
        assertEquals(20, redis.xack("lettuce:stream", "group", entries.stream().map(StreamMessage::getId).toArray(String[]::new)));
        assertEquals(0, redis.xpending("lettuce:stream", "group").getCount());
    }
}
