package io.releve.format.rdb.discard;

import io.releve.bytes.Bytes;
import io.releve.keyspace.SortedSetValue;
import java.util.random.RandomGenerator;

/** Knows its members. */
final class DiscardedSortedSet extends Discarded implements SortedSetValue {
    @Override
    public boolean put(Bytes member, double score) {
        return isNew(member);
    }

    @Override
    public double score(Bytes member) {
        throw unsupported();
    }

    @Override
    public long rank(Bytes member) {
        throw unsupported();
    }

    @Override
    public long rank(double score, boolean inclusive) {
        throw unsupported();
    }

    @Override
    public long rank(Bytes member, boolean inclusive) {
        throw unsupported();
    }

    @Override
    public void visit(long rank, boolean upwards, ScoreVisitor visitor) {
        throw unsupported();
    }

    @Override
    public void remove(long rank, long count) {
        throw unsupported();
    }

    @Override
    public long scan(long cursor, int count, ScoreVisitor visitor) {
        throw unsupported();
    }

    @Override
    public double random(RandomGenerator random, Bytes member) {
        throw unsupported();
    }
}
