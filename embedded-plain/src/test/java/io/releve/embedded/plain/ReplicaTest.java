package io.releve.embedded.plain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.releve.contracts.Oracle;
import io.releve.embedded.ErrorReplyException;
import io.releve.embedded.Releve;
import io.releve.embedded.Reply;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An instance without a port follows a real Redis; nobody can follow it. */
class ReplicaTest {
    @TempDir
    Path directory;

    private Releve open(String... replicaOf) {
        var builder = Releve.builder().directory(directory).keyspace("heap").name("follower").setting("save", "");
        return (replicaOf.length == 0 ? builder : builder.setting("replicaof", replicaOf)).open();
    }

    @Test
    void followsAMasterUntilItIsToldOtherwise() throws Exception {
        try (Oracle master = Oracle.start("--repl-diskless-sync-delay", "0")) {
            String port = Integer.toString(master.port());
            master.run("SET", "before", "1");
            try (Releve releve = open()) {
                releve.set("mine", "given up");
                assertEquals("OK", releve.call("REPLICAOF", "127.0.0.1", port).text());
                await(() -> "1".equals(releve.get("before")));
                master.run("RPUSH", "list", "a", "b");
                await(() -> releve.lrange("list", 0, -1).equals(List.of("a", "b")));
                assertFalse(releve.exists("mine"));
                await(() -> releve.call("ROLE").list().get(3).text().equals("connected"));
                assertEquals("slave", releve.call("ROLE").list().get(0).text());
                assertEquals("READONLY", assertThrows(ErrorReplyException.class, () -> releve.set("k", "v")).code());
                assertEquals("OK", releve.call("REPLICAOF", "NO", "ONE").text());
                assertEquals("OK", releve.set("k", "v"));
                assertEquals("master", releve.call("ROLE").list().get(0).text());
            }
            try (Releve releve = open("127.0.0.1", port)) {
                await(() -> "1".equals(releve.get("before")));
            }
            await(() -> threads().isEmpty());
        }
    }

    @Test
    void nobodyCanFollowIt() {
        try (Releve releve = open()) {
            for (Reply refused : List.of(releve.call("PSYNC", "?", "-1"), releve.call("SYNC"))) {
                assertEquals("ERR a replica needs a socket: connect to the port of a server", refused.text());
            }
            assertEquals(0, releve.call("WAIT", "1", "1").integer());
            assertTrue(releve.info("replication").contains("connected_slaves:0"));
            assertEquals("OK", releve.set("k", "v"));
        }
    }

    @Test
    void closeEndsALinkThatFindsNoMaster() throws Exception {
        int nobody;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = free.getLocalPort();
        }
        try (Releve releve = open("127.0.0.1", Integer.toString(nobody))) {
            await(() -> releve.info("replication").contains("master_link_status:down"));
        }
        await(() -> threads().isEmpty());
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; i < 1000 && !condition.getAsBoolean(); i++) {
            Thread.sleep(10);
        }
        assertTrue(condition.getAsBoolean());
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).filter(n -> n.startsWith("releve-follower-"))
                .toList();
    }
}
