package io.releve.keyspace.chronicle;

import io.releve.bytes.Bytes;
import io.releve.keyspace.chronicle.directory.Directory;
import io.releve.keyspace.chronicle.directory.Entry;
import io.releve.keyspace.chronicle.directory.Record;
import io.releve.keyspace.chronicle.extent.Contents;
import io.releve.keyspace.chronicle.memory.Memory;

/** Brings keys back onto the heap. */
final class KeyReader {
    private final Contents contents;
    private final byte[] shortKey = new byte[Directory.MAX_KEY];

    KeyReader(Contents contents) {
        this.contents = contents;
    }

    /**
     * Moves {@code key} onto a copy of the entry's key, valid until the next call; a long key is an array of its own.
     */
    void read(long entry, Bytes key) {
        long record = Entry.record(entry);
        if (Record.is(record, Record.LONG_KEY)) {
            byte[] longKey = new byte[Record.keyLength(record)];
            contents.read(Record.keyPages(record), 0, longKey, 0, longKey.length);
            key.set(longKey, 0, longKey.length);
        } else {
            int length = Entry.keyLength(entry);
            Memory.copy(Entry.key(entry), shortKey, 0, length);
            key.set(shortKey, 0, length);
        }
    }
}
