package io.releve.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/** What the article's set-up survives, with a client that asks the sentinels for the master, as the article's does. */
class TwoMachinesIT {
    /** Beyond what is measured on a quiet machine (docs/two-machines.md), as tests share theirs with others. */
    private static final long SLACK_MS = 3_000;

    @TempDir
    Path directory;

    /** Writes keys that are never written again, 300 a second, and remembers which of them were answered. */
    private static final class Client implements AutoCloseable {
        private final TwoMachines machines;
        private final String name;
        private final int fixed;
        private final Thread thread;
        private final List<Integer> answered = new ArrayList<>();
        private volatile boolean on = true;
        private volatile boolean waits;
        private volatile long longestGap;
        private volatile int count;

        /** @param fixed the machine it always writes to, or -1 when it asks the sentinels */
        Client(TwoMachines machines, String name, int fixed) {
            this.machines = machines;
            this.name = name;
            this.fixed = fixed;
            thread = new Thread(this::run, "client-" + name);
            thread.start();
        }

        private void run() {
            Jedis jedis = null;
            long last = System.nanoTime();
            for (int i = 0; on; i++) {
                try {
                    if (jedis == null) {
                        jedis = new Jedis(fixed >= 0 ? machines.address(fixed) : leader(), 6379, 500, waits ? 20_000 : 1_000);
                    }
                    jedis.set(name + i, "" + i);
                    synchronized (answered) {
                        answered.add(i);
                    }
                    count++;
                    longestGap = Math.max(longestGap, System.nanoTime() - last);
                    last = System.nanoTime();
                    Thread.sleep(3);
                } catch (Exception e) {
                    if (jedis != null) {
                        jedis.close();
                        jedis = null;
                    }
                    pause();
                }
            }
        }

        private String leader() {
            for (String sentinel : machines.sentinelAddresses()) {
                try (Jedis jedis = new Jedis(sentinel.split(":")[0], 26379, 300)) {
                    List<String> address = jedis.sentinelGetMasterAddrByName("master");
                    if (address != null) {
                        return address.get(0);
                    }
                } catch (RuntimeException e) {
                    // the next one
                }
            }
            throw new IllegalStateException("no sentinel names a master");
        }

        private static void pause() {
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        /** Longest time without an answered write since the last call, ms. */
        long gap() {
            long gap = longestGap / 1_000_000;
            longestGap = 0;
            return gap;
        }

        void awaitMore(int more) throws Exception {
            int before = count;
            machines.await(() -> count >= before + more);
        }

        /** Ends it; @return answered writes that the server does not have */
        int lost(int machine) throws Exception {
            close();
            int lost = 0;
            try (Jedis jedis = new Jedis(machines.address(machine), 6379, 10_000)) {
                for (int i : answered) {
                    lost += jedis.get(name + i) == null ? 1 : 0;
                }
            }
            assertTrue(answered.size() > 100, "only " + answered.size() + " writes were answered");
            return lost;
        }

        @Override
        public void close() throws Exception {
            on = false;
            thread.join();
        }
    }

    @Test
    void theArticlesFilesAsTheyStand() throws Exception {
        try (TwoMachines machines = new TwoMachines(directory, "")) {
            try (Client client = new Client(machines, "planned", -1)) {
                client.awaitMore(300);
                client.gap();
                assertEquals("OK", TwoMachines.ask(machines.address(1), "FAILOVER", "master"));
                long took = machines.awaitLeader(1, 1);
                machines.awaitReplica(0);
                client.awaitMore(100);
                long gap = client.gap();
                System.out.println("Failover by hand: " + took + " ms, longest gap " + gap + " ms");
                assertTrue(gap < 500 + SLACK_MS, "no write for " + gap + " ms\n" + machines.output());
                assertEquals(0, client.lost(1), machines::output);
            }
            try (Client client = new Client(machines, "asleep", -1)) {
                client.waits = true;
                client.awaitMore(300);
                machines.signal(1, "STOP");
                long took;
                try {
                    Thread.sleep(5_000);
                    took = machines.awaitLeader(0, 0);
                } finally {
                    machines.signal(1, "CONT");
                }
                machines.awaitReplica(1);
                client.awaitMore(100);
                System.out.println("A master asleep for 5 s: another led " + (5_000 + took) + " ms after it fell asleep at the latest");
                assertEquals(0, client.lost(0), machines::output);
            }
            try (Client client = new Client(machines, "lost", -1)) {
                client.awaitMore(300);
                client.gap();
                long begin = System.nanoTime();
                machines.powerOff(0);
                machines.awaitLeader(1, 1);
                long promoted = (System.nanoTime() - begin) / 1_000_000;
                client.awaitMore(100);
                long gap = client.gap();
                long back = machines.powerOn(0);
                System.out.println("Power off: promoted after " + promoted + " ms, longest gap " + gap + " ms, back " + back
                        + " ms after the start, " + (stats(machines, 1, "sync_full").equals("0") ? "with a partial resynchronisation"
                        : "with all data, as its last write had not left it"));
                assertTrue(promoted < 4_000 + SLACK_MS, "promoted after " + promoted + " ms\n" + machines.output());
                assertTrue(back < 5_000 + 2 * SLACK_MS, "back after " + back + " ms\n" + machines.output());
                assertEquals(0, client.lost(1), machines::output);
            }
        }
    }

    private static String stats(TwoMachines machines, int machine, String field) {
        try (Jedis jedis = new Jedis(machines.address(machine), 6379, 5_000)) {
            return ReplicationServer.info(jedis, "stats").get(field);
        }
    }

    @Test
    void withAcknowledgedCopiesNoAnsweredWriteIsLostInACut() throws Exception {
        try (TwoMachines machines = new TwoMachines(directory, "min-replicas-to-ack 1\nreplica-ack-timeout 500")) {
            try (Client stays = new Client(machines, "stays", 0); Client asks = new Client(machines, "asks", -1)) {
                stays.awaitMore(200);
                asks.awaitMore(200);
                Thread.sleep(3_000);
                machines.network.cut(true);
                machines.awaitLeader(1, 1);
                Thread.sleep(6_000);
                machines.network.cut(false);
                machines.awaitReplica(0);
                asks.awaitMore(100);
                assertEquals(0, stays.lost(1), machines::output);
                assertEquals(0, asks.lost(1), machines::output);
            }
            try (Client client = new Client(machines, "alone", -1)) {
                client.awaitMore(100);
                Thread.sleep(3_000);
                machines.powerOff(1);
                machines.awaitLeader(0, 0);
                client.awaitMore(200);
                assertEquals(0, client.lost(0), machines::output);
            }
        }
    }
}
