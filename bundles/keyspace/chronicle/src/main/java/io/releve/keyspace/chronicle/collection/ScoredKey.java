package io.releve.keyspace.chronicle.collection;

import io.releve.bytes.Bytes;
import io.releve.keyspace.chronicle.memory.Scratch;

/**
 * A score and a member as one string whose byte order, unsigned, is the order of a sorted set: the bits of the score,
 * made so that they ascend, big-endian; then the member. Zero has no sign.
 */
final class ScoredKey {
    static final int SCORE = 8;

    private final Scratch scratch = new Scratch();
    private final Bytes key = new Bytes();

    static long sortable(double score) {
        // -0 becomes 0
        long bits = Double.doubleToRawLongBits(score + 0.0);
        return bits ^ (bits >> 63 | Long.MIN_VALUE);
    }

    static double score(long sortable) {
        return Double.longBitsToDouble(sortable ^ (~sortable >> 63 | Long.MIN_VALUE));
    }

    /** The score at the beginning of a key. */
    static double score(byte[] array, int at) {
        long bits = 0;
        for (int i = 0; i < SCORE; i++) {
            bits = bits << 8 | array[at + i] & 0xff;
        }
        return score(bits);
    }

    /** Valid until the next use. */
    Bytes of(double score, Bytes member) {
        byte[] array = scratch.atLeast(SCORE + member.length());
        write(array, sortable(score));
        System.arraycopy(member.array(), member.offset(), array, SCORE, member.length());
        return key.set(array, 0, SCORE + member.length());
    }

    /** A key below all members of this score, or, {@code above}, above them; valid until the next use. */
    Bytes bound(double score, boolean above) {
        byte[] array = scratch.atLeast(SCORE);
        write(array, sortable(score) + (above ? 1 : 0));
        return key.set(array, 0, SCORE);
    }

    private static void write(byte[] array, long sortable) {
        long rest = sortable;
        for (int i = SCORE - 1; i >= 0; i--) {
            array[i] = (byte) rest;
            rest >>>= 8;
        }
    }
}
