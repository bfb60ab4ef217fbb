package io.releve.persistence.segments;

import io.releve.engine.Clock;
import io.releve.log.ChangeLog;
import io.releve.persistence.FsyncPolicy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that writes: batches into segments, forced as the policy wants it. While the disk fails it tries the same again
 * and again, and nothing is acknowledged.
 */
final class Writer implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Writer.class);
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long STEP = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long RETRY = TimeUnit.MILLISECONDS.toNanos(100);
    /** Steps without anything new after which the thread sleeps until it is woken. */
    private static final int PATIENCE = 100;
    /** Bytes that are written before a force, where each batch waits for one. */
    private static final long FORCED_TOGETHER = 8 << 20;

    private final SegmentSequence segments;
    private final Clock clock;
    private final Intake intake;
    private final Runnable first;
    /** Batches that were written and are kept until they are forced. */
    private final List<Batch> unforced = new ArrayList<>();
    private final Thread thread;
    private volatile FsyncPolicy policy;
    private volatile boolean stopping;
    private volatile boolean forceWanted;
    private volatile boolean idle;
    private volatile IOException failure;
    private volatile boolean forceFailed;
    private volatile long durable;
    /** When the oldest of what was written and is not certain was handed over. Meaningless when all is. */
    private volatile long uncertainSince;
    private volatile boolean uncertain;
    private ChangeLog.Subscription subscription;
    private long written;
    private long acknowledged = -1;
    private long lastForce;
    private int quiet;
    /** Whether {@link #unforced} has all that was written and not forced. */
    private boolean allKept = true;

    /** @param first done before anything is written */
    Writer(String name, SegmentSequence segments, Clock clock, Intake intake, Runnable first) {
        this.segments = segments;
        this.clock = clock;
        this.intake = intake;
        this.first = first;
        thread = new Thread(this, name);
        thread.setDaemon(true);
    }

    /** What comes after this position is to be written. */
    void start(FsyncPolicy firstPolicy, long position, ChangeLog.Subscription acknowledging) {
        policy = firstPolicy;
        written = position;
        durable = position;
        subscription = acknowledging;
        lastForce = clock.nanoTime();
        thread.start();
    }

    // Any thread

    void policy(FsyncPolicy next) {
        policy = next;
        LockSupport.unpark(thread);
    }

    /** What was handed over is forced soon, whatever the policy. */
    void forceSoon() {
        forceWanted = true;
        LockSupport.unpark(thread);
    }

    /** There is something new. Cheap where the thread looks by itself. */
    void wake() {
        if (idle) {
            LockSupport.unpark(thread);
        }
    }

    /** What is wrong with the disk, or null. */
    IOException failure() {
        return failure;
    }

    /** Whether a force has failed since this was asked last: what was not forced then may be lost, whatever was said later. */
    boolean tookForceFailure() {
        boolean took = forceFailed && failure == null;
        if (took) {
            forceFailed = false;
        }
        return took;
    }

    long durable() {
        return durable;
    }

    /** Whether there is anything that was written and not forced. */
    boolean isUncertain() {
        return uncertain;
    }

    /** How long the oldest change has been waiting to become certain, ns. */
    long uncertainFor(long now) {
        return now - (uncertain ? uncertainSince : intake.since(now));
    }

    /** Writes everything, forces it, and ends. @return whether it could */
    boolean stop() {
        stopping = true;
        LockSupport.unpark(thread);
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return failure == null;
    }

    // The thread

    @Override
    public void run() {
        first.run();
        for (boolean last = false; !last; ) {
            last = stopping;
            try {
                work();
                if (last) {
                    end();
                }
                recovered();
            } catch (IOException | RuntimeException | Error e) {
                failed(e);
            }
            if (!last) {
                rest();
            }
        }
        segments.close();
    }

    private void work() throws IOException {
        segments.open();
        for (Batch batch = intake.peek(); batch != null; batch = intake.peek()) {
            quiet = 0;
            take(batch);
            if (policy == FsyncPolicy.ALWAYS && segments.unforced() > FORCED_TOGETHER || due()) {
                force();
            }
        }
        if (policy == FsyncPolicy.ALWAYS || due()) {
            force();
        }
        if (segments.isForced()) {
            acknowledge(Math.max(written, intake.handedIfEmpty()));
        }
    }

    private void take(Batch batch) throws IOException {
        if (batch.isTurn()) {
            force();
            segments.turn(batch);
        } else {
            write(batch);
        }
        intake.remove();
        if (!batch.isTurn() && policy == FsyncPolicy.ALWAYS) {
            unforced.add(batch);
        } else {
            allKept &= batch.isTurn();
            intake.recycle(batch);
        }
    }

    private void write(Batch batch) throws IOException {
        if (segments.isFull()) {
            force();
            segments.turnAt(batch.start);
        }
        if (!uncertain) {
            uncertainSince = batch.since;
            uncertain = true;
        }
        segments.write(batch);
        written = batch.end;
    }

    private boolean due() {
        if (!uncertain || policy != FsyncPolicy.EVERYSEC) {
            return uncertain && forceWanted;
        }
        long now = clock.nanoTime();
        return forceWanted || now - lastForce >= SECOND || now - uncertainSince >= SECOND;
    }

    private void force() throws IOException {
        lastForce = clock.nanoTime();
        try {
            segments.force();
        } catch (IOException e) {
            forceFailed = true;
            if (allKept && !unforced.isEmpty()) {
                // What the system has kept of them is unknown: they are written again.
                segments.rewind();
                intake.putBack(unforced);
                unforced.clear();
                written = durable;
            }
            throw e;
        }
        forceWanted = false;
        unforced.forEach(intake::recycle);
        unforced.clear();
        allKept = true;
        uncertain = false;
        acknowledge(written);
    }

    /** Without a base nothing that is in segments can be loaded. */
    private void acknowledge(long position) {
        durable = Math.max(durable, position);
        if (segments.hasBase() && durable > acknowledged) {
            acknowledged = durable;
            subscription.acknowledge(durable);
        }
    }

    private void end() throws IOException {
        long position = Math.max(written, intake.handedIfEmpty());
        segments.end(position);
        acknowledge(position);
    }

    private void failed(Throwable e) {
        if (failure == null && e instanceof IOException) {
            LOG.error("The journal cannot be written, writes are refused until it can: {}", e.getMessage());
        } else if (failure == null) {
            LOG.error("The journal cannot be written, writes are refused until it can", e);
        }
        failure = e instanceof IOException io ? io : new IOException(e.toString(), e);
    }

    private void recovered() {
        if (failure != null) {
            LOG.warn("The journal can be written again");
            failure = null;
        }
    }

    private void rest() {
        if (failure != null) {
            LockSupport.parkNanos(RETRY);
            return;
        }
        boolean looks = policy == FsyncPolicy.EVERYSEC && uncertain
                || policy != FsyncPolicy.ALWAYS && quiet++ < PATIENCE;
        if (looks) {
            LockSupport.parkNanos(STEP);
            return;
        }
        idle = true;
        if (intake.isEmpty() && !stopping) {
            LockSupport.park(this);
        }
        idle = false;
    }
}
