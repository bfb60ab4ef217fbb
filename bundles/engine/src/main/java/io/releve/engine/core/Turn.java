package io.releve.engine.core;

import java.util.concurrent.Semaphore;

/**
 * The right to touch the keyspace: at any instant at most one thread has it. It belongs to a piece of work, not to a
 * thread, so that it can be handed over: a script thread runs with the turn of the lane that waits for it (docs,
 * "The turn").
 */
final class Turn {
    private final Semaphore free = new Semaphore(1);

    void take() {
        free.acquireUninterruptibly();
    }

    void give() {
        free.release();
    }

    /** Runs something with the turn, from a thread that does not have it. */
    void run(Runnable work) {
        take();
        try {
            work.run();
        } finally {
            give();
        }
    }
}
