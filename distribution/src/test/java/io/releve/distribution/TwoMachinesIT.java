package io.releve.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.releve.lab.Acknowledged;
import io.releve.lab.Addressing;
import io.releve.lab.LabException;
import io.releve.lab.Machine;
import io.releve.lab.Setup;
import io.releve.lab.TwoMachines;
import io.releve.lab.WriteLoad;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the article's set-up survives, with a client that asks the sentinels for the master, as the article's does. */
class TwoMachinesIT {
    /** Beyond what is measured on a quiet machine (docs/two-machines.md), as tests share theirs with others. */
    private static final long SLACK_MS = 3_000;
    private static final int RATE = 300;
    private static final int IMPATIENT_MS = 1_000;
    private static final int PATIENT_MS = 20_000;
    private static final int LONG_MS = 30_000;

    @TempDir
    Path directory;

    private interface Story {
        void on(TwoMachines lab, Machine a, Machine b) throws Exception;
    }

    private void tell(String moreForServers, Story story) throws Exception {
        Namespaces.assumePossible();
        Map<String, String> environment = Map.of("JAVA_HOME", System.getProperty("java.home"),
                "RELEVE_CACHE", Path.of("target/cache").toAbsolutePath().toString());
        try (TwoMachines lab = TwoMachines.start(Setup.article(RunningServer.HOME, directory, moreForServers, environment),
                Addressing.linkLocal())) {
            try {
                story.on(lab, lab.machine(0), lab.machine(1));
            } catch (LabException e) {
                throw new AssertionError(e.getMessage() + "\n" + lab.output(), e);
            }
        }
    }

    private static WriteLoad client(TwoMachines lab, String name, int timeoutMs) {
        return WriteLoad.asking(name, lab.sentinelEndpoints(), RATE, timeoutMs);
    }

    private static void assertNothingLost(TwoMachines lab, WriteLoad client, Machine master) throws Exception {
        client.close();
        Acknowledged all = client.acknowledged();
        assertTrue(client.count() > 100, "only " + client.count() + " writes were answered");
        assertEquals(0, all.lost(master.server().endpoint()), lab::output);
    }

    private static long since(long begin) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
    }

    @Test
    void theArticlesFilesAsTheyStand() throws Exception {
        tell("", (lab, a, b) -> {
            try (WriteLoad client = client(lab, "planned", IMPATIENT_MS)) {
                client.awaitMore(300, LONG_MS);
                client.mark();
                b.sentinel(0).endpoint().ask("SENTINEL", "FAILOVER", "master");
                long took = lab.awaitLeads(b, LONG_MS);
                lab.awaitNamed(b);
                lab.awaitFollows(a, LONG_MS);
                client.awaitMore(100, LONG_MS);
                long gap = client.gap();
                System.out.println("Failover by hand: " + took + " ms, longest gap " + gap + " ms");
                assertTrue(gap < 500 + SLACK_MS, "no write for " + gap + " ms\n" + lab.output());
                assertNothingLost(lab, client, b);
            }
            try (WriteLoad client = client(lab, "asleep", PATIENT_MS)) {
                client.awaitMore(300, LONG_MS);
                b.server().pause();
                long took;
                try {
                    Thread.sleep(5_000);
                    took = lab.awaitLeads(a, LONG_MS);
                    lab.awaitNamed(a);
                } finally {
                    b.server().resume();
                }
                lab.awaitFollows(b, LONG_MS);
                client.awaitMore(100, LONG_MS);
                System.out.println("A master asleep for 5 s: another led " + (5_000 + took) + " ms after it fell asleep at the latest");
                assertNothingLost(lab, client, a);
            }
            try (WriteLoad client = client(lab, "lost", IMPATIENT_MS)) {
                client.awaitMore(300, LONG_MS);
                client.mark();
                long begin = System.nanoTime();
                lab.powerOff(a);
                lab.awaitLeads(b, LONG_MS);
                lab.awaitNamed(b);
                long promoted = since(begin);
                client.awaitMore(100, LONG_MS);
                long gap = client.gap();
                lab.plugIn(a);
                // the server before the sentinels: three starts at once say more about the processors they share
                long start = System.nanoTime();
                a.server().start();
                lab.awaitFollows(a, LONG_MS);
                long back = since(start);
                lab.powerOn(a);
                boolean full = !b.server().endpoint().info("stats").get("sync_full").equals("0");
                System.out.println("Power off: promoted after " + promoted + " ms, longest gap " + gap + " ms, back " + back
                        + " ms after the start, " + (full ? "with all data, as its last write had not left it"
                        : "with a partial resynchronisation"));
                assertTrue(promoted < 4_000 + SLACK_MS, "promoted after " + promoted + " ms\n" + lab.output());
                assertTrue(back < 5_000 + 2 * SLACK_MS, "back after " + back + " ms\n" + lab.output());
                assertNothingLost(lab, client, b);
            }
        });
    }

    @Test
    void withAcknowledgedCopiesNoAnsweredWriteIsLostInACut() throws Exception {
        tell("min-replicas-to-ack 1\nreplica-ack-timeout 500", (lab, a, b) -> {
            try (WriteLoad stays = WriteLoad.fixed("stays", a.server().endpoint(), RATE, IMPATIENT_MS);
                    WriteLoad asks = client(lab, "asks", IMPATIENT_MS)) {
                stays.awaitMore(200, LONG_MS);
                asks.awaitMore(200, LONG_MS);
                Thread.sleep(3_000);
                lab.network().cutAll();
                lab.awaitLeads(b, LONG_MS);
                lab.awaitNamed(b);
                Thread.sleep(6_000);
                lab.network().heal();
                lab.awaitFollows(a, LONG_MS);
                asks.awaitMore(100, LONG_MS);
                assertNothingLost(lab, stays, b);
                assertNothingLost(lab, asks, b);
            }
            try (WriteLoad client = client(lab, "alone", IMPATIENT_MS)) {
                client.awaitMore(100, LONG_MS);
                Thread.sleep(3_000);
                lab.powerOff(b);
                lab.awaitLeads(a, LONG_MS);
                lab.awaitNamed(a);
                client.awaitMore(200, LONG_MS);
                assertNothingLost(lab, client, a);
            }
        });
    }
}
