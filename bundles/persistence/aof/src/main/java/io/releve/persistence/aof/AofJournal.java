package io.releve.persistence.aof;

import io.releve.command.CommandException;
import io.releve.engine.Clock;
import io.releve.format.aof.AofFile;
import io.releve.format.aof.CommandBuffer;
import io.releve.info.InfoSection;
import io.releve.log.ChangeLog;
import io.releve.log.Entry;
import io.releve.log.History;
import io.releve.log.Subscriber;
import io.releve.persistence.Disk;
import io.releve.persistence.Found;
import io.releve.persistence.FsyncPolicy;
import io.releve.persistence.Journal;
import io.releve.persistence.PersistenceContext;
import io.releve.persistence.Replay;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The append-only file of one engine: a subscriber of the log that writes its stream. */
final class AofJournal implements Journal, Subscriber {
    private static final Logger LOG = LoggerFactory.getLogger(AofJournal.class);
    private static final CommandException IN_PROGRESS =
            new CommandException("ERR Background append only file rewriting already in progress");
    /** Redis' rule of two seconds, less the time until it is looked at again. */
    private static final long MOST_DELAY_NANOS = 1_900_000_000;
    private static final long PATIENCE_MS = 10_000;
    private static final long MARK_NANOS = 1_000_000_000;

    private final PersistenceContext context;
    private final AofFolder folder;
    private final CommandBuffer prefix = new CommandBuffer();
    private final CompletableFuture<Void> established = new CompletableFuture<>();
    private final RewriteSchedule schedule;
    private Found found;
    private FsyncPolicy policy;
    private volatile AofWriter writer;
    private ChangeLog.Subscription subscription;
    private AofRewrite rewrite;
    /** Position at which the next entry begins if nothing is left out. */
    private long expected;
    /** Whether nothing stands in the file yet that says database and position. */
    private boolean fresh = true;
    private boolean inGroup;
    private boolean added;
    private long flushed = -1;
    private boolean timestamps;
    private long lastTimestamp;
    private boolean slow;
    private long delayed;
    /** Whether a rewrite was promised that begins as soon as the batch is over. */
    private boolean granted;
    private long markedAt;
    private long healedAt;
    private AutoCloseable watch;

    AofJournal(PersistenceContext context) throws IOException {
        this.context = context;
        folder = new AofFolder(context);
        found = folder.found();
        schedule = new RewriteSchedule(context.settings());
    }

    @Override
    public Found found() {
        return found;
    }

    @Override
    public void replay(Replay replay) throws IOException {
        History history = new AofLoader(context, folder, replay).load();
        found = new Found(found.description(), found.fingerprint(), history);
    }

    @Override
    public CompletableFuture<Void> start(FsyncPolicy newPolicy, boolean continued) {
        policy = newPolicy;
        expected = context.log().position();
        watch = context.settings().watch(AofDirectives.TIMESTAMPS, on -> timestamps = on);
        String name = "releve-" + context.instance() + "-aof-1";
        if (continued) {
            Disk.File open = openAndMark();
            writer = new AofWriter(name, clock(), open == null ? this::openLast : () -> open, expected, policy,
                    context.log(), this::synced, context::forced);
            established.complete(null);
            schedule.written(filesSize(), 0);
            subscribe(policy == FsyncPolicy.ALWAYS);
        } else {
            writer = new AofWriter(name, clock(), () -> {
                folder.prepare();
                return null;
            }, expected, policy, context.log(), this::synced, context::forced);
            boolean empty = isEmpty();
            subscribe(empty && policy == FsyncPolicy.ALWAYS);
            schedule.request();
            snapshotPossible();
        }
        return established;
    }

    /** Until its base is there a new file promises nothing; for an empty one that is soon, and replies wait for it. */
    private void subscribe(boolean acknowledges) {
        subscription = context.log().subscribe(this, acknowledges);
    }

    private boolean isEmpty() {
        for (int i = 0; i < context.engine().databases(); i++) {
            if (context.keyspace().database(i).size() > 0) {
                return false;
            }
        }
        return true;
    }

    private Clock clock() {
        return context.engine().clock();
    }

    /** What is on disk is not the mark of a clean stop any more before anything is answered. */
    private Disk.File openAndMark() {
        try {
            Disk.File file = openLast();
            byte[] mark = place(expected);
            CRC32C crc = new CRC32C();
            crc.update(mark);
            file.write(ByteBuffer.wrap(mark));
            file.write(ByteBuffer.wrap(PositionMark.check(context.log().replicationId(), expected, mark.length,
                    (int) crc.getValue())));
            file.force();
            return file;
        } catch (IOException e) {
            LOG.error("The append-only file cannot be opened: {}", e.getMessage());
            return null;
        }
    }

