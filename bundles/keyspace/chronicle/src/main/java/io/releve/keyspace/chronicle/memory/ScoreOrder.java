package io.releve.keyspace.chronicle.memory;

import io.releve.bytes.Bytes;

/**
 * The order of scored keys: eight bytes of a score, made so that they ascend, big-endian, then a name; all unsigned. A
 * negative zero is kept as it is and stands directly below zero, yet both are one score. So where a key with a negative
 * zero is compared, it counts as one with zero; keys that are looked for must have zero itself.
 */
public final class ScoreOrder {
    /** Bytes of a score. */
    public static final int SCORE = 8;

    /** The bytes of the two zeros, as they are read from memory, little-endian. */
    private static final long ZERO = Long.reverseBytes(Long.MIN_VALUE);
    private static final long NEGATIVE_ZERO = Long.reverseBytes(Long.MAX_VALUE);

    private ScoreOrder() {
    }

    /** Whether the first {@code length} bytes of a key show a negative zero. */
    public static boolean isNegativeZero(long key, int length) {
        return length >= SCORE && Memory.getLong(key) == NEGATIVE_ZERO;
    }

    /** Gives a key with a negative zero the other one. */
    public static void putZero(long key) {
        Memory.putLong(key, ZERO);
    }

    /** Compares {@code length} bytes of a key with one that is looked for, which has a score at least. */
    public static int compare(long key, int length, Bytes other) {
        long base = Memory.ARRAY + other.offset();
        if (!isNegativeZero(key, length)) {
            return Memory.compare(key, length, other.array(), base, other.length());
        }
        long score = Memory.getLong(other.array(), base);
        if (score != ZERO) {
            return Long.compareUnsigned(Long.MIN_VALUE, Long.reverseBytes(score));
        }
        return Memory.compare(key + SCORE, length - SCORE, other.array(), base + SCORE, other.length() - SCORE);
    }

    /** Whether the first {@code length} bytes of both are the same. */
    public static boolean agree(long key, Bytes other, int length) {
        long base = Memory.ARRAY + other.offset();
        int skipped = isNegativeZero(key, length) && Memory.getLong(other.array(), base) == ZERO ? SCORE : 0;
        return Memory.equal(key + skipped, other.array(), base + skipped, length - skipped);
    }
}
