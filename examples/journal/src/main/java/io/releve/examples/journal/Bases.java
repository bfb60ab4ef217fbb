package io.releve.examples.journal;

import io.releve.command.CommandException;
import io.releve.format.rdb.RdbSnapshotFormat;
import io.releve.format.rdb.SnapshotFile;
import io.releve.format.rdb.SnapshotStream;
import io.releve.log.History;
import io.releve.persistence.PersistenceContext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes bases: all data of one instant in Redis' format, on a thread of its own, while the records of what comes after it go
 * into the next file. A base counts from the moment it has its name. The turn is held where nothing else is said.
 */
final class Bases {
    private static final Logger LOG = LoggerFactory.getLogger(Bases.class);
    private static final String OWNER = "records";
    private static final CommandException IN_PROGRESS =
            new CommandException("ERR Background append only file rewriting already in progress");
    private static final long RETRY_NANOS = 5_000_000_000L;
    private static final long LOOK_NANOS = 1_000_000;

    private final PersistenceContext context;
    private final Names names;
    private final RecordWriter writer;
    private final Runnable valid;
    private final Object committing = new Object();
    private long next;
    private boolean noted;
    private boolean granted;
    private volatile SnapshotStream running;
    private volatile boolean closed;
    private volatile IOException failure;
    private volatile long failedAt;

    /**
     * @param first the number of the next file
     * @param valid called when a base counts
     */
    Bases(PersistenceContext context, Names names, RecordWriter writer, long first, Runnable valid) {
        this.context = context;
        this.names = names;
        this.writer = writer;
        this.next = first;
        this.valid = valid;
    }

    boolean busy() {
        return running != null || granted || noted;
    }

    /** Why the last one could not be written, or null. Any thread. */
    IOException failure() {
        return failure;
    }

    boolean retries(long now) {
        return failure == null || now - failedAt > RETRY_NANOS;
    }

    /** Asks for one. @return whether it begins, and not only when others are done */
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

    /** A batch is over: the data are what this position stands for. */
    void batchOver(long position, boolean continues) {
        if (!granted || running != null) {
            return;
        }
        granted = false;
        long number = next++;
        String id = context.log().replicationId();
        CompletableFuture<Void> turned = writer.turn(number, id, position, continues, context.engine().clock().nanoTime());
        History place = new History(id, position, true, context.log().selected());
        long memory = context.keyspace().usedMemory();
        Path temporary = names.temporary();
        SnapshotFile file = new SnapshotFile(context.disk(), temporary, true);
        SnapshotStream stream = new SnapshotStream(context.turn(), context.engine(), context.keyspace(),
                sink -> new RdbSnapshotFormat(sink, context.engine(), memory, place, true), file);
        stream.begin();
        running = stream;
        Thread thread = new Thread(() -> write(stream, file, temporary, number, turned, position),
                "releve-" + context.instance() + "-records-2");
        thread.setDaemon(true);
        thread.start();
    }

    private void write(SnapshotStream stream, SnapshotFile file, Path temporary, long number, CompletableFuture<Void> turned,
            long position) {
        IOException problem = null;
        try {
            stream.write();
            file.complete();
            await(() -> turned.isDone());
            synchronized (committing) {
                if (closed) {
                    throw new IOException("it was given up");
                }
                context.disk().rename(temporary, names.base(number));
                context.disk().syncDirectory(names.folder());
                writer.based();
            }
            names.keep(number, Long.MAX_VALUE);
            await(() -> writer.durable() >= position);
        } catch (IOException e) {
            file.discard();
            problem = e;
        } catch (RuntimeException e) {
            file.discard();
            problem = new IOException(e.toString(), e);
        }
        IOException outcome = problem;
        context.turn().run(() -> ended(outcome));
    }

    private void await(java.util.function.BooleanSupplier condition) throws IOException {
        while (!condition.getAsBoolean()) {
            if (closed) {
                throw new IOException("it was given up");
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    private void ended(IOException outcome) {
        running = null;
        failure = outcome;
        context.snapshotDone();
        if (closed) {
            return;
        }
        if (outcome == null) {
            valid.run();
        } else {
            failedAt = context.engine().clock().nanoTime();
            LOG.error("A new base of the journal could not be written: {}", outcome.getMessage());
        }
    }

    /** None begins to count any more. */
    void close() {
        closed = true;
        SnapshotStream now = running;
        if (now != null) {
            now.cancel();
        } else if (granted) {
            granted = false;
            context.snapshotDone();
        }
        noted = false;
        synchronized (committing) {
            // one that was about to count does now
        }
    }
}
