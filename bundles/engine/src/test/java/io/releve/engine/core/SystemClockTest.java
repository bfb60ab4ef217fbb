package io.releve.engine.core;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SystemClockTest {
    private static final long A_WHILE = 100_000_000;

    @Test
    void theTimeOfDayFollowsFromTheOtherClock() {
        SystemClock clock = new SystemClock();
        long first = clock.milliseconds();
        for (long end = System.nanoTime() + A_WHILE; System.nanoTime() < end;) {
            long before = clock.milliseconds();
            long derived = clock.milliseconds(clock.nanoTime());
            long after = clock.milliseconds();
            assertTrue(before <= derived && derived <= after, () -> before + " to " + after);
        }
        assertTrue(clock.milliseconds(clock.nanoTime()) - first >= A_WHILE / 1_000_000 - 1, "the time stood still");
    }
}
