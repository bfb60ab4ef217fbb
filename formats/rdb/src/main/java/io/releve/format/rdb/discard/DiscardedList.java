package io.releve.format.rdb.discard;

import io.releve.bytes.Bytes;
import io.releve.keyspace.ListValue;

/** Counts elements. */
final class DiscardedList extends Discarded implements ListValue {
    private long length;

    @Override
    public long length() {
        return length;
    }

    @Override
    public void addFirst(Bytes element) {
        length++;
    }

    @Override
    public void addLast(Bytes element) {
        length++;
    }

    @Override
    public boolean get(long index, Bytes target) {
        throw unsupported();
    }

    @Override
    public void set(long index, Bytes element) {
        throw unsupported();
    }

    @Override
    public void insert(long index, Bytes element) {
        throw unsupported();
    }

    @Override
    public void remove(long index, long count) {
        throw unsupported();
    }

    @Override
    public void visit(long index, boolean forward, ElementVisitor visitor) {
        throw unsupported();
    }
}
