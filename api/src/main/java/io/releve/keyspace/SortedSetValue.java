package io.releve.keyspace;

import io.releve.bytes.Bytes;
import java.util.random.RandomGenerator;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A sorted set: distinct members ordered by score, then by the members' bytes, unsigned. Ranks count from the lowest, 0
 * to {@code size() - 1}. An emptied set deletes its key.
 */
@ConsumerType
public interface SortedSetValue extends Value {
    @Override
    default Type type() {
        return Type.SORTED_SET;
    }

    long size();

    /** The member's score, or NaN when it is not there. */
    double score(Bytes member);

    /** Sets a member's score and returns whether the member is new. */
    boolean put(Bytes member, double score);

    boolean remove(Bytes member);

    /** The member's rank, or -1. */
    long rank(Bytes member);

    /** Number of members with a score below {@code score} (or not above it, when {@code inclusive}). */
    long rank(double score, boolean inclusive);

    /** Number of members before {@code member} in byte order (or up to it); only where all scores are equal. */
    long rank(Bytes member, boolean inclusive);

    /** Walks from a rank, upwards or downwards, until the visitor returns false or the set ends. */
    void visit(long rank, boolean upwards, ScoreVisitor visitor);

    /** Removes {@code count} members from a rank on. */
    void remove(long rank, long count);

    /** One step of ZSCAN: returns the next cursor, 0 at the end. Guarantees as redis.io, SCAN. */
    long scan(long cursor, int count, ScoreVisitor visitor);

    /** Moves {@code member} onto a member chosen uniformly and returns its score. */
    double random(RandomGenerator random, Bytes member);

    /** Receives members; the view is valid during the call. */
    @FunctionalInterface
    @ConsumerType
    interface ScoreVisitor {
        /** Returns whether to go on; {@code scan} ignores it. */
        boolean member(Bytes member, double score);
    }
}
