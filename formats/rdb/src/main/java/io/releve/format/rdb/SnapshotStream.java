package io.releve.format.rdb;

import io.releve.bytes.Bytes;
import io.releve.engine.Engine;
import io.releve.engine.Turn;
import io.releve.keyspace.EncodingLimits;
import io.releve.keyspace.Keyspace;
import io.releve.keyspace.Snapshot;
import io.releve.keyspace.Value;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;

/**
 * Writes all data as they are at one instant, as an RDB, while clients go on: what is written is taken from the keyspace in
 * slices of a fraction of a millisecond with the turn, and given to the target without it. {@link #begin} sets the instant,
 * {@link #write} does the work on a thread of its own.
 */
public final class SnapshotStream implements Snapshot.Sink {
    /** Takes the RDB, piece by piece, without the turn. */
    @FunctionalInterface
    public interface Target {
        void write(byte[] bytes, int from, int length) throws IOException;
    }

    /** How long the turn is kept, and how long it is left to others who want it. */
    private static final long SLICE_NANOS = 250_000;
    private static final long PAUSE_NANOS = 50_000;
    private static final int NONE = -1;
    private static final int FIRST = 1 << 16;
    /** A larger array is given back. */
    private static final int KEPT = 1 << 22;

    private final Turn turn;
    private final Engine engine;
    private final Keyspace keyspace;
    private final Target target;
    private final boolean frequencies;
    private final boolean idleTimes;
    /** The stream itself; only the writing thread has it. */
    private final RdbOutput output;
    private final RdbFileWriter writer;
    /** Values that were taken and are not part of the stream yet; whoever has the turn has it. */
    private final RdbOutput taken;
    private final RdbFileWriter takenWriter;
    private byte[] gathered = new byte[FIRST];
    private int gatheredLength;
    /** What was gathered before, on its way into the stream; only the writing thread has it. */
    private byte[] piece = new byte[FIRST];
    private int pieceLength;
    private int takenDatabase = NONE;
    private Snapshot snapshot;
    /** Whether the writing thread has the turn. */
    private boolean holding;
    private volatile boolean cancelled;
    private volatile long keys;
    private volatile long total;
    private volatile long extraMemory;
    private volatile long peakMemory;

    /**
     * @param compress directive {@code rdbcompression}
     * @param checksum directive {@code rdbchecksum}
     */
    public SnapshotStream(Turn turn, Engine engine, Keyspace keyspace, boolean compress, boolean checksum, Target target) {
        this.turn = turn;
        this.engine = engine;
        this.keyspace = keyspace;
        this.target = target;
        EncodingLimits limits = new EncodingLimits();
        for (io.releve.config.Directive<Long> directive : EncodingLimits.DIRECTIVES) {
            limits.set(directive, engine.settings().get(directive));
        }
        frequencies = engine.countsFrequencies();
        idleTimes = engine.keepsAccessTimes();
        output = new RdbOutput(this::pass, compress);
        writer = new RdbFileWriter(output, limits, ValueWriter.DEFAULT_VERSION, checksum);
        taken = new RdbOutput(this::gather, compress);
        takenWriter = new RdbFileWriter(taken, limits, ValueWriter.DEFAULT_VERSION, checksum);
    }

    /**
     * The data of this instant are written; the turn is held.
     *
     * @param replicationId and
     * @param position the place in the log
     * @param aofBase whether it is the base of an append-only file
     */
    public void begin(String replicationId, long position, boolean aofBase) {
        snapshot = keyspace.snapshot(this);
        for (int i = 0; i < engine.databases(); i++) {
            total += snapshot.size(i);
        }
        writer.begin();
        writer.aux(AuxField.VERSION, Engine.REDIS_VERSION);
        writer.aux(AuxField.BITS, 64);
        writer.aux(AuxField.CREATED, engine.clock().milliseconds() / 1000);
        writer.aux(AuxField.USED_MEMORY, keyspace.usedMemory());
        writer.aux(AuxField.REPLICATION_ID, replicationId);
        writer.aux(AuxField.REPLICATION_OFFSET, position);
        writer.aux(AuxField.AOF_BASE, aofBase ? 1 : 0);
        engine.functions().forEach(code -> writer.function(new FunctionLibrary(code)));
    }

