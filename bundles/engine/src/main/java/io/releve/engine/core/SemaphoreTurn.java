package io.releve.engine.core;

import io.releve.engine.Turn;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;

/**
 * The right to touch the keyspace: at any instant at most one thread has it. It belongs to a piece of work, not to a
 * thread, so that it can be handed over: a script thread runs with the turn of the lane that waits for it (docs,
 * "The turn").
 */
final class SemaphoreTurn implements Turn {
    private final Semaphore free = new Semaphore(1);

    @Override
    public void take() {
        free.acquireUninterruptibly();
    }

    @Override
    public void give() {
        free.release();
    }

    /** Whoever waits for a semaphore needs a moment to wake up, and would lose it to one who asks again at once. */
    @Override
    public void lend() {
        if (free.hasQueuedThreads()) {
            free.release();
            LockSupport.parkNanos(1000);
            free.acquireUninterruptibly();
        }
    }

    @Override
    public boolean wanted() {
        return free.hasQueuedThreads();
    }
}
