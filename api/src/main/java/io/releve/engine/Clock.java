package io.releve.engine;

import org.osgi.annotation.versioning.ConsumerType;

/** Time, injected so that tests can drive it. */
@ConsumerType
public interface Clock {
    /** Wall clock, ms since the epoch; may jump. */
    long milliseconds();

    /**
     * The same at a moment for which {@link #nanoTime} is known already, which may spare reading a second clock: that one has jumped is
     * noticed up to a millisecond later. One thread at a time.
     *
     * @param nanoTime not before that of the last call
     */
    default long milliseconds(long nanoTime) {
        return milliseconds();
    }

    /** Wall clock, µs since the epoch; may jump. */
    default long microseconds() {
        return milliseconds() * 1000;
    }

    /** Monotonic, ns from an arbitrary origin. */
    long nanoTime();
}
