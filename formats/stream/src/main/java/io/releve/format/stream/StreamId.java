package io.releve.format.stream;

/**
 * The id of a stream's entry: two unsigned 64-bit numbers (redis.io, Streams, "Entry IDs").
 *
 * @param milliseconds the first one, usually a time
 * @param sequence distinguishes entries of one millisecond
 */
public record StreamId(long milliseconds, long sequence) implements Comparable<StreamId> {
    public static final StreamId MIN = new StreamId(0, 0);
    public static final StreamId MAX = new StreamId(-1, -1);
    /** Bytes of an id in binary form, big-endian, so that byte order is the order of ids. */
    public static final int LENGTH = 16;

    /** The id after this one, or null after the greatest. */
    public StreamId next() {
        if (sequence != -1) {
            return new StreamId(milliseconds, sequence + 1);
        }
        return milliseconds == -1 ? null : new StreamId(milliseconds + 1, 0);
    }

    /** The id before this one, or null before the smallest. */
    public StreamId previous() {
        if (sequence != 0) {
            return new StreamId(milliseconds, sequence - 1);
        }
        return milliseconds == 0 ? null : new StreamId(milliseconds - 1, -1);
    }

    @Override
    public int compareTo(StreamId other) {
        int first = Long.compareUnsigned(milliseconds, other.milliseconds);
        return first != 0 ? first : Long.compareUnsigned(sequence, other.sequence);
    }

    /** As clients write it: {@code milliseconds-sequence}. */
    @Override
    public String toString() {
        return Long.toUnsignedString(milliseconds) + '-' + Long.toUnsignedString(sequence);
    }

    void write(Record record) {
        record.putLong(milliseconds).putLong(sequence);
    }

    static StreamId read(Record record) {
        return new StreamId(record.getLong(), record.getLong());
    }
}
