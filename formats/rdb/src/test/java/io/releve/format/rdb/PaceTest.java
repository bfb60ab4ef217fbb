package io.releve.format.rdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.releve.engine.Turn;
import org.junit.jupiter.api.Test;

class PaceTest {
    /** Counts only. */
    private static final class CountedTurn implements Turn {
        private long taken;

        @Override
        public void take() {
            taken++;
        }

        @Override
        public boolean take(long nanos) {
            taken++;
            return true;
        }

        @Override
        public void give() {
            // nobody waits
        }

        @Override
        public long taken() {
            return taken;
        }

        @Override
        public boolean wanted() {
            return false;
        }

        @Override
        public void lend() {
            // nobody waits
        }
    }

    private final CountedTurn turn = new CountedTurn();
    private long now = 1_000;
    private long rested;
    private final Pace pace = new Pace(turn, () -> now, nanos -> rested += nanos);

    private void work(long nanos, boolean othersToo) {
        turn.take();
        pace.taken();
        now += nanos;
        if (othersToo) {
            turn.take();
        }
        pace.keep();
    }

    @Test
    void doesNotRestWhileNobodyElseWorks() {
        pace.begin();
        for (int i = 0; i < 1000; i++) {
            work(Pace.WORK_NANOS, false);
        }
        assertEquals(0, rested);
    }

    @Test
    void restsForAMultipleOfWhatItHasWorkedWhileOthersWork() {
        pace.begin();
        for (int i = 0; i < 1000; i++) {
            work(Pace.WORK_NANOS / 10 + 1, true);
        }
        assertEquals(100 * Pace.REST * (Pace.WORK_NANOS + 10), rested);
    }

    @Test
    void restsOnlyAfterWorkOfSomeLength() {
        pace.begin();
        work(Pace.WORK_NANOS - 1, true);
        assertEquals(0, rested);
        work(1, false);
        assertTrue(rested > 0);
    }

    @Test
    void doesNotRestForLongAfterASlowDisk() {
        pace.begin();
        work(1_000_000_000, true);
        assertEquals(Pace.LONGEST_NANOS, rested);
    }
}
