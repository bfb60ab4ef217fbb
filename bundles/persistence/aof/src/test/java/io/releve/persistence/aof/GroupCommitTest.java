package io.releve.persistence.aof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.PriorityQueue;
import org.junit.jupiter.api.Test;

/** Clients that write, wait for the force, and come back after a while; time is counted, not waited for. */
class GroupCommitTest {
    private static final long FORCE = 1_000_000;

    private final GroupCommit group = new GroupCommit();
    private final PriorityQueue<Long> arrivals = new PriorityQueue<>();
    private long now;
    private long waited;

    private int arrived() {
        return (int) arrivals.stream().filter(time -> time <= now).count();
    }

    /** @param turnaround ns from the end of a force until a client that it answered writes again, and its neighbour's more */
    private double writesPerForce(int clients, long turnaround, long each, int forces) {
        arrivals.clear();
        for (int i = 0; i < clients; i++) {
            // at first they come evenly
            arrivals.add(now + i * 2 * FORCE / clients);
        }
        long done = 0;
        long start = now;
        for (int i = 0; i < forces; i++) {
            now = Math.max(now, arrivals.peek());
            long from = now;
            while (arrived() < group.wanted() && now - from < group.patienceNanos()) {
                now += 1000;
            }
            waited += now - from;
            int entries = arrived();
            for (int k = 0; k < entries; k++) {
                arrivals.poll();
            }
            now += FORCE;
            group.forced(entries, arrived(), FORCE);
            for (int k = 0; k < entries; k++) {
                arrivals.add(now + turnaround + k * each);
            }
            done += entries;
        }
        return done * (double) FORCE / (now - start);
    }

    @Test
    void twoHalvesBecomeOneGroup() {
        double rate = writesPerForce(50, 200_000, 5_000, 1000);
        assertTrue(rate > 32, "a force each: 50 in 1.45 of its time, and 25 without waiting: " + rate);
    }

    @Test
    void oneClientNeverWaits() {
        writesPerForce(1, 100_000, 0, 500);
        assertEquals(0, waited);
    }

    @Test
    void clientsThatTakeTheirTimeAreHardlyWaitedFor() {
        double rate = writesPerForce(20, 10 * FORCE, 700_000, 1000);
        assertTrue(waited < now / 5, "waited " + waited + " of " + now);
        assertTrue(rate > 0.7, "rate " + rate);
    }

    @Test
    void whoGoesAwayIsWaitedForOnce() {
        writesPerForce(50, 200_000, 5_000, 100);
        waited = 0;
        writesPerForce(3, 200_000, 5_000, 30);
        assertTrue(waited < 4 * FORCE, "waited " + waited);
    }
}
