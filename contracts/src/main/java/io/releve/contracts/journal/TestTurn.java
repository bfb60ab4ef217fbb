package io.releve.contracts.journal;

import io.releve.engine.Turn;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

final class TestTurn implements Turn {
    private final Semaphore free = new Semaphore(1);
    private volatile long taken;

    @Override
    public void take() {
        free.acquireUninterruptibly();
        taken = taken + 1;
    }

    @Override
    public boolean take(long nanos) {
        try {
            return free.tryAcquire(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void give() {
        free.release();
    }

    @Override
    public boolean wanted() {
        return free.hasQueuedThreads();
    }

    @Override
    public long taken() {
        return taken;
    }

    @Override
    public void lend() {
        give();
        Thread.yield();
        take();
    }
}
