package io.releve.contracts.journal;

import io.releve.engine.Turn;
import java.util.concurrent.Semaphore;

final class TestTurn implements Turn {
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

    @Override
    public void lend() {
        free.release();
        Thread.yield();
        free.acquireUninterruptibly();
    }
}
