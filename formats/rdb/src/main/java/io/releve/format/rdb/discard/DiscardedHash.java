package io.releve.format.rdb.discard;

import io.releve.bytes.Bytes;
import io.releve.keyspace.HashValue;
import java.util.random.RandomGenerator;

/** Knows its fields. */
final class DiscardedHash extends Discarded implements HashValue {
    @Override
    public boolean get(Bytes field, Bytes target) {
        throw unsupported();
    }

    @Override
    public boolean put(Bytes field, Bytes value) {
        return isNew(field);
    }

    @Override
    public void visit(PairVisitor visitor) {
        throw unsupported();
    }

    @Override
    public long scan(long cursor, int count, PairVisitor visitor) {
        throw unsupported();
    }

    @Override
    public void random(RandomGenerator random, Bytes field, Bytes value) {
        throw unsupported();
    }
}
