package io.releve.contracts.journal;

import io.releve.engine.Clock;
import java.util.concurrent.atomic.AtomicLong;

/** Time that passes when the test wants it. */
final class TestClock implements Clock {
    private final AtomicLong nanos = new AtomicLong(1_000_000_000_000L);

    @Override
    public long milliseconds() {
        return 1_700_000_000_000L + nanos.get() / 1_000_000;
    }

    @Override
    public long nanoTime() {
        return nanos.get();
    }

    void pass(long milliseconds) {
        nanos.addAndGet(milliseconds * 1_000_000);
    }
}
