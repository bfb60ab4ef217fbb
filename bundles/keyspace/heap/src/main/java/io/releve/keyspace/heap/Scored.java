package io.releve.keyspace.heap;

import io.releve.bytes.Bytes;
import java.util.Arrays;

/** A member of a sorted set: in the table by name, in the skip list by score and name. */
final class Scored extends Node {
    /** The object, its two arrays and its share of the table. */
    private static final int OVERHEAD = 112;

    double score;
    /** The next on every level it takes part in. */
    final Scored[] after;
    /** How many ranks each of those is away. */
    final int[] spans;
    /** The one before it on the lowest level, or null. */
    Scored before;

    Scored(byte[] key, int hash, double score, int levels) {
        super(key, hash);
        this.score = score;
        after = new Scored[levels];
        spans = new int[levels];
    }

    /** Whether it comes before a member of this score and name. */
    boolean isBefore(double otherScore, byte[] name, int from, int length) {
        return score < otherScore
                || score == otherScore && Arrays.compareUnsigned(key, 0, key.length, name, from, from + length) < 0;
    }

    Bytes show(Bytes view) {
        return view.set(key, 0, key.length);
    }

    long memory() {
        return OVERHEAD + Entry.memory(key);
    }
}