    /**
     * Writes everything; without the turn.
     *
     * @throws IOException what the target threw, or when it was {@link #cancel cancelled}
     */
    public void write() throws IOException {
        try {
            boolean more = true;
            while (more) {
                turn.take();
                holding = true;
                try {
                    more = snapshot.advance(System.nanoTime() + SLICE_NANOS);
                    noteMemory();
                    cut();
                    if (!more) {
                        close();
                    }
                } finally {
                    holding = false;
                    turn.give();
                }
                writePiece();
                if (turn.wanted()) {
                    LockSupport.parkNanos(PAUSE_NANOS);
                }
                if (cancelled) {
                    throw new IOException("it was given up");
                }
            }
            writer.end();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } finally {
            turn.run(this::close);
        }
    }

    /** Ends the snapshot; the turn is held. */
    private void close() {
        if (snapshot != null) {
            snapshot.close();
            snapshot = null;
        }
    }

    /** Has {@link #write} end soon. Any thread. */
    public void cancel() {
        cancelled = true;
    }

    /** Keys taken so far. */
    public long keys() {
        return keys;
    }

    /** Keys there were when it began. */
    public long total() {
        return total;
    }

    /** Bytes that are kept for it at the moment. */
    public long extraMemory() {
        return extraMemory;
    }

    /** The most that were. */
    public long peakMemory() {
        return peakMemory;
    }

    /** Bytes written so far. */
    public long bytes() {
        return output.position();
    }

    private void noteMemory() {
        extraMemory = (snapshot == null ? 0 : snapshot.extraMemory()) + gatheredLength;
        peakMemory = Math.max(peakMemory, extraMemory);
    }

    @Override
    public void value(int database, Bytes key, Value value, boolean pausable) {
        keys++;
        int access = value.access();
        long idle = idleTimes ? engine.idleSeconds(access) : RdbFileWriter.NONE;
        int frequency = frequencies ? engine.frequency(access) : RdbFileWriter.NONE;
        if (!pausable) {
            if (database != takenDatabase) {
                takenDatabase = database;
                takenWriter.database(database, snapshot.size(database), snapshot.expires(database));
            }
            takenWriter.key(key, value, value.expireAt(), idle, frequency);
            return;
        }
        cut();
        writePiece();
        writer.database(database, snapshot.size(database), snapshot.expires(database));
        writer.key(key, value, value.expireAt(), idle, frequency);
        output.flush();
    }

    /** What was taken so far becomes the next piece of the stream; the turn is held. */
    private void cut() {
        taken.flush();
        byte[] free = piece;
        piece = gathered;
        pieceLength = gatheredLength;
        gathered = free;
        gatheredLength = 0;
        takenDatabase = NONE;
    }

    private void writePiece() {
        output.writeBytes(piece, 0, pieceLength);
        if (piece.length > KEPT) {
            piece = new byte[FIRST];
        }
    }

    private void gather(byte[] bytes, int from, int length) {
        if (gathered.length - gatheredLength < length) {
            gathered = Arrays.copyOf(gathered, Math.max(gatheredLength + length, 2 * gathered.length));
        }
        System.arraycopy(bytes, from, gathered, gatheredLength, length);
        gatheredLength += length;
    }

    /** In the middle of a large value the turn is given to others while its bytes are written. */
    private void pass(byte[] bytes, int from, int length) {
        boolean lend = holding;
        if (lend) {
            noteMemory();
            holding = false;
            turn.give();
        }
        try {
            target.write(bytes, from, length);
            if (cancelled) {
                throw new IOException("it was given up");
            }
            if (lend && turn.wanted()) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            if (lend) {
                turn.take();
                holding = true;
            }
        }
    }
}
