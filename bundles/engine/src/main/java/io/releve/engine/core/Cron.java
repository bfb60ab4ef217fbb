package io.releve.engine.core;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Periodic work, {@code hz} times a second: due keys, pending work of the keyspace, rates. Where a slice leaves work
 * behind, the next one comes after a short pause, so that clients have the turn most of the time.
 */
final class Cron {
    private static final Logger LOG = LoggerFactory.getLogger(Cron.class);
    private static final long SLICE_NANOS = 500_000;
    private static final long BETWEEN_SLICES_MICROS = 1000;
    private static final int MAX_HZ = 500;

    private final RedisEngine engine;
    private final ScheduledThreadPoolExecutor executor;
    private volatile int hz = 10;
    private volatile long effort = 1;
    private volatile boolean paused;
    private long nextSample;

    Cron(RedisEngine engine) {
        this.engine = engine;
        executor = new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = new Thread(work, "releve-" + engine.instance() + "-engine-1");
            thread.setDaemon(true);
            return thread;
        });
        executor.setRemoveOnCancelPolicy(true);
        // what is asked for while the engine stops is of no use any more
        executor.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
    }

    void frequency(long newHz) {
        hz = (int) Math.max(1, Math.min(MAX_HZ, newHz));
    }

    /** For tests: nothing is done by itself. */
    void pause(boolean on) {
        paused = on;
    }

    int frequency() {
        return hz;
    }

    void effort(long newEffort) {
        effort = newEffort;
    }

    void start() {
        executor.execute(this::cycle);
    }

    void stop() {
        executor.shutdownNow();
        try {
            executor.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Runs something later, on the cron thread, without the turn. */
    Future<?> at(long milliseconds, Runnable work) {
        return executor.schedule(() -> {
            try {
                work.run();
            } catch (RuntimeException e) {
                LOG.error("Work at a set time failed", e);
            }
        }, milliseconds, TimeUnit.MILLISECONDS);
    }

    private void cycle() {
        boolean more = false;
        try {
            more = !paused && slice();
        } catch (RuntimeException e) {
            LOG.error("Periodic work failed", e);
        }
        long delay = more ? BETWEEN_SLICES_MICROS / effort : 1_000_000 / hz;
        if (!executor.isShutdown()) {
            executor.schedule(this::cycle, delay, TimeUnit.MICROSECONDS);
        }
    }

    private boolean expire(long start) {
        boolean more = engine.expiry().slice(engine.keyspace(), engine.now(), start + SLICE_NANOS * effort);
        long took = engine.clock().nanoTime() - start;
        engine.statistics().expireNanos += took;
        engine.observation().events().took("expire-cycle", took);
        return more;
    }

    private boolean slice() {
        engine.turn().take();
        try {
            engine.tick();
            long start = engine.clock().nanoTime();
            if (start >= nextSample) {
                engine.statistics().sample(start);
                engine.statistics().sampleLinks(start, engine.sessions().fromMaster(), engine.sessions().toReplicas());
                engine.persistence().tick();
                engine.replicating().tick();
                engine.waiters().acknowledged();
                engine.observation().tick();
                nextSample = start + 100_000_000;
            }
            boolean more = !engine.expiryPaused() && expire(start);
            more |= engine.keyspace().maintain(engine.clock().nanoTime() + SLICE_NANOS);
            if (!engine.expiryPaused() && engine.replicating().standing().evicts() && engine.eviction().exceeded()) {
                more |= engine.eviction().makeRoom() == Eviction.Outcome.UNFINISHED;
            }
            engine.afterRequest();
            engine.endBatch();
            return more;
        } finally {
            engine.turn().give();
        }
    }
}
