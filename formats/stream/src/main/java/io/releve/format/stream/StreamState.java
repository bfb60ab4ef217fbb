package io.releve.format.stream;

import io.releve.bytes.Bytes;
import io.releve.keyspace.StreamValue;

/**
 * What a stream remembers of the past (XINFO STREAM), kept in the record without a name: last id, greatest id ever
 * deleted, number of entries ever added.
 */
public final class StreamState {
    private static final Bytes NAME = new Bytes();

    private final Record record = new Record();
    private StreamId last = StreamId.MIN;
    private StreamId maxDeleted = StreamId.MIN;
    private long added;

    /** The state of a stream. */
    public static StreamState of(StreamValue stream) {
        StreamState state = new StreamState();
        Bytes content = new Bytes();
        if (stream.getRecord(NAME, content)) {
            Record record = state.record.read(content);
            state.last = StreamId.read(record);
            state.maxDeleted = StreamId.read(record);
            state.added = record.getLong();
        }
        return state;
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
        record.clear();
        last.write(record);
        maxDeleted.write(record);
        stream.putRecord(NAME, record.putLong(added).view());
    }
}
