package io.releve.persistence.segments;

import io.releve.command.CommandException;
import io.releve.info.InfoSection;
import io.releve.persistence.PersistenceContext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When and how bases are written. One that was asked for begins at the end of a batch, when the keyspace is what the log's
 * position stands for; where nothing else is said the turn is held.
 */
final class Bases {
    private static final Logger LOG = LoggerFactory.getLogger(Bases.class);
    private static final String OWNER = "segments";
    private static final CommandException IN_PROGRESS =
            new CommandException("ERR Background append only file rewriting already in progress");
    /** After a failure the next try comes no sooner. */
    private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long NONE = -1;

    private final PersistenceContext context;
    private final Path folder;
    private final Intake intake;
    private final Writer writer;
    private final SegmentSequence segments;
    private final Runnable done;
    private final java.util.function.Consumer<IOException> undone;
    /** Whoever makes a base valid, or wants that none becomes it, has this lock. */
    private final Object committing = new Object();
    private boolean noted;
    private boolean granted;
    private volatile BaseWriter running;
    private volatile boolean closed;
    private volatile boolean exists;
    private volatile IOException failure;
    private volatile long failedAt;
    private volatile long bytes;
    private long lastDuration = NONE;
    private long rewrites;

    /**
     * @param done called when a base is valid
     * @param undone called when one could not be written
     */
    Bases(PersistenceContext context, Path folder, Intake intake, Writer writer, SegmentSequence segments, Runnable done,
            java.util.function.Consumer<IOException> undone) {
        this.context = context;
        this.folder = folder;
        this.intake = intake;
        this.writer = writer;
        this.segments = segments;
        this.done = done;
        this.undone = undone;
    }

    /** There is one of this length. */
    void exists(long length) {
        exists = true;
        bytes = length;
    }

    /** Whether there is one. Any thread. */
    boolean exist() {
        return exists;
    }

    /** Why there is none, or null. Any thread. */
    IOException missing() {
        return exists ? null : failure;
    }

    long bytes() {
        return bytes;
    }

    boolean busy() {
        return running != null || granted || noted;
    }

    /** Asks for one. @return whether it begins now and not when others are done */
    boolean request() {
        if (running != null || granted) {
            throw IN_PROGRESS;
        }
        noted = true;
        possible();
        return granted;
    }

    void possible() {
        if (noted && !granted && running == null && context.snapshotBegins(OWNER)) {
            noted = false;
            granted = true;
        }
    }

    /** A batch is over, or none is running: what is granted can begin. */
    void batchOver(long position) {
        if (granted && running == null) {
            granted = false;
            Batch turn = intake.turn(position);
            writer.wake();
            BaseWriter next = new BaseWriter(context, folder, turn);
            running = next;
            Thread thread = new Thread(() -> write(next), "releve-" + context.instance() + "-segments-2");
            thread.setPriority(Thread.MIN_PRIORITY);
            thread.setDaemon(true);
            thread.start();
        }
    }

    /** Whether it is time to try again after a failure. */
    boolean retries(long now) {
        return failure == null || now - failedAt > RETRY_NANOS;
    }

    private void write(BaseWriter base) {
        IOException problem = null;
        try {
            SegmentName name = base.write();
            synchronized (committing) {
                if (closed) {
                    base.discard();
                    throw new IOException("it was given up");
                }
                base.commit(name);
                exists(base.stream().bytes());
                segments.hasBase(name.sequence());
                writer.forceSoon();
                Removal.before(context.disk(), folder, name);
            }
            awaitForce();
            LOG.info("A new base of {} bytes at position {}", bytes, name.position());
        } catch (IOException e) {
            problem = e;
        } catch (RuntimeException | Error e) {
            problem = new IOException(e.toString(), e);
        }
        IOException outcome = problem;
        context.turn().run(() -> ended(base, outcome));
    }

    /** Waits until what was handed out up to now is certain. */
    private void awaitForce() {
        long position = intake.handed();
        while (!closed && writer.durable() < position) {
            writer.forceSoon();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    private void ended(BaseWriter base, IOException outcome) {
        running = null;
        lastDuration = base.seconds();
        failure = outcome;
        context.snapshotDone();
        if (outcome == null) {
            rewrites++;
            if (!closed) {
                done.run();
            }
        } else if (!closed) {
            failedAt = context.engine().clock().nanoTime();
            LOG.error("A new base of the journal could not be written: {}", outcome.getMessage());
            undone.accept(outcome);
        }
    }

    /** None becomes valid any more. */
    void close() {
        closed = true;
        BaseWriter now = running;
        if (now != null) {
            now.cancel();
        } else if (granted) {
            granted = false;
            context.snapshotDone();
        }
        noted = false;
        synchronized (committing) {
            // one that was about to become valid is now
        }
    }

    void describe(InfoSection.Lines lines) {
        BaseWriter now = running;
        lines.add("aof_rewrite_in_progress", now == null ? 0 : 1);
        lines.add("aof_rewrite_scheduled", noted || granted ? 1 : 0);
        lines.add("aof_last_rewrite_time_sec", lastDuration);
        lines.add("aof_current_rewrite_time_sec", now == null ? NONE : now.seconds());
        lines.add("aof_last_bgrewrite_status", failure == null ? "ok" : "err");
        lines.add("aof_rewrites", rewrites);
        lines.add("aof_last_cow_size", now == null ? 0 : now.stream().peakMemory());
    }
}
