package io.releve.keyspace.heap;

/** An id of an entry: two unsigned numbers. */
record StreamId(long milliseconds, long sequence) implements Comparable<StreamId> {
    @Override
    public int compareTo(StreamId other) {
        return compare(milliseconds, sequence, other.milliseconds, other.sequence);
    }

    static int compare(long ms, long sequence, long otherMs, long otherSequence) {
        int order = Long.compareUnsigned(ms, otherMs);
        return order != 0 ? order : Long.compareUnsigned(sequence, otherSequence);
    }
}
