package io.releve.persistence.aof;

import io.releve.engine.Engine;
import io.releve.log.History;
import io.releve.format.aof.AofFile;
import io.releve.format.rdb.RdbSnapshotFormat;
import io.releve.format.rdb.SnapshotFile;
import io.releve.format.rdb.SnapshotStream;
import io.releve.persistence.PersistenceContext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A new base on its way into the folder. What changes meanwhile goes to {@link #increment}. */
final class AofRewrite {
    private final PersistenceContext context;
    private final AofFolder folder;
    private final boolean rdb;
    private final AofFile increment;
    private final CompletableFuture<Void> rotated = new CompletableFuture<>();
    private final long startNanos = System.nanoTime();
    private final Path temporary;
    private final SnapshotFile file;
    private final SnapshotStream stream;

    /** The turn is held: the base will hold what is there now. @param increment for what comes from now on */
    AofRewrite(PersistenceContext context, AofFolder folder, AofFile increment) {
        this.context = context;
        this.folder = folder;
        this.increment = increment;
        rdb = context.settings().get(AofDirectives.RDB_PREAMBLE);
        temporary = folder.path().resolve("temp-rewriteaof-" + ProcessHandle.current().pid() + ".aof");
        file = new SnapshotFile(context.disk(), temporary, context.settings().get(AofDirectives.INCREMENTAL_FSYNC));
        Engine engine = context.engine();
        History place = context.log().place();
        long memory = context.keyspace().usedMemory();
        stream = new SnapshotStream(context.turn(), engine, context.keyspace(), sink -> rdb
                ? new RdbSnapshotFormat(sink, engine, memory, place, true)
                : new CommandSnapshotFormat(sink, engine, PositionMark.place(place.id(), place.position())), (bytes, from, length) -> file.write(bytes, from, length));
        stream.begin();
    }

    AofFile increment() {
        return increment;
    }

    /** The increment is there and takes what comes. */
    void rotated() {
        rotated.complete(null);
    }

    /** Writes the base and has it take its place; without the turn. */
    void write() throws IOException {
        try {
            folder.prepare();
            file.write(new byte[0], 0, 0);
            stream.write();
            file.complete();
            awaitRotation();
            folder.replaceBase(temporary, rdb, increment, context.settings().get(AofDirectives.KEEP_HISTORY));
        } catch (IOException | RuntimeException e) {
            file.discard();
            throw e;
        }
    }

    private void awaitRotation() throws IOException {
        while (true) {
            try {
                rotated.get(100, TimeUnit.MILLISECONDS);
                return;
            } catch (TimeoutException e) {
                if (stream.cancelled()) {
                    throw new IOException("it was given up", e);
                }
            } catch (InterruptedException | ExecutionException e) {
                throw new IOException(e);
            }
        }
    }

    void cancel() {
        stream.cancel();
    }

    long seconds() {
        return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - startNanos);
    }

    SnapshotStream stream() {
        return stream;
    }
}
