package io.releve.keyspace.chronicle.collection;

import io.releve.keyspace.chronicle.memory.Memory;

/**
 * A set of 64-bit integers in one piece: count u16, bytes of a number u8 (2, 4 or 8), the numbers, ascending. A number
 * that needs more bytes makes all wider.
 */
final class IntegerSet {
    static final int HEADER = 3;

    private IntegerSet() {
    }

    static int width(long content) {
        return Memory.getByte(content + 2);
    }

    /** Bytes that this number needs. */
    static int widthOf(long number) {
        return number == (short) number ? 2 : number == (int) number ? 4 : 8;
    }

    static long get(long content, int i) {
        return get(content, width(content), i);
    }

    private static long get(long content, int width, int i) {
        long at = content + HEADER + (long) i * width;
        return switch (width) {
            case 2 -> (short) Memory.getShort(at);
            case 4 -> Memory.getInt(at);
            default -> Memory.getLong(at);
        };
    }

    static void put(long content, int width, int i, long number) {
        long at = content + HEADER + (long) i * width;
        switch (width) {
            case 2 -> Memory.putShort(at, (int) number);
            case 4 -> Memory.putInt(at, (int) number);
            default -> Memory.putLong(at, number);
        }
    }

    /** The position of a number, or minus (where it would be) minus 1. */
    static int find(long content, long number) {
        int width = width(content);
        int low = 0;
        int high = Compact.count(content) - 1;
        while (low <= high) {
            int middle = low + high >>> 1;
            long found = get(content, width, middle);
            if (found == number) {
                return middle;
            }
            if (found < number) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -low - 1;
    }

    /** Rewrites the numbers in a greater width; there is room. */
    static void widen(long content, int width) {
        int old = width(content);
        for (int i = Compact.count(content) - 1; i >= 0; i--) {
            put(content, width, i, get(content, old, i));
        }
        Memory.putByte(content + 2, width);
    }
}