    private long filesSize() {
        try {
            return folder.size();
        } catch (IOException e) {
            LOG.warn("The size of the append-only file is not known: {}", e.getMessage());
            return 0;
        }
    }

    private Disk.File openLast() throws IOException {
        folder.prepare();
        AofFile last = folder.manifest().lastIncrement();
        return context.disk().append(folder.path(last == null
                ? folder.addIncrement(folder.reserveIncrement(), place(expected)) : last));
    }

    private byte[] place(long position) {
        return PositionMark.place(context.log().replicationId(), position);
    }

    private void synced(long position) {
        ChangeLog.Subscription mine = subscription;
        if (mine != null && established.isDone()) {
            mine.acknowledge(position);
        }
    }

    // The log

    @Override
    public String name() {
        return "aof";
    }

    @Override
    public void entry(Entry entry) {
        boolean begins = !inGroup;
        if (entry.kind() == Entry.Kind.REQUEST || entry.kind() == Entry.Kind.CONTROL
                || entry.kind() == Entry.Kind.MESSAGE && begins && entry.remainingInGroup() == 0
                || rewrite == null && !established.isDone()) {
            return;
        }
        inGroup = entry.remainingInGroup() > 0;
        if (begins) {
            head(entry);
        }
        writer.add(entry.stream());
        expected = entry.position();
        added = true;
    }

    /** Annotations before a command or a transaction, where there is something to say. */
    private void head(Entry entry) {
        if (timestamps) {
            long seconds = clock().milliseconds() / 1000;
            if (seconds != lastTimestamp) {
                lastTimestamp = seconds;
                prefix.timestamp(seconds);
            }
        }
        if (fresh) {
            prefix.select(entry.database());
        }
        if (prefix.length() > 0) {
            writer.add(prefix.array(), 0, prefix.length());
            prefix.clear();
        }
        if (fresh || entry.start() != expected) {
            byte[] mark = place(entry.start());
            writer.add(mark, 0, mark.length);
            fresh = false;
        }
    }

    @Override
    public void flush(long position) {
        if (added || position != flushed) {
            added = false;
            flushed = position;
            writer.flush(position);
        }
        if (schedule.requested()) {
            snapshotPossible();
        }
    }

    // Policies

    @Override
    public void policy(FsyncPolicy newPolicy) {
        policy = newPolicy;
        writer.policy(newPolicy);
        writer.flush(context.log().position());
        if (established.isDone()) {
            subscription.acknowledges(newPolicy == FsyncPolicy.ALWAYS);
        }
    }

    @Override
    public String refusal() {
        AofWriter now = writer;
        String failure = now == null ? null : now.failure();
        return failure == null ? null : "MISCONF Errors writing to the AOF file: " + failure;
    }

    @Override
    public long durable() {
        return writer == null || !established.isDone() ? -1 : writer.durable();
    }

    @Override
    public void tick() {
        watchDisk();
        markPosition();
        heal();
        schedule.size(size());
        if (rewrite == null && established.isDone() && schedule.due(clock().milliseconds())
                && context.snapshotOwner() == null) {
            LOG.info("The append-only file has grown to {} bytes: it is rewritten", schedule.size());
            schedule.request();
        }
        snapshotPossible();
    }

    /** What has a place in the stream but not in the file is not forgotten for long: a replica may have it. */
    private void markPosition() {
        long now = clock().nanoTime();
        long position = context.log().position();
        if (position != expected && established.isDone() && now - markedAt > MARK_NANOS) {
            markedAt = now;
            expected = position;
            byte[] mark = place(position);
            writer.add(mark, 0, mark.length);
            writer.flush(position);
        }
    }

    /** After a force has failed only a new base is to be relied on. */
    private void heal() {
        long now = clock().nanoTime();
        if (writer.lost() && rewrite == null && now - healedAt > MARK_NANOS) {
            healedAt = now;
            schedule.request();
        }
    }

    /** With {@code everysec} at most two seconds may be lost: while the disk takes longer replies wait for it. */
    private void watchDisk() {
        long since = writer.unforcedSince();
        long waiting = since == 0 ? 0 : clock().nanoTime() - since;
        boolean nowSlow = policy == FsyncPolicy.EVERYSEC && waiting > MOST_DELAY_NANOS;
        if (policy == FsyncPolicy.EVERYSEC && waiting > MOST_DELAY_NANOS / 2) {
            writer.look();
        }
        if (nowSlow != slow && established.isDone()) {
            slow = nowSlow;
            if (nowSlow) {
                delayed++;
                LOG.warn("Asynchronous AOF fsync is taking too long (disk is busy?): replies wait for it");
            }
            subscription.acknowledge(writer.durable());
            subscription.acknowledges(nowSlow || policy == FsyncPolicy.ALWAYS);
        }
    }

