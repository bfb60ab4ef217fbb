package io.releve.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.releve.contracts.DataComparison;
import io.releve.contracts.Oracle;
import io.releve.contracts.RandomValues;
import io.releve.contracts.differential.RandomLoad;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisDataException;

/** Masters and replicas, packaged servers and real ones, each side either. */
class ReplicationIT {
    private static final long SEED = Long.getLong("releve.seed", System.nanoTime());
    private static final int CUTS = Integer.getInteger("releve.replication.cuts", 4);
    private static final String[] REDIS = {"--enable-debug-command", "yes", "--repl-backlog-size", "64mb",
            "--repl-diskless-sync-delay", "0"};

    @TempDir
    Path directory;

    private final List<AutoCloseable> open = new ArrayList<>();

    private ReplicationServer ours(String name, String... options) throws Exception {
        List<String> all = new ArrayList<>(List.of(REDIS));
        all.addAll(List.of(options));
        ReplicationServer server = ReplicationServer.start(directory.resolve(name), all.toArray(String[]::new));
        open.add(server);
        return server;
    }

    private ReplicationServer redis() throws Exception {
        ReplicationServer server = ReplicationServer.redis(REDIS);
        open.add(server);
        return server;
    }

    private static void await(String otherwise, ReplicationServer.Condition condition) throws InterruptedException {
        ReplicationServer.await(() -> otherwise, condition);
    }

