package io.releve.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.releve.lab.Network;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/** The link between two machines loses everything for a while, which neither is told by its network. */
class ReplicationCutIT {
    /** At another moment of the replica's tries each time. */
    private static final long CUT_MS = 15_000 + new Random().nextInt(3000);
    private static final long BACK_MS = 3_000;
    private static final int PORT = 6379;

    @TempDir
    Path directory;

    private final AtomicBoolean writing = new AtomicBoolean(true);
    private final AtomicReference<Exception> failure = new AtomicReference<>();
    private volatile long written;

    private RunningServer start(Network network, int machine, String... options) throws Exception {
        Path data = Files.createDirectories(directory.resolve("machine" + machine));
        String[] all = new String[options.length + 8];
        System.arraycopy(new String[] {"--bind", network.address(machine), "--dir", data.toString(), "--save", "", "--protected-mode", "no"}, 0,
                all, 0, 8);
        System.arraycopy(options, 0, all, 8, options.length);
        return RunningServer.run(network.on(machine), RunningServer.HOME, data, "server", all).awaitReady();
    }

    private void write(String master) {
        try (Jedis jedis = new Jedis(master, PORT, 5000)) {
            while (writing.get()) {
                jedis.set("key" + written % 1000, Long.toString(written));
                written++;
                Thread.sleep(2);
            }
        } catch (Exception e) {
            failure.set(e);
        }
    }

    private static String field(Jedis jedis, String name) {
        return ReplicationServer.info(jedis, "replication").get(name);
    }

    @Test
    void aCutIsOverSoonAfterItHasHealed() throws Exception {
        try (Network network = Namespaces.create(2);
                RunningServer first = start(network, 0);
                RunningServer second = start(network, 1, "--replicaof", network.address(0) + " " + PORT);
                Jedis master = new Jedis(network.address(0), PORT, 5000);
                Jedis replica = new Jedis(network.address(1), PORT, 5000)) {
            ReplicationServer.await(second::output, () -> field(replica, "master_link_status").equals("up"));
            Thread writer = new Thread(() -> write(network.address(0)));
            writer.start();
            network.cutAll();
            long healAt = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(CUT_MS);
            ReplicationServer.await(() -> "the cut is not noticed:\n" + second.output(),
                    () -> field(replica, "master_link_status").equals("down"));
            assertTrue(System.nanoTime() < healAt, "noticed too late");
            long behind = Long.parseLong(field(replica, "master_repl_offset"));
            TimeUnit.NANOSECONDS.sleep(healAt - System.nanoTime());
            assertTrue(Long.parseLong(field(master, "master_repl_offset")) > behind + 10_000, "nothing was written");
            assertEquals("down", field(replica, "master_link_status"), second.output());
            assertEquals(behind, Long.parseLong(field(replica, "master_repl_offset")), "something came through");
            network.heal();
            long healed = System.nanoTime();
            ReplicationServer.await(second::output, () -> field(replica, "master_link_status").equals("up"));
            long took = (System.nanoTime() - healed) / 1_000_000;
            System.out.println("The link was back " + took + " ms after a cut of " + CUT_MS + " ms");
            assertTrue(took < BACK_MS, "it took " + took + " ms\n" + second.output());
            Thread.sleep(200);
            writing.set(false);
            writer.join();
            assertEquals(null, failure.get());
            ReplicationServer.await(() -> "the offsets do not agree",
                    () -> field(replica, "master_repl_offset").equals(field(master, "master_repl_offset")));
            for (int i = 0; i < Math.min(1000, written); i++) {
                assertEquals(master.get("key" + i), replica.get("key" + i));
            }
            assertEquals("1", ReplicationServer.info(master, "stats").get("sync_full"), first.output());
            assertEquals("1", ReplicationServer.info(master, "stats").get("sync_partial_ok"), first.output());
        }
    }
}
