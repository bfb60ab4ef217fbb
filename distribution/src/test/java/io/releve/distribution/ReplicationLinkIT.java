package io.releve.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.Transaction;
import redis.clients.jedis.exceptions.JedisDataException;

/** What is seen and done of the links between masters and replicas from outside. */
class ReplicationLinkIT {
    /** Fields whose names and values are to be the same as of a real server. */
    private static final List<String> SAME = List.of("flags", "db", "sub", "psub", "ssub", "multi", "events", "user", "redir",
            "resp", "name");
    private static final long NOTICED_MS = 12_000;

    @TempDir
    Path directory;

    private static String ask(Jedis jedis, String... words) {
        Object answer = jedis.sendCommand(() -> words[0].getBytes(StandardCharsets.UTF_8),
                Arrays.copyOfRange(words, 1, words.length));
        return answer instanceof byte[] text ? new String(text, StandardCharsets.UTF_8) : String.valueOf(answer);
    }

    /** The only line of CLIENT LIST TYPE, field by field. */
    private static Map<String, String> client(ReplicationServer server, String type) {
        try (Jedis jedis = server.jedis()) {
            List<String> lines = ask(jedis, "CLIENT", "LIST", "TYPE", type).lines().toList();
            assertEquals(1, lines.size(), lines.toString());
            Map<String, String> fields = new HashMap<>();
            for (String field : lines.get(0).split(" ")) {
                fields.put(field.substring(0, field.indexOf('=')), field.substring(field.indexOf('=') + 1));
            }
            return fields;
        }
    }

    private ReplicationServer[] pair(String... ofMaster) throws Exception {
        ReplicationServer master = ReplicationServer.start(directory.resolve("master"), ofMaster);
        ReplicationServer replica = ReplicationServer.start(directory.resolve("replica"), "--replicaof", "127.0.0.1 " + master.port());
        replica.awaitLink();
        return new ReplicationServer[] {master, replica};
    }

    @Test
    void masterAndReplicaAreAmongTheClientsAsRedisShowsThem() throws Exception {
        ReplicationServer[] ours = pair();
        try (ReplicationServer master = ours[0]; ReplicationServer replica = ours[1];
                ReplicationServer real = ReplicationServer.redis("--repl-diskless-sync-delay", "0");
                ReplicationServer realReplica = ReplicationServer.redis()) {
            realReplica.follow(real);
            realReplica.awaitLink();
            for (ReplicationServer each : List.of(master, real)) {
                try (Jedis jedis = each.jedis()) {
                    jedis.select(3);
                    jedis.set("key", "1");
                    assertEquals(1, jedis.waitReplicas(1, 10_000));
                }
            }
            for (String type : List.of("MASTER", "REPLICA")) {
                Map<String, String> actual = client(type.equals("MASTER") ? replica : master, type);
                Map<String, String> expected = client(type.equals("MASTER") ? realReplica : real, type);
                for (String field : SAME) {
                    assertEquals(expected.get(field), actual.get(field), type + ": " + field + " of " + actual);
                }
            }
            assertEquals("set", client(replica, "MASTER").get("cmd"));
            assertEquals(client(real, "REPLICA").get("cmd"), client(master, "REPLICA").get("cmd"));
            assertEquals("127.0.0.1:" + master.port(), client(replica, "MASTER").get("addr"));
            assertEquals(client(master, "REPLICA").get("addr"), client(replica, "MASTER").get("laddr"));
            assertEquals("2", replica.info("clients").get("connected_clients"), "the master, and the one that asks");
            for (ReplicationServer each : List.of(replica, realReplica)) {
                try (Jedis jedis = each.jedis()) {
                    assertFalse(ask(jedis, "CLIENT", "LIST", "TYPE", "NORMAL").contains("flags=M"));
                }
            }
        }
    }

