package io.releve.format.rdb.discard;

import io.releve.bytes.Bytes;
import io.releve.keyspace.Value;
import java.util.HashSet;
import java.util.Set;

/** What all values that are thrown away have in common. */
abstract class Discarded implements Value {
    private final Set<Bytes> elements = new HashSet<>();

    static UnsupportedOperationException unsupported() {
        return new UnsupportedOperationException("The value is only checked");
    }

    /** Whether this is the first element of that name. */
    final boolean isNew(Bytes name) {
        return elements.add(name.copy());
    }

    final boolean has(Bytes name) {
        return elements.contains(name);
    }

    public final long size() {
        return elements.size();
    }

    public final boolean remove(Bytes name) {
        return elements.remove(name);
    }

    @Override
    public final String encoding() {
        return "none";
    }

    @Override
    public final long expireAt() {
        return NEVER;
    }

    @Override
    public final int access() {
        return 0;
    }

    @Override
    public final void access(int clock) {
        // Nobody asks.
    }

    @Override
    public final long memory() {
        return 0;
    }
}
