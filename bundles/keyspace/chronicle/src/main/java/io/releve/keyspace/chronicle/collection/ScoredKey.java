package io.releve.keyspace.chronicle.collection;

import io.releve.bytes.Bytes;
import io.releve.keyspace.chronicle.memory.Memory;
import io.releve.keyspace.chronicle.memory.ScoreOrder;
import io.releve.keyspace.chronicle.memory.Scratch;

/**
 * A score and a member as one string whose byte order, unsigned, is the order of a sorted set: the bits of the score,
 * made so that they ascend, big-endian; then the member. For the sign of zero see {@link ScoreOrder}.
 */
final class ScoredKey {
    static final int SCORE = ScoreOrder.SCORE;

    private final Scratch scratch = new Scratch();
    private final Bytes key = new Bytes();

    static long sortable(double score) {
        long bits = Double.doubleToRawLongBits(score);
        return bits ^ (bits >> 63 | Long.MIN_VALUE);
    }

    static double score(long sortable) {
        return Double.longBitsToDouble(sortable ^ (~sortable >> 63 | Long.MIN_VALUE));
    }

    /** The score at the beginning of a key. */
    static double score(byte[] array, int at) {
        return score(sortable(array, at));
    }

    private static long sortable(byte[] array, int at) {
        return Long.reverseBytes(Memory.getLong(array, Memory.ARRAY + at));
    }

    /** The bits at the beginning of a key. */
    static long sortable(Bytes scoredKey) {
        return sortable(scoredKey.array(), scoredKey.offset());
    }

    /** Moves {@code member} onto the member in a scored key; @return the score */
    static double split(Bytes scoredKey, Bytes member) {
        member.set(scoredKey.array(), scoredKey.offset() + SCORE, scoredKey.length() - SCORE);
        return score(scoredKey.array(), scoredKey.offset());
    }

    /** The key to look for a member; valid until the next use. */
    Bytes place(double score, Bytes member) {
        return of(unsigned(score), member);
    }

    private static double unsigned(double score) {
        return score == 0 ? 0 : score;
    }

    /** The key as it is kept; valid until the next use. */
    Bytes of(double score, Bytes member) {
        byte[] array = scratch.atLeast(SCORE + member.length());
        write(array, sortable(score));
        System.arraycopy(member.array(), member.offset(), array, SCORE, member.length());
        return key.set(array, 0, SCORE + member.length());
    }

    /** A key below all members of this score, or, {@code above}, above them, to be looked for; valid until the next use. */
    Bytes bound(double score, boolean above) {
        byte[] array = scratch.atLeast(SCORE);
        write(array, sortable(unsigned(score)) + (above ? 1 : 0));
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
