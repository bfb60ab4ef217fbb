package io.releve.engine;

import org.osgi.annotation.versioning.ProviderType;

/**
 * The right to touch the keyspace: at any instant at most one piece of work has it. Clients wait meanwhile, so it is held for
 * a fraction of a millisecond.
 */
@ProviderType
public interface Turn {
    /** Waits for it. */
    void take();

    /** Takes it if it comes free within so many nanoseconds, 0 for at once. @return whether it was taken */
    boolean take(long nanos);

    void give();

    /** Whether somebody waits for it. */
    boolean wanted();

    /** How often it was taken so far: tells whether anybody else works. Any thread. */
    long taken();

    /** Gives it to those who wait, if anybody does, and takes it again. */
    void lend();

    /** Runs something with the turn, from a thread that does not have it. */
    default void run(Runnable work) {
        take();
        try {
            work.run();
        } finally {
            give();
        }
    }
}
