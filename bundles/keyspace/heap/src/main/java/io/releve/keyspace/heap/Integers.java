package io.releve.keyspace.heap;

import io.releve.bytes.Numbers;
import java.util.Arrays;

/** Integers in ascending order: the content of a set of integers while it is small. */
final class Integers {
    private static final int SMALLEST = 4;

    private long[] values = new long[SMALLEST];
    private int size;

    Integers duplicate() {
        Integers copy = new Integers();
        copy.values = Arrays.copyOf(values, Math.max(size, SMALLEST));
        copy.size = size;
        return copy;
    }

    int size() {
        return size;
    }

    long get(int index) {
        return values[index];
    }

    boolean contains(long value) {
        return Arrays.binarySearch(values, 0, size, value) >= 0;
    }

    boolean add(long value) {
        int at = Arrays.binarySearch(values, 0, size, value);
        if (at >= 0) {
            return false;
        }
        if (size == values.length) {
            values = Arrays.copyOf(values, size * 2);
        }
        int place = -1 - at;
        System.arraycopy(values, place, values, place + 1, size++ - place);
        values[place] = value;
        return true;
    }

    boolean remove(long value) {
        int at = Arrays.binarySearch(values, 0, size, value);
        if (at < 0) {
            return false;
        }
        System.arraycopy(values, at + 1, values, at, --size - at);
        if (size < values.length / 4 && values.length > SMALLEST) {
            values = Arrays.copyOf(values, values.length / 2);
        }
        return true;
    }

    /** Bytes of the longest member as text; there is one. */
    int longest() {
        return Math.max(Numbers.length(values[0]), Numbers.length(values[size - 1]));
    }

    long memory() {
        return 32 + 8L * values.length;
    }
}
