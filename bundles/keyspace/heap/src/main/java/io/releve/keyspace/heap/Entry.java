package io.releve.keyspace.heap;

import io.releve.bytes.Bytes;
import io.releve.keyspace.Keyspace;
import io.releve.keyspace.Value;

/** A key with its value; it is the value's view itself, so finding a key allocates nothing. */
abstract class Entry extends Node implements Value {
    /** Object headers, references and numbers of an entry and its key array, and its share of the table. */
    private static final int OVERHEAD = 88;
    private static final int ARRAY_HEADER = 16;
    private static final int ACCESS_MASK = 0xffffff;
    private static final byte[] NO_KEY = {};

    /** The database it is in, or was made by while it is not {@link #linked}. */
    HeapDatabase database;
    /** Whether it is under a key of {@link #database}; otherwise it is detached, or was removed. */
    boolean linked;
    /** Position in the heap of expiring entries, -1 outside. */
    int place = -1;
    /** Milliseconds since the epoch, or {@link Value#NEVER}; changed through {@link ExpiryHeap} only. */
    long expireAt = NEVER;
    /** Number of the snapshot that it was handed out to last, or which had begun when it came in. */
    int epoch;
    private int access;

    /** A value under no key yet. */
    Entry(HeapDatabase database) {
        super(NO_KEY, 0);
        this.database = database;
    }

    /** The same value under no key, with no expiry time. */
    abstract Entry duplicate();

    /** Bytes of the content. */
    abstract long contentMemory();

    /** Whether it is a collection without elements, whose key goes away. */
    abstract boolean isVoid();

    /** To be called before the content changes. */
    final void beforeChange() {
        database.beforeChange(this);
    }

    /** The content takes this many bytes more. */
    final void grow(long change) {
        if (linked) {
            database.grow(change);
        }
    }

    /** To be called after elements were removed. */
    final void removeIfVoid() {
        if (linked && isVoid()) {
            database.unlink(this);
        }
    }

    /** A copy of bytes to keep. */
    static byte[] kept(Bytes bytes) {
        try {
            return bytes.toByteArray();
        } catch (OutOfMemoryError e) {
            throw full(bytes.length());
        }
    }

    static Keyspace.FullException full(long size) {
        return new Keyspace.FullException("The Java heap has no room for " + size + " bytes");
    }

    /** Bytes an array takes, header and alignment included. */
    static long memory(byte[] array) {
        return ARRAY_HEADER + (array.length + 7L & ~7L);
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
