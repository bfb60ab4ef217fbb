package io.releve.keyspace.chronicle.directory;

import java.util.Map;
import java.util.function.LongConsumer;
import java.util.random.RandomGenerator;

/**
 * From keys to records. An entry is given by its address and read with {@link Entry} and {@link Record}; it is valid
 * until something is put or {@link #maintain} runs. One thread at a time.
 */
public interface Directory {
    /** Longest key in bytes. */
    int MAX_KEY = 512;

    /** Longest record in bytes. */
    int MAX_RECORD = 256;

    long size();

    /** A number that is another one when an entry may have moved or gone. */
    long version();

    /** Bytes in use by entries, the share of slots and bit sets included. Any thread. */
    long usedBytes();

    /** Bytes in use by one entry. */
    int usedBytes(long entry);

    /** The entry of a key, or 0; {@code offset} counts from the array's first byte as {@code Unsafe} does. */
    long find(long hash, byte[] base, long offset, int length);

    /** The entry with this hash and this expiry time, or 0. */
    long find(long hash, long expireAt);

    /**
     * Inserts or replaces.
     *
     * @param old the entry of the key, or 0
     * @param key address of the key, outside this directory
     * @param record address of the new record, outside this directory
     * @return the new entry
     * @throws io.releve.keyspace.Keyspace.FullException when there is no room; nothing was changed
     */
    long put(long hash, long old, long key, int keyLength, long record, int recordSize);

    void remove(long hash, long entry);

    /** One step of SCAN; see {@link io.releve.keyspace.Database#scan}. */
    long scan(long cursor, int count, LongConsumer visitor);

    /** An entry chosen at random, or 0 when there is none. */
    long random(RandomGenerator random);

    /** Does pending work until the deadline of {@link System#nanoTime}; @return whether more can be done at once */
    boolean maintain(long deadline);

    /** Adds figures for INFO. Any thread. */
    void details(Map<String, Long> figures);

    /** Releases the memory; the files stay. */
    void close();
}
