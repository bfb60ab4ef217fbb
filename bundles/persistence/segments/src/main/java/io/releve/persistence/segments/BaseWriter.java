package io.releve.persistence.segments;

import io.releve.format.rdb.RdbSnapshotFormat;
import io.releve.format.rdb.SnapshotFile;
import io.releve.format.rdb.SnapshotStream;
import io.releve.log.History;
import io.releve.persistence.Disk;
import io.releve.persistence.PersistenceContext;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Writes one base: under a name of its own, which becomes the right one when everything is certain. */
final class BaseWriter {

    private final Disk disk;
    private final Path folder;
    private final Batch turn;
    private final SnapshotStream stream;
    private final long startNanos = System.nanoTime();
    private final Path temporary;
    private final SnapshotFile file;
    private volatile boolean cancelled;

    /**
     * The data of this instant are written; the turn is held.
     *
     * @param turn the request for the segment that follows
     */
    BaseWriter(PersistenceContext context, Path folder, Batch turn) {
        disk = context.disk();
        this.folder = folder;
        this.turn = turn;
        temporary = new SegmentName(0, turn.start, true).temporary(folder, new SecureRandom().nextLong());
        file = new SnapshotFile(disk, temporary, true);
        History place = new History(context.log().replicationId(), turn.start, true, context.log().selected());
        long memory = context.keyspace().usedMemory();
        stream = new SnapshotStream(context.turn(), context.engine(), context.keyspace(),
                sink -> new RdbSnapshotFormat(sink, context.engine(), memory, place, true), file);
        stream.begin();
    }

    /**
     * Writes it and waits for the segment that follows.
     *
     * @return the name it is to have, see {@link #commit}
     */
    SegmentName write() throws IOException {
        try {
            stream.write();
            file.complete();
            SegmentName segment = awaitSegment();
            return new SegmentName(segment.sequence(), segment.position(), true);
        } catch (IOException | RuntimeException | Error e) {
            discard();
            throw e;
        }
    }

    private SegmentName awaitSegment() throws IOException {
        while (!cancelled) {
            try {
                return turn.turned.get(5, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                // the disk is slow, or has no room at the moment
            } catch (ExecutionException | InterruptedException e) {
                throw new IOException(e);
            }
        }
        throw new IOException("it was given up");
    }

    /** From now on it is the base. */
    void commit(SegmentName name) throws IOException {
        try {
            disk.rename(temporary, name.in(folder));
            disk.syncDirectory(folder);
        } catch (IOException e) {
            discard();
            throw e;
        }
    }

    /** Removes what was written. */
    void discard() {
        file.discard();
    }

    /** Has it end soon. Any thread. */
    void cancel() {
        cancelled = true;
        stream.cancel();
    }

    long seconds() {
        return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - startNanos);
    }

    /** How far it is, and what it costs. */
    SnapshotStream stream() {
        return stream;
    }
}
