package io.releve.engine.core;

import io.releve.engine.Turn;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The right to touch the keyspace: at any instant at most one thread has it. It belongs to a piece of work, not to a
 * thread, so that it can be handed over: a script thread runs with the turn of the lane that waits for it (docs,
 * "The turn").
 */
final class SemaphoreTurn implements Turn {
    private static final VarHandle TAKEN;

    static {
        try {
            TAKEN = MethodHandles.lookup().findVarHandle(SemaphoreTurn.class, "taken", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Semaphore free = new Semaphore(1);
    /** Only whoever has the turn writes it. */
    private long taken;

    @Override
    public void take() {
        free.acquireUninterruptibly();
        TAKEN.setOpaque(this, taken + 1);
    }

    @Override
    public boolean take(long nanos) {
        boolean mine = free.tryAcquire() || nanos > 0 && acquireWithin(nanos);
        if (mine) {
            TAKEN.setOpaque(this, taken + 1);
        }
        return mine;
    }

    /** Like {@link Semaphore#acquireUninterruptibly}: who asks again and again must not spin because of an interrupt. */
    private boolean acquireWithin(long nanos) {
        boolean interrupted = false;
        long end = System.nanoTime() + nanos;
        try {
            while (true) {
                try {
                    return free.tryAcquire(end - System.nanoTime(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
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
            take();
        }
    }

    /** Whether somebody has it. */
    boolean held() {
        return free.availablePermits() == 0;
    }

    @Override
    public long taken() {
        return (long) TAKEN.getOpaque(this);
    }

    @Override
    public boolean wanted() {
        return free.hasQueuedThreads();
    }
}
