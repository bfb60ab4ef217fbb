package io.releve.engine.core;

import io.releve.engine.Clock;
import java.time.Instant;

/** The clocks of this machine. */
final class SystemClock implements Clock {
    @Override
    public long milliseconds() {
        return System.currentTimeMillis();
    }

    @Override
    public long microseconds() {
        Instant now = Instant.now();
        return now.getEpochSecond() * 1_000_000 + now.getNano() / 1000;
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }
}
