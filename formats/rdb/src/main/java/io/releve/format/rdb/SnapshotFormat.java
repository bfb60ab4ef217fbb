package io.releve.format.rdb;

import io.releve.bytes.Bytes;
import io.releve.keyspace.Value;

/** How a {@link SnapshotStream} writes. What is written goes to a sink, at the latest with {@link #flush}. */
public interface SnapshotFormat {
    /** Writes what stands before all keys. */
    void begin();

    /** The keys that follow are of this database. @param keys and @param expiring how many it has, a hint */
    void database(int index, long keys, long expiring);

    /**
     * Writes a key.
     *
     * @param idle seconds, or -1
     * @param frequency or -1
     */
    void key(Bytes key, Value value, long idle, int frequency);

    /** Writes what another instance has written: databases and keys. */
    void raw(byte[] bytes, int from, int length);

    /** Writes what stands behind all keys, and flushes. */
    void end();

    void flush();

    /** Bytes written so far. */
    long position();
}
