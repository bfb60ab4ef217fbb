package io.releve.keyspace.heap;

import java.util.Arrays;

/** A run of a stream's entries, in order. */
final class StreamNode {
    private static final int SMALLEST = 4;

    long[] milliseconds = new long[SMALLEST];
    long[] sequences = new long[SMALLEST];
    byte[][] bodies = new byte[SMALLEST][];
    int size;
    /** Entries that were ever added. */
    int added;
    /** Bytes that were ever added. */
    long bytes;

    StreamNode duplicate() {
        StreamNode copy = new StreamNode();
        copy.milliseconds = milliseconds.clone();
        copy.sequences = sequences.clone();
        copy.bodies = bodies.clone();
        copy.size = size;
        copy.added = added;
        copy.bytes = bytes;
        return copy;
    }

    void add(long ms, long sequence, byte[] body) {
        if (size == bodies.length) {
            milliseconds = Arrays.copyOf(milliseconds, size * 2);
            sequences = Arrays.copyOf(sequences, size * 2);
            bodies = Arrays.copyOf(bodies, size * 2);
        }
        milliseconds[size] = ms;
        sequences[size] = sequence;
        bodies[size++] = body;
        added++;
        bytes += body.length;
    }

    /** Position of the first entry with at least this id, or the size. */
    int seek(long ms, long sequence) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = low + high >>> 1;
            if (StreamId.compare(milliseconds[middle], sequences[middle], ms, sequence) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    boolean has(int at, long ms, long sequence) {
        return at < size && milliseconds[at] == ms && sequences[at] == sequence;
    }

    void remove(int at, int count) {
        int rest = size - at - count;
        System.arraycopy(milliseconds, at + count, milliseconds, at, rest);
        System.arraycopy(sequences, at + count, sequences, at, rest);
        System.arraycopy(bodies, at + count, bodies, at, rest);
        Arrays.fill(bodies, size - count, size, null);
        size -= count;
    }
}
