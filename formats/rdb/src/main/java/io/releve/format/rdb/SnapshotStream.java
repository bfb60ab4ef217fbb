package io.releve.format.rdb;

import io.releve.bytes.Bytes;
import io.releve.engine.Engine;
import io.releve.engine.Turn;
import io.releve.keyspace.Keyspace;
import io.releve.keyspace.Snapshot;
import io.releve.keyspace.Value;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.function.Function;

/**
 * Writes all data as they are at one instant, as an RDB or in another format, while clients go on: what is written is taken from the keyspace in
 * slices of a fraction of a millisecond with the turn, and given to the target without it. {@link #begin} sets the instant,
 * {@link #write} does the work on a thread of its own.
 */
public final class SnapshotStream implements Snapshot.Sink {
    /** Takes what is written, piece by piece, without the turn. */
    @FunctionalInterface
    public interface Target {
        void write(byte[] bytes, int from, int length) throws IOException;
    }

    /** How long the turn is kept. */
    private static final long SLICE_NANOS = 250_000;
    private static final int NONE = -1;
    private static final int FIRST = 1 << 16;
    /** A larger array is given back. */
    private static final int KEPT = 1 << 22;

    private final Turn turn;
    private final Pace pace;
    private final Engine engine;
    private final Keyspace keyspace;
    private final Target target;
    private final boolean frequencies;
    private final boolean idleTimes;
    /** The stream itself; only the writing thread has it. */
    private final SnapshotFormat output;
    /** Values that were taken and are not part of the stream yet; whoever has the turn has it. */
    private final SnapshotFormat taken;
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

    /** @param format makes a format that writes to a sink */
    public SnapshotStream(Turn turn, Engine engine, Keyspace keyspace, Function<RdbOutput.Sink, SnapshotFormat> format,
            Target target) {
        this.turn = turn;
        pace = new Pace(turn);
        this.engine = engine;
        this.keyspace = keyspace;
        this.target = target;
        frequencies = engine.countsFrequencies();
        idleTimes = engine.keepsAccessTimes();
        output = format.apply(this::pass);
        taken = format.apply(this::gather);
    }

    /** The data of this instant are written; the turn is held. */
    public void begin() {
        snapshot = keyspace.snapshot(this);
        for (int i = 0; i < engine.databases(); i++) {
            total += snapshot.size(i);
        }
        output.begin();
    }

    /**
     * Writes everything; without the turn.
     *
     * @throws IOException what the target threw, or when it was {@link #cancel cancelled}
     */
    public void write() throws IOException {
        try {
            pace.begin();
            boolean more = true;
            while (more) {
                take();
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
                pace.keep();
                if (cancelled) {
                    throw new IOException("it was given up");
                }
            }
            output.end();
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

    public boolean cancelled() {
        return cancelled;
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
                taken.database(database, snapshot.size(database), snapshot.expires(database));
            }
            taken.key(key, value, idle, frequency);
            return;
        }
        cut();
        writePiece();
        output.database(database, snapshot.size(database), snapshot.expires(database));
        output.key(key, value, idle, frequency);
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
        output.raw(piece, 0, pieceLength);
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
            if (lend) {
                pace.keep();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            if (lend) {
                take();
            }
        }
    }

    private void take() {
        turn.take();
        pace.taken();
        holding = true;
    }
}
