package io.releve.embedded.core;

import io.releve.engine.Dispatcher;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/** Threads whose replies wait until the log is acknowledged: until changes are on disk, or at replicas. */
final class Acknowledgements {
    /** Between two looks whether replies wait too long. */
    private static final long LOOK_NANOS = 50_000_000;

    private final Dispatcher dispatcher;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition further = lock.newCondition();
    private final Runnable end;

    Acknowledgements(Dispatcher dispatcher) {
        this.dispatcher = dispatcher;
        end = dispatcher.onAcknowledged(this::wake);
    }

    void wake() {
        lock.lock();
        try {
            further.signalAll();
        } finally {
            lock.unlock();
        }
    }

    boolean missing(long position) {
        return position > 0 && position > dispatcher.acknowledged();
    }

    /**
     * Waits without regard to interrupts: what is waited for has been done.
     *
     * @return null, or the error that takes the place of replies that have waited too long
     */
    String await(long position, BooleanSupplier closed) {
        long since = System.nanoTime();
        while (missing(position) && !closed.getAsBoolean()) {
            Dispatcher.Patience patience = dispatcher.patience();
            if (patience != null && System.nanoTime() - since > patience.nanos()) {
                return patience.error();
            }
            awaitOnce(position);
            dispatcher.awake();
        }
        return null;
    }

    private void awaitOnce(long position) {
        boolean interrupted = false;
        lock.lock();
        try {
            if (missing(position)) {
                further.awaitNanos(LOOK_NANOS);
            }
        } catch (InterruptedException e) {
            interrupted = true;
        } finally {
            lock.unlock();
        }
        if (interrupted) {
            // for the caller, and once: with the flag set no wait would wait
            awaitOnce(position);
            Thread.currentThread().interrupt();
        }
    }

    void close() {
        end.run();
        wake();
    }
}
