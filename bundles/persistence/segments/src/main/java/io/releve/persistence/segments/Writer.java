package io.releve.persistence.segments;

import io.releve.engine.Clock;
import io.releve.log.ChangeLog;
import io.releve.persistence.Disk;
import io.releve.persistence.FsyncPolicy;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
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
    private static final byte[] NOTHING = {};

    private final Disk disk;
    private final Path folder;
    private final Clock clock;
    private final ChangeLog log;
    private final Intake intake;
    private final SecureRandom random = new SecureRandom();
    private final List<Path> superfluous;
    private final ByteBuffer staging = SegmentFile.staging();
    /** Batches that were written and are kept until they are forced. */
    private final List<Batch> unforced = new ArrayList<>();
    private final Thread thread;
    private volatile FsyncPolicy policy;
    private volatile long maxBytes = Long.MAX_VALUE;
    private volatile boolean fresh;
    private volatile boolean stopping;
    private volatile boolean forceWanted;
    private volatile boolean idle;
    private volatile IOException failure;
    private volatile boolean forceFailed;
    private volatile long durable = -1;
    /** Segments begun for a base, and the bytes in those before. */
    private final ConcurrentSkipListMap<Long, Long> turns = new ConcurrentSkipListMap<>();
    private final AtomicLong segmentBytes = new AtomicLong();
    private volatile long newestSequence;
    /** When the oldest of what is not certain was handed over. Meaningless when all is. */
    private volatile long uncertainSince;
    private volatile boolean uncertain;
    private volatile ChangeLog.Subscription subscription;
    private SegmentFile segment;
    private SegmentName pending;
    private SegmentName current;
    private long forcedAt;
    private int previous;
    private long written;
    private long acknowledged = -1;
    private long lastForce;
    private int quiet;
    /** Whether the segment still ends with the mark of a good end. */
    private boolean reopening;
    /** Whether {@link #unforced} has all that was written and not forced. */
    private boolean allKept = true;

    Writer(String name, Disk disk, Path folder, Clock clock, ChangeLog log, Intake intake,
            List<Path> superfluous) {
        this.disk = disk;
        this.folder = folder;
        this.clock = clock;
        this.log = log;
        this.intake = intake;
        this.superfluous = superfluous;
        thread = new Thread(this, name);
        thread.setDaemon(true);
    }

    // Before it starts

    /** Goes on in the last segment. What it says about a good end is void from now on. */
    void goOn(Tail tail, long sequence) throws IOException {
        segment = SegmentFile.open(disk, tail, staging);
        newestSequence = sequence;
        written = tail.history().position();
        durable = written;
        reopening = true;
        try {
            reopen();
        } catch (IOException e) {
            failed(e);
        }
    }

    private void reopen() throws IOException {
        segment.append(Frame.CONTEXT, written, written, NOTHING, 0);
        segment.force();
        reopening = false;
    }

    /** Goes on in a new segment, which continues what has this check. */
    void goOnIn(SegmentName name, int check) {
        pending = name;
        previous = check;
        newestSequence = name.sequence();
        written = name.position();
        durable = written;
    }

    void start(FsyncPolicy first, boolean withoutBase, ChangeLog.Subscription acknowledged) {
        policy = first;
        fresh = withoutBase;
        subscription = acknowledged;
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

    void maxBytes(long bytes) {
        maxBytes = bytes;
    }

    /** There is a base now, which needs the segments from this one on. */
    void hasBase(long sequence) {
        fresh = false;
        LockSupport.unpark(thread);
        turns.headMap(sequence, false).clear();
        Long before = turns.get(sequence);
        if (before != null) {
            segmentBytes.addAndGet(-before);
            turns.replaceAll((later, bytes) -> bytes - before);
        }
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

    /** Bytes in segments; some may be subtracted that are not needed any more. */
    AtomicLong segmentBytes() {
        return segmentBytes;
    }

    /** Sequence number of the segment that is written. */
    long newestSequence() {
        return newestSequence;
    }

    /** Whether there is anything that was written and not forced. */
    boolean isUncertain() {
        return uncertain;
    }

    /** How long the oldest change has been waiting to become certain, ns. */
    long uncertainFor(long now) {
        long since = uncertain ? uncertainSince : intake.since(now);
        return now - since;
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
        Removal.of(disk, folder, superfluous);
        while (true) {
            boolean last = stopping;
            try {
                work();
                if (last) {
                    end();
                }
                recovered();
            } catch (IOException | RuntimeException | Error e) {
                failed(e);
            }
            if (last) {
                break;
            }
            rest();
        }
        if (segment != null) {
            segment.close();
        }
    }

    private void work() throws IOException {
        open();
        for (Batch batch = intake.peek(); batch != null; batch = intake.peek()) {
            quiet = 0;
            if (batch.isTurn()) {
                turn(batch);
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
            if (policy == FsyncPolicy.ALWAYS && segment.size() - forcedAt > FORCED_TOGETHER || due()) {
                force();
            }
        }
        if (policy == FsyncPolicy.ALWAYS || due()) {
            force();
        }
        if (segment.isForced()) {
            acknowledge(Math.max(written, intake.handedIfEmpty()));
        }
    }

    private boolean due() {
        if (!uncertain || policy != FsyncPolicy.EVERYSEC) {
            return uncertain && forceWanted;
        }
        long now = clock.nanoTime();
        return forceWanted || now - lastForce >= SECOND || now - uncertainSince >= SECOND;
    }

    private void open() throws IOException {
        if (segment == null) {
            SegmentHeader header = new SegmentHeader(random.nextLong(), pending.position(), log.replicationId(), previous,
                    fresh);
            segment = SegmentFile.create(disk, pending.in(folder), header, staging);
            segmentBytes.addAndGet(segment.size());
            forcedAt = segment.size();
            current = pending;
            newestSequence = pending.sequence();
            pending = null;
        }
        if (reopening) {
            reopen();
        }
    }

    /** A segment that begins just there, with nothing in it, needs no other. */
    private void turn(Batch turn) throws IOException {
        if (turn.next == null && segment.isEmpty() && current != null && current.position() == turn.start) {
            turn.next = current;
        }
        if (turn.next == null) {
            turn.next = new SegmentName(newestSequence + 1, turn.start, false);
        }
        if (newestSequence < turn.next.sequence()) {
            turnTo(turn.next);
        }
        turns.put(turn.next.sequence(), segmentBytes.get() - segment.size());
        turn.turned.complete(turn.next);
    }

    /** What was written is forced, and another segment begun. */
    private void turnTo(SegmentName next) throws IOException {
        force();
        previous = segment.check();
        segment.close();
        segment = null;
        pending = next;
        open();
    }

    private void write(Batch batch) throws IOException {
        if (segment.size() >= maxBytes && !segment.isEmpty()) {
            turnTo(new SegmentName(newestSequence + 1, batch.start, false));
        }
        if (!uncertain) {
            uncertainSince = batch.since;
            uncertain = true;
        }
        if (segment.isEmpty() && batch.database != Batch.NONE) {
            byte[] select = Select.of(batch.database);
            segment.append(Frame.CONTEXT, batch.start, batch.start, select, select.length);
            segmentBytes.addAndGet(Frame.LENGTH + select.length);
        }
        segment.append(Frame.DATA, batch.start, batch.end, batch.bytes, batch.length);
        segmentBytes.addAndGet(Frame.LENGTH + batch.length);
        written = batch.end;
    }

    private void force() throws IOException {
        lastForce = clock.nanoTime();
        try {
            segment.force();
        } catch (IOException e) {
            forceFailed = true;
            if (allKept && !unforced.isEmpty()) {
                // What the system has kept of them is unknown: they are written again.
                segmentBytes.addAndGet(-segment.rewind());
                intake.putBack(unforced);
                unforced.clear();
                written = durable;
            }
            throw e;
        }
        forceWanted = false;
        forcedAt = segment.size();
        unforced.forEach(intake::recycle);
        unforced.clear();
        allKept = true;
        uncertain = false;
        acknowledge(written);
    }

    /** Without a base nothing that is in segments can be loaded. */
    private void acknowledge(long position) {
        durable = Math.max(durable, position);
        if (!fresh && durable > acknowledged) {
            acknowledged = durable;
            subscription.acknowledge(durable);
        }
    }

    private void end() throws IOException {
        long position = Math.max(written, intake.handedIfEmpty());
        segment.force();
        segment.end(position);
        segment.force();
        acknowledge(position);
    }

    private void failed(Throwable e) {
        IOException next = e instanceof IOException io ? io : new IOException(e.toString(), e);
        if (failure == null) {
            if (e instanceof IOException) {
                LOG.error("The journal cannot be written, writes are refused until it can: {}", next.getMessage());
            } else {
                LOG.error("The journal cannot be written, writes are refused until it can", e);
            }
        }
        failure = next;
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
