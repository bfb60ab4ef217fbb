package io.releve.engine.core;

import io.releve.command.Call;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Work of commands that would block a loop, on threads of its own. */
final class Offloads {
    private static final int THREADS = 4;
    private static final int IDLE_SECONDS = 30;

    private final RedisEngine engine;
    private final ThreadPoolExecutor executor;

    Offloads(RedisEngine engine) {
        this.engine = engine;
        AtomicInteger number = new AtomicInteger();
        executor = new ThreadPoolExecutor(THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(),
                work -> {
                    Thread thread = new Thread(work, "releve-" + engine.instance() + "-work-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        executor.allowCoreThreadTimeOut(true);
    }

    /** Does the waiter's work, then has its request run again. */
    void execute(Waiter waiter) {
        executor.execute(() -> {
            Call.Outcome outcome = run(waiter.work);
            engine.turn().run(() -> {
                engine.tick();
                waiter.outcome = outcome;
                engine.waiters().done(waiter);
                engine.endBatch();
            });
        });
    }

    static Call.Outcome run(Callable<byte[]> work) {
        try {
            return new Call.Outcome(work.call(), null);
        } catch (Exception e) {
            return new Call.Outcome(null, e);
        }
    }

    void stop() {
        executor.shutdownNow();
    }
}