    /** What a sentinel has sent may be under way for minutes, while the network is cut. Others are obeyed as ever. */
    @Test
    void aSentinelOfAPastEpochIsNotObeyed() throws Exception {
        try (ReplicationServer server = ReplicationServer.start(directory.resolve("master")); Jedis late = server.jedis();
                Jedis later = server.jedis(); Jedis human = server.jedis()) {
            String id = "a".repeat(40);
            ask(late, "GUARD", "m", id, "3", "master", "127.0.0.1", "" + server.port());
            ask(later, "GUARD", "m", id, "4", "master", "127.0.0.1", "" + server.port());
            String refused = "ERR a sentinel of epoch 3 says so, but this server knows of epoch 4";
            assertEquals(refused, assertThrows(JedisDataException.class, () -> late.replicaof("127.0.0.1", 1)).getMessage());
            try (Transaction transaction = late.multi()) {
                transaction.sendCommand(Protocol.Command.SLAVEOF, "127.0.0.1", "1");
                assertEquals(refused, ((Throwable) transaction.exec().get(0)).getMessage());
            }
            assertEquals("master", ReplicationServer.info(human, "replication").get("role"));
            later.replicaof("127.0.0.1", 1);
            assertEquals("slave", ReplicationServer.info(human, "replication").get("role"));
            human.replicaofNoOne();
            assertEquals("master", ReplicationServer.info(human, "replication").get("role"));
        }
    }

    @Test
    void aLinkToTheMasterThatIsKilledIsTakenUpAgain() throws Exception {
        ReplicationServer[] ours = pair();
        try (ReplicationServer master = ours[0]; ReplicationServer replica = ours[1]; Jedis first = master.jedis();
                Jedis second = replica.jedis()) {
            String before = client(replica, "MASTER").get("laddr");
            assertEquals("1", ask(second, "CLIENT", "KILL", "TYPE", "master"));
            ReplicationServer.await(master::output, () -> master.statistic("sync_partial_ok") == 1);
            replica.awaitLink();
            first.set("key", "1");
            assertEquals(1, first.waitReplicas(1, 10_000));
            assertEquals("1", second.get("key"));
            assertFalse(client(replica, "MASTER").get("laddr").equals(before));
            second.replicaofNoOne();
            assertEquals("", ask(second, "CLIENT", "LIST", "TYPE", "MASTER"));
            assertEquals("2", replica.info("clients").get("connected_clients"), "this one, and the one that asks");
        }
    }

    @Test
    void theCountersOfSynchronisationsAreSetBackByResetstat() throws Exception {
        ReplicationServer[] ours = pair();
        try (ReplicationServer master = ours[0]; ReplicationServer replica = ours[1]; Jedis jedis = master.jedis()) {
            assertEquals(1, master.statistic("sync_full"));
            jedis.configResetStat();
            assertEquals(0, master.statistic("sync_full"));
        }
    }

    @Test
    void aReplicaThatIsSilentIsCutOffSoon() throws Exception {
        ReplicationServer[] ours = pair("--repl-timeout", "60");
        try (ReplicationServer master = ours[0]; ReplicationServer replica = ours[1]) {
            assertEquals("1", master.info("replication").get("connected_slaves"));
            replica.signal("STOP");
            long begin = System.nanoTime();
            ReplicationServer.await(master::output, () -> master.info("replication").get("connected_slaves").equals("0"));
            long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
            assertTrue(took < NOTICED_MS, took + " ms");
            replica.signal("CONT");
            ReplicationServer.await(master::output, () -> master.statistic("sync_partial_ok") == 1);
            assertEquals(1, master.statistic("sync_full"));
        }
    }

    /** Takes 20 s: by hand, with {@code -Dreleve.long=true}. */
    @EnabledIfSystemProperty(named = "releve.long", matches = "true")
    @Test
    void aMasterThatWasAwayItselfCutsNobodyOff() throws Exception {
        ReplicationServer[] ours = pair();
        try (ReplicationServer master = ours[0]; ReplicationServer replica = ours[1]) {
            // shorter than the replica waits, and together with its share longer than a replica may be silent
            for (int i = 0; i < 3; i++) {
                master.signal("STOP");
                Thread.sleep(4_000);
                master.signal("CONT");
                Thread.sleep(1_500);
            }
            assertFalse(master.output().contains("is not heard of"), master.output());
            assertEquals("1", master.info("replication").get("connected_slaves"));
        }
    }