    private void closeAll() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
        open.clear();
    }

    @Test
    void fromOursToOurs() throws Exception {
        chain(true, true);
    }

    @Test
    void fromOursToRedis() throws Exception {
        chain(true, false);
    }

    @Test
    void fromRedisToOursToRedis() throws Exception {
        chain(false, true, false);
    }

    /** Every type before the first synchronisation, random requests meanwhile, links that are cut at random moments. */
    private void chain(boolean... ours) throws Exception {
        try {
            List<ReplicationServer> nodes = new ArrayList<>();
            for (int i = 0; i < ours.length; i++) {
                nodes.add(ours[i] ? ours("node" + i) : redis());
            }
            ReplicationServer master = nodes.get(0);
            Random random = new Random(SEED);
            try (Oracle docs = Oracle.start(); Oracle target = Oracle.at(master.port())) {
                RandomValues values = new RandomValues(random, target);
                for (int i = 0; i < 200; i++) {
                    values.make("before" + i);
                }
                RandomLoad load = new RandomLoad(docs, master.port(), target, SEED, 3);
                try (load) {
                    for (int i = 1; i < nodes.size(); i++) {
                        nodes.get(i).follow(nodes.get(i - 1));
                        nodes.get(i).awaitLink();
                    }
                    for (int i = 0; i < CUTS; i++) {
                        Thread.sleep(random.nextInt(600));
                        cut(nodes.get(random.nextInt(nodes.size() - 1)));
                    }
                    for (int i = 1; i < nodes.size(); i++) {
                        nodes.get(i).awaitLink();
                    }
                }
                assertTrue(load.requests() > 500, "requests " + load.requests());
                for (int i = 1; i < nodes.size(); i++) {
                    assertSame(master, nodes.get(i));
                }
                assertTrue(master.statistic("sync_full") <= 2, "full synchronisations " + master.info("stats"));
            }
        } catch (Throwable e) {
            throw new AssertionError("seed " + SEED, e);
        } finally {
            closeAll();
        }
    }

    private static void cut(ReplicationServer node) {
        try (Jedis jedis = node.jedis()) {
            jedis.sendCommand(() -> "CLIENT".getBytes(), "KILL", "TYPE", "replica");
        }
    }

    /** They come to the same offset, and hold the same. */
    private static void assertSame(ReplicationServer master, ReplicationServer replica) throws Exception {
        await(replica + " is at " + replica.offset() + " and " + master + " at " + master.offset(),
                () -> replica.offset() == master.offset());
        try (Oracle expected = Oracle.at(master.port()); Oracle actual = Oracle.at(replica.port())) {
            // what is due goes, so that both have the same when they are read
            Thread.sleep(100);
            DataComparison.assertReplicated(expected, actual);
        }
    }

    @Test
    void aReplicaTakesOverAndTheOthersGoOnFromWhereTheyAre() throws Exception {
        try {
            ReplicationServer a = ours("a");
            ReplicationServer b = ours("b", "--replicaof", "127.0.0.1 " + a.port());
            ReplicationServer c = redis();
            c.follow(a);
            b.awaitLink();
            c.awaitLink();
            try (Jedis first = a.jedis(); Jedis second = b.jedis()) {
                for (int i = 0; i < 100; i++) {
                    first.set("key" + i, "a");
                }
                assertEquals(2, first.waitReplicas(2, 5000));
                JedisDataException refused = assertThrows(JedisDataException.class, () -> second.set("key", "x"));
                assertEquals("READONLY You can't write against a read only replica.", refused.getMessage());
                second.replicaofNoOne();
                second.set("key0", "b");
            }
            c.follow(b);
            a.follow(b);
            c.awaitLink();
            a.awaitLink();
            assertSame(b, a);
            assertSame(b, c);
            assertEquals(0, b.statistic("sync_full"), b.output());
            assertEquals(2, b.statistic("sync_partial_ok"), b.output());
        } finally {
            closeAll();
        }
    }

    @Test
    void whatOnlyTheOldMasterHasIsGivenUp() throws Exception {
        try {
            ReplicationServer a = ours("a");
            ReplicationServer b = ours("b", "--replicaof", "127.0.0.1 " + a.port());
            b.awaitLink();
            try (Jedis first = a.jedis(); Jedis second = b.jedis()) {
                first.set("both", "1");
                assertEquals(1, first.waitReplicas(1, 5000));
                second.replicaofNoOne();
                first.set("lost", "1");
                second.set("kept", "1");
            }
            a.follow(b);
            a.awaitLink();
            assertSame(b, a);
            try (Jedis first = a.jedis()) {
                assertEquals(null, first.get("lost"));
            }
            assertTrue(b.output().contains("Partial resynchronization not accepted"), b.output());
        } finally {
            closeAll();
        }
    }

    @Test
    void theHistorySurvivesARestart() throws Exception {
        try {
            String[] journal = {"--appendonly", "yes", "--appendfsync", "always"};
            ReplicationServer a = ours("a", journal);
            String[] replica = {"--appendonly", "yes", "--replicaof", "127.0.0.1 " + a.port()};
            ReplicationServer b = ours("b", replica);
            b.awaitLink();
            try (Jedis first = a.jedis()) {
                first.select(3);
                first.set("key", "1");
                assertEquals(1, first.waitReplicas(1, 5000));
            }
            b.stop();
            try (Jedis first = a.jedis()) {
                first.select(3);
                first.set("key", "2");
            }
            b.restart();
            b.awaitLink();
            assertSame(a, b);
            assertEquals(1, a.statistic("sync_partial_ok"), a.output());
            a.stop();
            a.restart();
            b.awaitLink();
            assertEquals(1, a.statistic("sync_partial_ok"), a.output());
            assertEquals(0, a.statistic("sync_full"), a.output());
            a.process().kill();
            a.process().exitCode();
            a.restart();
            b.awaitLink();
            try (Jedis first = a.jedis()) {
                first.set("after", "1");
            }
            assertSame(a, b);
        } finally {
            closeAll();
        }
    }

    @Test
    void theOldDataAreServedUntilTheNewAreComplete() throws Exception {
        try {
            ReplicationServer a = ours("a", "--repl-diskless-sync", "no");
            ReplicationServer b = ours("b", "--repl-diskless-load", "swapdb");
            try (Jedis first = a.jedis(); Jedis second = b.jedis()) {
                first.set("new", "1");
                first.select(5);
                first.set("fifth", "1");
                second.set("old", "1");
                b.follow(a);
                b.awaitLink();
                assertEquals(null, second.get("old"));
                assertEquals("1", second.get("new"));
                second.select(5);
                assertEquals("1", second.get("fifth"));
                first.set("fifth", "2");
            }
            assertSame(a, b);
        } finally {
            closeAll();
        }
    }

    @Test
    void aPlannedFailoverLosesNothing() throws Exception {
        try {
            ReplicationServer a = ours("a");
            ReplicationServer b = ours("b", "--replicaof", "127.0.0.1 " + a.port());
            b.awaitLink();
            try (Jedis first = a.jedis(); Jedis second = b.jedis()) {
                assertThrows(JedisDataException.class, () -> second.sendCommand(() -> "FAILOVER".getBytes()));
                long last = 0;
                first.incr("counter");
                first.sendCommand(() -> "FAILOVER".getBytes());
                while (true) {
                    try {
                        last = first.incr("counter");
                    } catch (JedisDataException e) {
                        assertTrue(e.getMessage().startsWith("READONLY"), e.getMessage());
                        break;
                    }
                }
                await("b is no master", () -> b.info("replication").get("role").equals("master"));
                assertEquals(Long.toString(Math.max(1, last)), second.get("counter"));
                a.awaitLink();
                second.incr("counter");
            }
            assertSame(b, a);
            assertEquals(0, b.statistic("sync_full"));
        } finally {
            closeAll();
        }
    }

    @Test
    void writesAreRefusedWithoutGoodReplicas() throws Exception {
        try {
            ReplicationServer a = ours("a", "--min-replicas-to-write", "1");
            try (Jedis first = a.jedis()) {
                JedisDataException refused = assertThrows(JedisDataException.class, () -> first.set("key", "1"));
                assertEquals("NOREPLICAS Not enough good replicas to write.", refused.getMessage());
                ReplicationServer b = ours("b", "--replicaof", "127.0.0.1 " + a.port(), "--replica-serve-stale-data", "no");
                b.awaitLink();
                await("writes are refused still", () -> first.set("key", "1").equals("OK"));
                a.process().kill();
                try (Jedis second = b.jedis()) {
                    await("stale data are served", () -> {
                        try {
                            second.get("key");
                            return false;
                        } catch (JedisDataException e) {
                            return e.getMessage().startsWith("MASTERDOWN");
                        }
                    });
                }
            }
        } finally {
            closeAll();
        }
    }

    @Test
    void acknowledgedMeansThatAReplicaHasIt() throws Exception {
        try {
            ReplicationServer a = ours("a", "--min-replicas-to-ack", "1", "--replica-ack-timeout", "2000");
            ReplicationServer b = ours("b", "--replicaof", "127.0.0.1 " + a.port());
            b.awaitLink();
            try (Jedis first = a.jedis(); Jedis other = a.jedis(); Jedis second = b.jedis()) {
                await("writes are refused still", () -> first.set("key", "1").equals("OK"));
                for (int i = 0; i < 200; i++) {
                    first.set("key", "" + i);
                    assertEquals("" + i, second.get("key"), "the replica has what was acknowledged");
                }
                b.signal("STOP");
                long begin = System.nanoTime();
                JedisDataException late = assertThrows(JedisDataException.class, () -> first.set("key", "late"));
                assertTrue(late.getMessage().startsWith("UNCONFIRMED"), late.getMessage());
                assertTrue(System.nanoTime() - begin > TimeUnit.MILLISECONDS.toNanos(1500), "it has waited");
                JedisDataException unseen = assertThrows(JedisDataException.class, () -> other.get("key"));
                assertTrue(unseen.getMessage().startsWith("UNCONFIRMED"), "what may be lost is shown to nobody");
                b.signal("CONT");
                await("it goes on", () -> first.set("key", "again").equals("OK"));
                assertEquals("again", other.get("key"));
                assertEquals("again", second.get("key"));
                ReplicationServer c = redis();
                c.follow(a);
                c.awaitLink();
                b.close();
                await("a real replica does as well", () -> first.set("key", "c").equals("OK"));
                c.close();
                await("without replicas writes are refused " + a.output(), () -> {
                    try {
                        first.set("key", "nobody");
                        return false;
                    } catch (JedisDataException e) {
                        return e.getMessage().startsWith("NOREPLICAS");
                    }
                });
            }
        } finally {
            closeAll();
        }
    }
}
