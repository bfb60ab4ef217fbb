package io.releve.keyspace.chronicle.collection;

import io.releve.keyspace.chronicle.memory.Memory;

/** The keys of a database, as the views of their values need them. */
public interface Keys {
    /** A number that is another one when an entry may have moved or gone. */
    long version();

    /** The entry of a key, or 0; {@code offset} counts as in {@link Memory}. */
    long find(long hash, byte[] array, long offset, int length);

    /**
     * Gives an entry's record a body for at least this many bytes and copies what fits; @return the new entry
     *
     * @throws io.releve.keyspace.Keyspace.FullException when there is no room; nothing was changed
     */
    long resize(long entry, int body);

    /** The value of an entry is about to be changed: a snapshot may need it as it is. */
    void changing(long entry);

    /** Removes a key with all that it has. */
    void remove(long hash, long entry);

    /** Bytes of an entry, key in pages included, content in pages not. */
    long entryMemory(long entry);

    /** A record refers to pages from now on. */
    void notePages();
}
