package io.releve.engine.core;

import io.releve.engine.Turn;
import java.util.concurrent.Semaphore;

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

    @Override
    public boolean wanted() {
        return free.hasQueuedThreads();
    }
}
