package io.releve.engine.core;

import io.releve.engine.Clock;
import java.time.Instant;

/** The clocks of this machine. */
final class SystemClock implements Clock {
    private static final long MICROS = 1000;
    private static final long LAST_MICRO = 999;

    /** What the wall clock shows until {@link System#nanoTime} is {@code until}: the last microsecond before it shows another. */
    private long shown;
    private long until = System.nanoTime();

    @Override
    public long milliseconds() {
        return System.currentTimeMillis();
    }

    @Override
    public long milliseconds(long nanoTime) {
        if (nanoTime - until >= 0) {
            long now = microseconds();
            shown = now / MICROS;
            until = nanoTime + (LAST_MICRO - now % MICROS) * MICROS;
        }
        return shown;
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
