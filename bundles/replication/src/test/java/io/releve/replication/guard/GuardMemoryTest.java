package io.releve.replication.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** What a server has written down of its sentinels is read again, also as it was written without the epoch in which it came to lead. */
class GuardMemoryTest {
    private static final String BEFORE = "master 7 3000 1 3-4-3 192.168.0.51 6379 1 aa 0-0-0 - 0 0 -";

    @Test
    void whatIsReadIsWhatWasWritten() {
        assertEquals(BEFORE + " 3", guard(BEFORE + " 3").remember());
    }

    @Test
    void aFileOfBefore() {
        Guard guard = guard(BEFORE);
        assertEquals(7, guard.epoch());
        assertTrue(guard.isWatched() && guard.isArranged());
        assertEquals(BEFORE + " 0", guard.remember());
    }

    private static Guard guard(String remembered) {
        return new Guard(remembered, true, 0, () -> "nonce");
    }
}
