package io.releve.format.rdb.discard;

import io.releve.bytes.Bytes;
import io.releve.keyspace.SetValue;
import java.util.random.RandomGenerator;

/** Knows its members. */
final class DiscardedSet extends Discarded implements SetValue {
    @Override
    public boolean contains(Bytes member) {
        return has(member);
    }

    @Override
    public boolean add(Bytes member) {
        return isNew(member);
    }

    @Override
    public void visit(MemberVisitor visitor) {
        throw unsupported();
    }

    @Override
    public long scan(long cursor, int count, MemberVisitor visitor) {
        throw unsupported();
    }

    @Override
    public void random(RandomGenerator random, Bytes member) {
        throw unsupported();
    }
}
