package io.releve.engine;

import org.osgi.annotation.versioning.ConsumerType;

/** Time, injected so that tests can drive it. */
@ConsumerType
public interface Clock {
    /** Wall clock, ms since the epoch; may jump. */
    long milliseconds();

    /** Wall clock, µs since the epoch; may jump. */
    default long microseconds() {
        return milliseconds() * 1000;
    }

    /** Monotonic, ns from an arbitrary origin. */
    long nanoTime();
}
