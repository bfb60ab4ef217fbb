package io.releve.format.rdb.discard;

import io.releve.bytes.Bytes;
import io.releve.keyspace.Database;
import io.releve.keyspace.Type;
import io.releve.keyspace.Value;
import java.util.random.RandomGenerator;

/**
 * Makes values that take elements, know which they have, and are thrown away. Nothing can be put under a key; what a
 * reader of values does not need throws {@link UnsupportedOperationException}.
 */
public final class DiscardingDatabase implements Database {
    @Override
    public Value detached(Type type) {
        return switch (type) {
            case LIST -> new DiscardedList();
            case SET -> new DiscardedSet();
            case SORTED_SET -> new DiscardedSortedSet();
            case HASH -> new DiscardedHash();
            case STREAM -> new DiscardedStream();
            default -> throw Discarded.unsupported();
        };
    }

    @Override
    public int index() {
        return 0;
    }

    @Override
    public long size() {
        return 0;
    }

    @Override
    public long expires() {
        return 0;
    }

    @Override
    public long averageTtl(long now) {
        return 0;
    }

    @Override
    public Value find(Bytes key) {
        return null;
    }

    @Override
    public void putString(Bytes key, Bytes content, long expireAt, int access) {
        throw Discarded.unsupported();
    }

    @Override
    public Value create(Bytes key, Type type, int access) {
        throw Discarded.unsupported();
    }

    @Override
    public boolean remove(Bytes key) {
        return false;
    }

    @Override
    public boolean expire(Bytes key, long expireAt) {
        return false;
    }

    @Override
    public boolean move(Bytes key, Database target, Bytes newKey) {
        return false;
    }

    @Override
    public boolean copy(Bytes key, Database target, Bytes newKey) {
        return false;
    }

    @Override
    public long scan(long cursor, int count, KeyVisitor visitor) {
        return 0;
    }

    @Override
    public boolean randomKey(RandomGenerator random, Bytes key) {
        return false;
    }

    @Override
    public boolean randomVolatileKey(RandomGenerator random, Bytes key) {
        return false;
    }

    @Override
    public boolean firstExpired(long now, Bytes key) {
        return false;
    }

    @Override
    public long nextExpiry() {
        return Value.NEVER;
    }

    @Override
    public void clear() {
        // There is nothing.
    }
}
