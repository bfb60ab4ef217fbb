package io.releve.contracts.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.releve.contracts.disk.SimulatedDisk;
import io.releve.contracts.journal.PowerCuts.Promise;
import io.releve.persistence.FsyncPolicy;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** A disk that is full, broken or slow. */
interface BadDiskContract extends JournalCase {
    String REFUSAL = "MISCONF Errors writing to the AOF file: ";

    @Test
    default void aFullDiskRefusesWritesUntilThereIsRoom() throws Exception {
        for (FsyncPolicy policy : FsyncPolicy.values()) {
            Random random = new Random(policy.ordinal());
            SimulatedDisk disk = new SimulatedDisk();
            TestServer server = started(disk, policy);
            PowerCuts cuts = new PowerCuts(disk, server, random, 0.3,
                    policy == FsyncPolicy.ALWAYS ? Promise.ACKNOWLEDGED : Promise.NONE);
            for (int round = 0; round < 5; round++) {
                server.write(random, 3);
                long before = server.log.position();
                if (policy == FsyncPolicy.ALWAYS) {
                    JournalContract.await("acknowledged", () -> server.log.acknowledged() == before);
                }
                disk.fullAfter(random.nextInt(60));
                server.write(random, 30);
                JournalContract.await("refused", () -> server.journal.refusal() != null);
                assertEquals(REFUSAL + "No space left on device", server.journal.refusal());
                if (policy == FsyncPolicy.ALWAYS) {
                    assertTrue(server.log.acknowledged() < server.log.position(), "nothing is acknowledged");
                }
                cuts.cut("full");
                server.tick();
                disk.repair();
                JournalContract.await("accepted", () -> server.journal.refusal() == null);
                if (policy == FsyncPolicy.ALWAYS) {
                    server.awaitAcknowledged();
                }
                server.tick();
            }
            end(server, cuts, "full or slow");
        }
    }

    @Test
    default void aFullDiskWhileRewritingLosesNothing() throws Exception {
        Random random = new Random(5);
        SimulatedDisk disk = new SimulatedDisk();
        TestServer server = started(disk, FsyncPolicy.ALWAYS);
        PowerCuts cuts = new PowerCuts(disk, server, random, 0.5, Promise.ACKNOWLEDGED);
        for (int round = 0; round < 10; round++) {
            server.write(random, 40);
            server.awaitAcknowledged();
            disk.fullAfter(round * 100L);
            if (server.snapshotOwner() == null) {
                server.turn().run(server.journal::rewrite);
            }
            server.tick();
            LockSupport.parkNanos(3_000_000);
            cuts.cut("full");
            disk.repair();
            server.write(random, 3);
            JournalContract.await("over", () -> {
                server.tick();
                return server.snapshotOwner() == null && server.journal.refusal() == null;
            });
        }
        end(server, cuts, "full or slow");
    }

    @Test
    default void whatCannotBeForcedIsNotAcknowledged() throws Exception {
        Random random = new Random(6);
        SimulatedDisk disk = new SimulatedDisk();
        TestServer server = started(disk, FsyncPolicy.ALWAYS);
        server.write(random, 3);
        server.awaitAcknowledged();
        for (int round = 0; round < 5; round++) {
            long before = server.log.acknowledged();
            disk.failForces();
            server.write(random, 3);
            JournalContract.await("refused", () -> server.journal.refusal() != null);
            assertEquals(REFUSAL + "Input/output error", server.journal.refusal());
            assertEquals(before, server.log.acknowledged());
            recover(disk.cut(random), server, before, server.log.position());
            disk.repair();
            JournalContract.await("acknowledged", () -> {
                server.clock.pass(20);
                server.tick();
                return server.log.acknowledged() == server.log.position();
            });
            recover(disk.cut(random), server, server.log.position(), server.log.position());
            server.tick();
        }
        end(server);
    }

    /** Has forces wait until this is counted down. */
    private static CountDownLatch stalled(SimulatedDisk disk) {
        CountDownLatch end = new CountDownLatch(1);
        disk.duringForce(() -> {
            try {
                end.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        return end;
    }

    @Test
    default void manyBatchesWaitForOneForce() throws Exception {
        Random random = new Random(7);
        SimulatedDisk disk = new SimulatedDisk();
        TestServer server = started(disk, FsyncPolicy.ALWAYS);
        CountDownLatch slow = stalled(disk);
        long forces = disk.forces();
        long before = server.log.acknowledged();
        for (int i = 0; i < 100; i++) {
            server.write(random, 1);
        }
        LockSupport.parkNanos(5_000_000);
        assertEquals(before, server.log.acknowledged(), "the disk is waited for");
        slow.countDown();
        server.awaitAcknowledged();
        assertTrue(disk.forces() - forces < 25, () -> disk.forces() - forces + " forces for 100 batches");
        end(server);
    }

    /** Where changes are forced once a second, replies wait for a disk that needs more than two. */
    @Test
    default void repliesWaitForADiskThatIsTooSlow() throws Exception {
        Random random = new Random(8);
        SimulatedDisk disk = new SimulatedDisk();
        TestServer server = started(disk, FsyncPolicy.EVERYSEC);
        CountDownLatch slow = stalled(disk);
        PowerCuts cuts = new PowerCuts(disk, server, random, 0, Promise.TWO_SECONDS_OF_REPLIES);
        for (int i = 0; i < 80; i++) {
            server.write(random, 1);
            server.clock.pass(50);
            server.tick();
            LockSupport.parkNanos(300_000);
            cuts.cut("slow");
        }
        assertTrue(server.log.acknowledged() < server.log.position(), "replies wait");
        slow.countDown();
        JournalContract.await("caught up", () -> {
            server.clock.pass(20);
            server.tick();
            return server.log.acknowledged() == Long.MAX_VALUE;
        });
        end(server, cuts, "full or slow");
    }

    @Test
    default void thePolicyChangesMeanwhile() throws Exception {
        Random random = new Random(9);
        SimulatedDisk disk = new SimulatedDisk();
        TestServer server = started(disk, FsyncPolicy.NO);
        for (int i = 0; i < 40; i++) {
            FsyncPolicy policy = FsyncPolicy.values()[random.nextInt(3)];
            server.turn().run(() -> server.journal.policy(policy));
            server.write(random, 5);
            if (policy == FsyncPolicy.ALWAYS) {
                server.awaitAcknowledged();
                recover(disk.cut(random), server, server.log.position(), server.log.position());
            } else if (policy == FsyncPolicy.NO) {
                assertEquals(Long.MAX_VALUE, server.log.acknowledged());
            }
        }
        end(server);
    }
}
