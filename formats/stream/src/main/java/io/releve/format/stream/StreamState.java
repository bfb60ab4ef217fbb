package io.releve.format.stream;

import io.releve.bytes.Bytes;
import io.releve.keyspace.StreamValue;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * What a stream remembers of the past (XINFO STREAM), kept in the record without a name: last id, greatest id ever
 * deleted, number of entries ever added.
 */
public final class StreamState {
    private static final Bytes NAME = new Bytes();
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final int LAST = 0;
    private static final int MAX_DELETED = StreamId.LENGTH;
    private static final int ADDED = 2 * StreamId.LENGTH;
    private static final int LENGTH = ADDED + Long.BYTES;

    private StreamId last = StreamId.MIN;
    private StreamId maxDeleted = StreamId.MIN;
    private long added;

    /** The state of a stream. */
    public static StreamState of(StreamValue stream) {
        StreamState state = new StreamState();
        Bytes content = new Bytes();
        if (stream.getRecord(NAME, content)) {
            byte[] array = content.array();
            int at = content.offset();
            state.last = id(array, at + LAST);
            state.maxDeleted = id(array, at + MAX_DELETED);
            state.added = (long) LONG.get(array, at + ADDED);
        }
        return state;
    }

    private static StreamId id(byte[] array, int at) {
        return new StreamId((long) LONG.get(array, at), (long) LONG.get(array, at + Long.BYTES));
    }

    private static void put(byte[] array, int at, StreamId id) {
        LONG.set(array, at, id.milliseconds());
        LONG.set(array, at + Long.BYTES, id.sequence());
    }

    /** The id given out last; a new one must be greater. */
    public StreamId last() {
        return last;
    }

    public StreamState last(StreamId id) {
        last = id;
        return this;
    }

    /** The greatest id that was ever deleted by itself, {@link StreamId#MIN} for none. */
    public StreamId maxDeleted() {
        return maxDeleted;
    }

    public StreamState maxDeleted(StreamId id) {
        maxDeleted = id;
        return this;
    }

    /** Number of entries ever added. */
    public long added() {
        return added;
    }

    public StreamState added(long count) {
        added = count;
        return this;
    }

    /** Writes it down. */
    public void store(StreamValue stream) {
        byte[] array = new byte[LENGTH];
        put(array, LAST, last);
        put(array, MAX_DELETED, maxDeleted);
        LONG.set(array, ADDED, added);
        stream.putRecord(NAME, new Bytes(array));
    }
}
