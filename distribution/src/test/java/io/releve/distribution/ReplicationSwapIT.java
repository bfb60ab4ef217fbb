package io.releve.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.releve.contracts.DataComparison;
import io.releve.contracts.Oracle;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

/** The bundle of replication goes, comes back and is exchanged while clients write: replicas go on where they were. */
class ReplicationSwapIT {
    private static final String BUNDLE = "io.releve.replication";
    private static final String PARTIAL = "Successful partial resynchronization";
    private static final String FULL = "Full resync from master";

    @TempDir
    Path directory;

    /** A server with a console. */
    private static final class Swapped {
        private final ReplicationServer server;
        private final String id;

        Swapped(ReplicationServer server) throws Exception {
            this.server = server;
            server.process().enter("lb -s " + BUNDLE);
            Matcher listed = Pattern.compile("(\\d+)\\|Active.*" + Pattern.quote(BUNDLE))
                    .matcher(server.process().awaitOutput("|" + BUNDLE).output());
            assertTrue(listed.find(), server.output());
            id = listed.group(1);
        }

        void enter(String verb, String more) throws Exception {
            server.process().enter(verb + " " + id + more);
        }

        void await(String line) throws InterruptedException {
            ReplicationServer.await(() -> "no bundle " + line + ":\n" + server.info("bundles"), () -> {
                try (Jedis jedis = server.jedis()) {
                    return jedis.info("bundles").lines().anyMatch(text -> text.contains("name=" + BUNDLE + ",")
                            && text.contains(line));
                }
            });
        }
    }

    @Test
    void replicasGoOnWhereTheyWere() throws Exception {
        Path jar = CopiedInstallation.packagedJar("releve-replication-");
        Path home = CopiedInstallation.without("replication", name -> false).home();
        Path second = CopiedInstallation.without("replication-of", name -> false).home();
        try (ReplicationServer master = ReplicationServer.start(home, directory.resolve("master"), "console",
                "--repl-backlog-size", "64mb");
                ReplicationServer replica = ReplicationServer.start(second, directory.resolve("replica"),
                        "console")) {
            replica.follow(master.port());
            replica.awaitLink();
            Swapped ofMaster = new Swapped(master);
            Swapped ofReplica = new Swapped(replica);
            Writers writers = new Writers(master.port(), false);
            try (writers) {
                int version = 0;
                int links = 0;
                for (Swapped each : List.of(ofMaster, ofReplica)) {
                    writers.await(200);
                    each.enter("stop -t", "");
                    each.await("state=resolved");
                    if (each == ofReplica) {
                        whatItIsStays(replica);
                    }
                    writers.await(200);
                    each.enter("start -t", "");
                    each.await("state=active");
                    awaitLinks(replica, ++links);
                    for (int i = 0; i < 2; i++) {
                        writers.await(200);
                        Path next = Jars.withVersion(jar, "0.1." + ++version, directory.resolve("next-" + version + ".jar"));
                        each.enter("update", " " + next.toUri());
                        each.await(",version=0.1." + version + ",tier=stateful,state=active");
                        awaitLinks(replica, ++links);
                    }
                }
                writers.await(200);
            }
            ReplicationServer.await(() -> replica.offset() + " of " + master.offset(),
                    () -> replica.offset() == master.offset());
            try (Jedis jedis = replica.jedis(); Oracle expected = Oracle.at(master.port());
                    Oracle actual = Oracle.at(replica.port())) {
                assertEquals(List.of(), Writers.missing(writers.acknowledged(), jedis));
                DataComparison.assertSame(expected, actual, false);
            }
            assertEquals(1, count(replica, FULL), replica.output());
            assertTrue(count(replica, PARTIAL) >= 6, replica.output());
            assertFalse(master.output().contains("ERROR"), master.output());
            assertFalse(replica.output().contains("ERROR"), replica.output());
        }
    }

    /** That the link is up says nothing while the replica has not noticed that it was down: so many times it came up again. */
    private static void awaitLinks(ReplicationServer replica, int times) throws InterruptedException {
        ReplicationServer.await(() -> "the link did not come up " + times + " times:\n" + replica.output(),
                () -> count(replica, PARTIAL) >= times);
    }

    private static int count(ReplicationServer server, String text) {
        return server.output().split(text, -1).length - 1;
    }

    /** While the bundle is away a replica does not become writable, and what belongs to the bundle waits. */
    private static void whatItIsStays(ReplicationServer replica) {
        try (Jedis jedis = replica.jedis(); Jedis waiting = new Jedis("127.0.0.1", replica.port(), 300)) {
            JedisDataException refused = assertThrows(JedisDataException.class, () -> jedis.set("key", "1"));
            assertTrue(refused.getMessage().startsWith("READONLY"), refused.getMessage());
            assertEquals("slave", ReplicationServer.info(jedis, "replication").get("role"));
            assertThrows(JedisConnectionException.class,
                    () -> waiting.sendCommand(() -> "ROLE".getBytes()), "it does not wait");
        }
    }
}
