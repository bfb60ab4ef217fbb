package io.releve.contracts.journal;

import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.releve.contracts.disk.SimulatedDisk;
import io.releve.contracts.journal.PowerCuts.Promise;
import io.releve.persistence.Found;
import io.releve.persistence.FsyncPolicy;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Nothing that was promised is lost when the power fails, and what is left can always be loaded. */
interface PowerCutContract extends JournalCase {
    /** Servers that go on after a cut, and are cut again. */
    int SECOND_LIVES = 40;

    /** Goes on with what was recovered, is cut again and so on. @return number of cuts */
    private int secondLives(TestServer first, List<PowerCuts.Cut> cuts, Random random, FsyncPolicy policy)
            throws Exception {
        int count = 0;
        for (int i = 0; i < SECOND_LIVES && !cuts.isEmpty(); i++) {
            TestServer source = first;
            PowerCuts.Cut cut = cuts.get(random.nextInt(cuts.size())).copy();
            for (int life = 0; life < 3; life++) {
                TestServer server = recover(cut.disk(), source, cut.promised(), cut.handedOut());
                Found found = server.journal.found();
                PowerCuts next = new PowerCuts(cut.disk(), server, random, 0.3,
                        policy == FsyncPolicy.ALWAYS ? Promise.ACKNOWLEDGED : Promise.TWO_SECONDS);
                Future<Void> started = server.start(policy, found != null);
                for (int n = 0; n < 8; n++) {
                    server.write(random, 1 + random.nextInt(4));
                    server.tick();
                    if (n == 3 && life > 0) {
                        started.get();
                    }
                }
                started.get();
                next.cut("the end");
                List<PowerCuts.Cut> more = next.end();
                if (life == 1) {
                    server.close(false);
                    TestServer again = recover(cut.disk().copy(), server, server.log.position(), server.log.position());
                    assertNull(JournalContract.difference(server, server.log.position(), again));
                } else {
                    cut.disk().powerOff();
                    server.turn().run(() -> quietly(server));
                }
                recoverAll(server, more, "life " + life);
                count += more.size();
                source = server;
                cut = more.get(random.nextInt(more.size())).copy();
            }
        }
        return count;
    }

    private static void quietly(TestServer server) {
        try {
            server.journal.close(false);
        } catch (java.io.IOException e) {
            // there is no power
        }
    }

    @Test
    default void whatWasAcknowledgedSurvivesEveryCut() throws Exception {
        int count = 0;
        for (int seed = 0; seed < 6; seed++) {
            Random random = new Random(seed);
            SimulatedDisk disk = new SimulatedDisk();
            TestServer server = server(disk, null);
            server.load(provider());
            PowerCuts cuts = new PowerCuts(disk, server, random, 0.4, Promise.ACKNOWLEDGED);
            Future<Void> started = server.start(FsyncPolicy.ALWAYS, false);
            for (int i = 0; i < 250; i++) {
                server.write(random, 1 + random.nextInt(5));
                if (random.nextInt(3) > 0) {
                    long position = server.log.position();
                    JournalContract.await("acknowledged", () -> server.log.acknowledged() >= position);
                }
                server.tick();
            }
            started.get();
            List<PowerCuts.Cut> all = end(server, cuts, "seed " + seed);
            count += all.size() + secondLives(server, all, random, FsyncPolicy.ALWAYS);
        }
        System.out.println("Power cuts with appendfsync always: " + count);
        assertTrue(count > 1000, "power cuts: " + count);
    }

    @Test
    default void atMostTwoSecondsAreLost() throws Exception {
        int count = 0;
        for (int seed = 0; seed < 4; seed++) {
            Random random = new Random(seed);
            SimulatedDisk disk = new SimulatedDisk();
            TestServer server = started(disk, FsyncPolicy.EVERYSEC);
            PowerCuts cuts = new PowerCuts(disk, server, random, 0.1, Promise.TWO_SECONDS);
            for (int i = 0; i < 300; i++) {
                server.write(random, 1 + random.nextInt(3));
                server.clock.pass(20 + random.nextInt(40));
                server.tick();
                if (server.lag() > 1_200) {
                    // Time passes for the journal's threads as well.
                    JournalContract.await("forced", () -> server.lag() < 1_200);
                } else if (i % 4 == 0) {
                    LockSupport.parkNanos(1_000_000);
                }
                if (random.nextInt(3) == 0) {
                    cuts.cut("nothing");
                }
            }
            List<PowerCuts.Cut> all = end(server, cuts, "seed " + seed);
            count += all.size() + secondLives(server, all, random, FsyncPolicy.EVERYSEC);
        }
        System.out.println("Power cuts with appendfsync everysec: " + count);
        assertTrue(count > 500, "power cuts: " + count);
    }

    @Test
    default void rewritingLosesNothing() throws Exception {
        int count = 0;
        for (int seed = 0; seed < 4; seed++) {
            Random random = new Random(seed);
            SimulatedDisk disk = new SimulatedDisk();
            TestServer server = started(disk, FsyncPolicy.ALWAYS);
            PowerCuts cuts = new PowerCuts(disk, server, random, 1, Promise.ACKNOWLEDGED);
            for (int i = 0; i < 15; i++) {
                server.write(random, 10);
                if (server.snapshotOwner() == null) {
                    server.writeAround(random, server.journal::rewrite);
                }
                for (int n = 0; n < 3; n++) {
                    server.tick();
                    server.write(random, 1 + random.nextInt(3));
                    LockSupport.parkNanos(200_000);
                }
            }
            JournalContract.await("rewritten", () -> {
                server.tick();
                return server.snapshotOwner() == null;
            });
            List<PowerCuts.Cut> all = end(server, cuts, "seed " + seed);
            count += all.size();
        }
        System.out.println("Power cuts while rewriting: " + count);
        assertTrue(count > 300, "power cuts: " + count);
    }
}
