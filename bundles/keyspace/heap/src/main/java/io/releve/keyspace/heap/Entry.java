package io.releve.keyspace.heap;

import io.releve.bytes.Bytes;
import io.releve.keyspace.Value;
import java.util.Arrays;

/** A key with its value; it is the value's view itself, so finding a key allocates nothing. */
abstract class Entry implements Value {
    /** Object headers, references and numbers of an entry and its key array, and its share of the table. */
    private static final int OVERHEAD = 88;
    private static final int ACCESS_MASK = 0xffffff;

    /** Count of the database it is in. */
    MemoryCount memory;
    byte[] key;
    int hash;
    /** Next entry of the same bucket. */
    Entry next;
    /** Position in the heap of expiring entries, -1 outside. */
    int place = -1;
    /** Milliseconds since the epoch, or {@link Value#NEVER}; changed through {@link ExpiryHeap} only. */
    long expireAt = NEVER;
    private int access;

    Entry(MemoryCount memory, byte[] key, int hash, int access) {
        this.memory = memory;
        this.key = key;
        this.hash = hash;
        this.access = access & ACCESS_MASK;
    }

    /** The same value under another key, with no expiry time. */
    abstract Entry duplicate(byte[] newKey, int newHash);

    /** Bytes of the content. */
    abstract long contentMemory();

    final boolean has(Bytes other, int otherHash) {
        return hash == otherHash && Arrays.equals(key, 0, key.length,
                other.array(), other.offset(), other.offset() + other.length());
    }

    @Override
    public final long expireAt() {
        return expireAt;
    }

    @Override
    public final int access() {
        return access;
    }

    @Override
    public final void access(int clock) {
        access = clock & ACCESS_MASK;
    }

    @Override
    public final long memory() {
        return OVERHEAD + key.length + contentMemory();
    }
}