    @Test
    void aSignalWaitsForReplicasAsShutdownDoes() throws Exception {
        ReplicationServer[] ours = pair("--shutdown-timeout", "30");
        try (ReplicationServer master = ours[0]; ReplicationServer replica = ours[1]; Jedis first = master.jedis();
                Jedis second = replica.jedis()) {
            replica.signal("STOP");
            for (int i = 0; i < 1000; i++) {
                first.set("key" + i, "1");
            }
            master.signal("TERM");
            Thread.sleep(2_000);
            assertEquals("1", first.get("key0"), "reads are answered meanwhile");
            CompletableFuture<String> write = CompletableFuture.supplyAsync(() -> {
                try (Jedis other = master.jedis()) {
                    return other.set("late", "1");
                }
            });
            Thread.sleep(300);
            assertFalse(write.isDone(), "writes wait");
            replica.signal("CONT");
            assertEquals(0, master.process().exitCode(), master.output());
            assertThrows(ExecutionException.class, write::get);
            assertEquals("1", second.get("key999"));
            assertNull(second.get("late"));
        }
    }

    @Test
    void aSignalWaitsNoLongerThanTheTimeout() throws Exception {
        ReplicationServer[] ours = pair("--shutdown-timeout", "1");
        try (ReplicationServer master = ours[0]; ReplicationServer replica = ours[1]; Jedis first = master.jedis()) {
            replica.signal("STOP");
            first.set("key", "1");
            master.signal("TERM");
            assertEquals(0, master.process().exitCode(), master.output());
            assertTrue(master.output().contains("Not all replicas have everything after 1 s"), master.output());
            replica.signal("CONT");
        }
    }

    @Test
    void whateverIsHeldBackIsAnsweredInTheEnd() throws Exception {
        ReplicationServer[] ours = pair("--min-replicas-to-ack", "1", "--replica-ack-timeout", "1000");
        try (ReplicationServer master = ours[0]; ReplicationServer replica = ours[1]; Jedis first = master.jedis();
                Jedis blocked = master.jedis(); Jedis reader = master.jedis(); Jedis pipelined = master.jedis()) {
            ReplicationServer.await(master::output, () -> first.set("long", "x".repeat(1 << 20)).equals("OK"));
            CompletableFuture<String> popped = CompletableFuture.supplyAsync(() -> {
                try {
                    return ask(blocked, "BLPOP", "list", "0");
                } catch (RuntimeException e) {
                    return e.getMessage();
                }
            });
            ReplicationServer.await(master::output, () -> master.info("clients").get("blocked_clients").equals("1"));
            replica.signal("STOP");
            assertUnconfirmed(assertThrows(RuntimeException.class, () -> first.rpush("list", "a")).getMessage());
            assertUnconfirmed(popped.get(10, TimeUnit.SECONDS));
            assertUnconfirmed(assertThrows(RuntimeException.class, () -> reader.get("long")).getMessage());
            // each request of a batch has its own answer, and one has come in pieces
            try (var pipeline = pipelined.pipelined()) {
                pipeline.get("some");
                pipeline.get("long");
                pipeline.get("none");
                List<Object> answers = pipeline.syncAndReturnAll();
                assertEquals(3, answers.size());
                for (Object answer : answers) {
                    assertUnconfirmed(answer instanceof Exception e ? e.getMessage() : String.valueOf(answer));
                }
            }
            replica.signal("CONT");
            ReplicationServer.await(master::output, () -> first.set("key", "again").equals("OK"));
            assertEquals("again", blocked.get("key"));
            assertEquals(1 << 20, reader.get("long").length());
            assertEquals(1 << 20, pipelined.get("long").length());
        }
    }

    private static void assertUnconfirmed(String answer) {
        assertTrue(answer.startsWith("UNCONFIRMED"), answer.substring(0, Math.min(200, answer.length())));
    }
}