    private long size() {
        return schedule.written() + writer.appended();
    }

    // Rewriting

    @Override
    public boolean rewrite() {
        if (rewrite != null || granted) {
            throw IN_PROGRESS;
        }
        schedule.request();
        granted = context.snapshotOwner() == null;
        return granted;
    }

    /** Between two batches: in the middle of a transaction the base would have what is still to be appended. */
    @Override
    public void snapshotPossible() {
        if (rewrite != null || !schedule.requested() || !context.snapshotBegins("aof")) {
            return;
        }
        schedule.begun();
        granted = false;
        boolean known = established.isDone();
        AofRewrite next;
        try {
            next = new AofRewrite(context, folder, folder.reserveIncrement());
        } catch (RuntimeException e) {
            context.snapshotDone();
            throw e;
        }
        rewrite = next;
        fresh = true;
        long position = context.log().position();
        writer.flush(position);
        writer.rotate(() -> {
            if (known) {
                folder.addIncrement(next.increment(), place(position));
            } else {
                folder.createIncrement(next.increment(), place(position));
            }
            Disk.File file = context.disk().append(folder.path(next.increment()));
            next.rotated();
            return file;
        }, position);
        writer.withoutFsync(context.settings().get(AofDirectives.NO_FSYNC_ON_REWRITE));
        Thread thread = new Thread(() -> write(next), "releve-" + context.instance() + "-aof-2");
        thread.setPriority(Thread.MIN_PRIORITY);
        thread.setDaemon(true);
        thread.start();
    }

    private void write(AofRewrite mine) {
        Exception failure = null;
        try {
            mine.write();
        } catch (IOException | RuntimeException e) {
            failure = e;
        }
        Exception outcome = failure;
        context.turn().run(() -> ended(mine, outcome));
    }

    private void ended(AofRewrite mine, Exception failure) {
        rewrite = null;
        writer.withoutFsync(false);
        long size = filesSize();
        schedule.ended(failure == null, mine.seconds(), mine.stream().peakMemory(),
                clock().milliseconds());
        if (failure == null) {
            schedule.written(size, writer.appended() - writer.waiting());
            LOG.info("The append-only file was rewritten: {} keys, {} bytes, {} s", mine.stream().keys(), size,
                    mine.seconds());
        } else if (!closed()) {
            LOG.error("The append-only file could not be rewritten: {}", failure.toString());
        }
        context.snapshotDone();
        if (failure == null && writer.lost()) {
            writer.healed();
            writer.flush(context.log().position());
        }
        if (closed() || established.isDone()) {
            return;
        }
        if (failure == null) {
            established.complete(null);
            policy(policy);
        } else {
            // without a base there is nothing that could be loaded
            schedule.request();
        }
    }

    private boolean closed() {
        return watch == null;
    }

    @Override
    public void describe(InfoSection.Lines lines) {
        AofRewrite now = rewrite;
        // null while it is loaded
        AofWriter open = writer;
        lines.add("aof_rewrite_in_progress", now == null ? 0 : 1);
        lines.add("aof_rewrite_scheduled", schedule.requested() ? 1 : 0);
        schedule.describe(lines);
        lines.add("aof_current_rewrite_time_sec", now == null ? -1 : now.seconds());
        lines.add("aof_last_write_status", open == null || open.failure() == null ? "ok" : "err");
        lines.add("aof_current_size", open == null ? 0 : size());
        lines.add("aof_base_size", schedule.base());
        lines.add("aof_pending_rewrite", schedule.requested() ? 1 : 0);
        lines.add("aof_buffer_length", open == null ? 0 : open.waiting());
        lines.add("aof_pending_bio_fsync", open == null || open.unforcedSince() == 0 ? 0 : 1);
        lines.add("aof_delayed_fsync", delayed);
    }

    @Override
    public long close(boolean retired) throws IOException {
        if (closed()) {
            return 0;
        }
        try {
            watch.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        watch = null;
        if (rewrite != null) {
            rewrite.cancel();
        }
        long position = context.log().position();
        writer.flush(position);
        boolean complete = writer.close(established.isDone()
                ? PositionMark.clean(context.log().replicationId(), position, context.log().selected())
                : new byte[0], PATIENCE_MS) && established.isDone() && !writer.lost();
        folder.close();
        subscription.close();
        if (retired) {
            folder.retire();
            return 0;
        }
        Found left = complete ? folder.found() : null;
        return left == null ? 0 : left.fingerprint();
    }
}
