package io.releve.keyspace.chronicle.collection;

import io.releve.bytes.Bytes;
import io.releve.keyspace.Keyspace.FullException;
import io.releve.keyspace.Type;
import io.releve.keyspace.Value;
import io.releve.keyspace.chronicle.directory.Directory;
import io.releve.keyspace.chronicle.directory.Entry;
import io.releve.keyspace.chronicle.directory.Record;
import io.releve.keyspace.chronicle.memory.Memory;

/**
 * Where the record of a collection is: in a directory, found again when entries have moved, or by itself while the
 * collection has no key.
 */
public final class Home {
    private static final int FIRST_KEY = 64;
    /** Smallest body: a reference. */
    private static final int MIN_BODY = 8;

    private Keys keys;
    private byte[] key = new byte[FIRST_KEY];
    private int keyLength;
    private long hash;
    private long version;
    private long entry;
    private long record;
    private long own;

    Home() {
    }

    /** Moves to the entry of a key. */
    void set(Keys newKeys, Bytes directoryKey, long keyHash, long newEntry) {
        keys = newKeys;
        keyLength = directoryKey.length();
        if (key.length < keyLength) {
            key = new byte[Directory.MAX_KEY];
        }
        System.arraycopy(directoryKey.array(), directoryKey.offset(), key, 0, keyLength);
        hash = keyHash;
        at(newEntry);
    }

    /** Moves to an entry for as long as the directory does not change. */
    void set(Keys newKeys, long newEntry) {
        keys = newKeys;
        keyLength = 0;
        at(newEntry);
    }

    private void at(long newEntry) {
        entry = newEntry;
        record = newEntry == 0 ? 0 : Entry.record(newEntry);
        version = keys.version();
    }

    /** Makes a record of its own. */
    void detach(Type type) {
        keys = null;
        if (own == 0) {
            own = Memory.allocate(Directory.MAX_RECORD);
        }
        record = own;
        Record.initialize(record, type.ordinal(), 0, Value.NEVER);
    }

    /** Moves to a record that is in no directory. */
    void show(long newRecord) {
        keys = null;
        record = newRecord;
    }

    /** The value is about to be changed. */
    void changing() {
        if (keys != null && record() != 0) {
            keys.changing(entry);
        }
    }

    /** There is nothing here any more. */
    void leave() {
        keys = null;
        record = 0;
    }

    /** The record, or 0 when the key is gone. Valid until something is put. */
    long record() {
        if (keys != null && version != keys.version()) {
            at(keys.find(hash, key, Memory.ARRAY, keyLength));
        }
        return record;
    }

    /** Whether the collection has no key. */
    boolean isDetached() {
        return keys == null;
    }

    /** Bytes that the body can take. */
    int capacity() {
        int size = keys == null ? Directory.MAX_RECORD : Entry.recordSize(entry);
        return size - Record.prefix(Record.flags(record));
    }

    /** Gives the record a body of at least this size, keeping what fits; @return the record */
    long resize(int body) {
        if (keys != null) {
            at(keys.resize(entry, body));
        }
        return record;
    }

    /** Gives back the body that a record with a reference does not need, if that is possible. */
    void shrink() {
        try {
            resize(MIN_BODY);
        } catch (FullException e) {
            // it stays as large as it is
        }
    }

    void notePages() {
        if (keys != null) {
            keys.notePages();
        }
    }

    /** Removes the key of a collection that became empty. */
    void remove() {
        if (keys != null) {
            long victim = entry;
            record = 0;
            entry = 0;
            keys.remove(hash, victim);
            version = keys.version();
        }
    }

    long memory() {
        return keys == null ? Directory.MAX_RECORD : keys.entryMemory(entry);
    }

    void close() {
        if (own != 0) {
            Memory.free(own);
            own = 0;
        }
    }
}
