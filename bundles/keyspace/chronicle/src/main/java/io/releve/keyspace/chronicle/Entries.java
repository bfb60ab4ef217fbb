package io.releve.keyspace.chronicle;

import io.releve.bytes.Bytes;
import io.releve.keyspace.Keyspace.FullException;
import io.releve.keyspace.Type;
import io.releve.keyspace.Value;
import io.releve.keyspace.chronicle.collection.Keys;
import io.releve.keyspace.chronicle.collection.Structures;
import io.releve.keyspace.chronicle.directory.Directory;
import io.releve.keyspace.chronicle.directory.Entry;
import io.releve.keyspace.chronicle.directory.MappedDirectory;
import io.releve.keyspace.chronicle.directory.Record;
import io.releve.keyspace.chronicle.expiry.Expiry;
import io.releve.keyspace.chronicle.extent.Contents;
import io.releve.keyspace.chronicle.memory.Memory;
import java.io.IOException;
import java.util.Deque;
import java.util.Map;

/**
 * The keys of one database with their records: the directory, the expiry index, and what records refer to. Every change
 * that may fail for want of room leaves everything as it was.
 */
final class Entries implements Keys {
    private static final Type[] TYPES = Type.values();
    /** A small directory with up to this many keys is emptied key by key. */
    private static final int FEW = 4096;
    /** What in a record says that it refers to pages. */
    private static final int REFERRING = Record.PAGED | Record.OUTSIDE;

    private final Storage storage;
    private final Contents contents;
    private final Structures structures;
    private final Garbage garbage;
    private final Expiry expiry;
    /** How many records refer to pages, at most. */
    private long references;
    /** Added to the directory's version, so that another directory has another one. */
    private long versions;
    private volatile MappedDirectory directory;

    Entries(Storage storage, Garbage garbage) {
        this.storage = storage;
        this.garbage = garbage;
        contents = storage.contents();
        structures = storage.structures();
        expiry = new Expiry(storage.pages());
    }

    /** Opens what an earlier run has left. */
    void open(DatabaseState state) throws IOException {
        directory = storage.openDirectory(state.directory());
        references = state.references();
        expiry.open(state.expiry());
    }

    /** Null when nothing was ever stored. */
    DatabaseState state(int index) {
        return directory == null ? null : new DatabaseState(index, directory.state(), references, expiry.state());
    }

    Expiry expiry() {
        return expiry;
    }

    /** Null before the first key is stored. */
    MappedDirectory directory() {
        return directory;
    }

    long size() {
        return directory == null ? 0 : directory.size();
    }

    /** Bytes of the directory in use. Any thread. */
    long directoryBytes() {
        return directory == null ? 0 : directory.usedBytes();
    }

    void details(Map<String, Long> figures) {
        if (directory != null) {
            directory.details(figures);
        }
    }

    /** Makes the directory, so that what fails for want of disk space fails before anything was changed. */
    void prepare() {
        if (directory == null) {
            try {
                directory = storage.newDirectory();
            } catch (IOException e) {
                throw new FullException("OOM command not allowed: no keys can be stored: " + e.getMessage());
            }
        }
    }

    /** So many keys are to be there before long. */
    void expect(long keys) {
        if (directory != null) {
            directory.expect(keys);
        }
    }

    /** This key is about to be put. */
    void expect(Bytes key, KeyStage stage) {
        if (directory != null && key.length() <= Directory.MAX_KEY) {
            directory.expectHash(stage.set(key).hash());
        }
    }

    @Override
    public void changing(long entry) {
        ChronicleSnapshot snapshot = storage.snapshot();
        if (snapshot != null) {
            snapshot.changing(this, entry);
        }
    }

    /** The entry of a key, or 0. */
    long find(Bytes key, KeyStage stage) {
        stage.set(key);
        Directory from = directory;
        return from == null ? 0 : from.find(stage.hash(), stage.array(), stage.offset(), stage.length());
    }

    /** Begins a record for a key: header and, for a long key, its pages; @return its size with such a body */
    int draft(KeyStage stage, Bytes key, long entry, Type type, long expireAt, int access, int body) {
        long draft = storage.draft();
        long record = entry == 0 ? 0 : Entry.record(entry);
        Record.initialize(draft, type.ordinal(), entry == 0 ? access : Record.access(record), expireAt);
        Record.epoch(draft, storage.pages().epoch());
        if (stage.isLong()) {
            if (entry == 0) {
                long pages = contents.allocate(key.length());
                contents.write(pages, 0, key.array(), key.offset(), key.length());
                Record.longKey(draft, pages, key.length());
            } else {
                Record.longKey(draft, Record.keyPages(record), Record.keyLength(record));
            }
            Record.flags(draft, Record.LONG_KEY);
        }
        return Strings.recordSize(stage.length(), Record.prefix(Record.flags(draft)), body);
    }

    /**
     * Stores the draft under a key in the place of {@code entry} (or 0), gives back what that one referred to and
     * corrects the expiry index; @return the new entry
     */
    long store(KeyStage stage, long nativeKey, long entry, int size) {
        if (entry != 0) {
            changing(entry);
        }
        long draft = storage.draft();
        boolean refers = entry != 0 && Record.is(Entry.record(entry), REFERRING);
        long old = storage.replaced();
        if (refers) {
            Memory.copy(Entry.record(entry), old, Math.min(Entry.recordSize(entry), Directory.MAX_RECORD));
        }
        long stored;
        try {
            stored = put(stage, nativeKey, entry, size);
        } catch (FullException e) {
            if (entry == 0 && Record.is(draft, Record.LONG_KEY)) {
                contents.free(Record.keyPages(draft));
            }
            throw e;
        }
        if (refers) {
            release(old);
            references--;
        }
        references += entry == 0 && Record.is(draft, Record.LONG_KEY) ? 1 : 0;
        references += Record.is(draft, REFERRING) ? 1 : 0;
        return stored;
    }

    private long put(KeyStage stage, long nativeKey, long entry, int size) {
        long draft = storage.draft();
        long oldExpireAt = entry == 0 ? Value.NEVER : Record.expireAt(Entry.record(entry));
        long stored = directory.put(stage.hash(), entry, nativeKey, stage.length(), draft, size);
        expiry.change(stage.hash(), oldExpireAt, Record.expireAt(draft));
        return stored;
    }

    /** Gives back what a record refers to, its key excepted; a large collection goes in slices. */
    void release(long record) {
        if (!Record.is(record, REFERRING)) {
            return;
        }
        Type type = TYPES[Record.type(record)];
        if (type == Type.STRING) {
            contents.free(Record.pages(record));
        } else if (Record.isCompact(record)) {
            boolean paged = Record.is(record, Record.PAGED);
            if (Record.is(record, Record.OUTSIDE)) {
                structures.freeOutside(paged ? storage.pages().content(Record.pages(record)) : Record.body(record),
                        Record.length(record));
            }
            if (paged) {
                storage.pages().free(Record.pages(record));
            }
        } else {
            garbage.add(type, Record.pages(record), structures.memory(record));
        }
    }

    /** For views of strings: another content for an entry; @return where it is now */
    long replace(long entry, Bytes content) {
        long pages = Strings.page(contents, content);
        try {
            int size = redraft(entry, Strings.bodyLength(content));
            Strings.write(storage.draft(), Record.LONG_KEY, content, pages);
            KeyStage stage = storage.viewKeys();
            return store(stage, stage.nativeKey(), entry, size);
        } catch (FullException e) {
            if (pages != 0) {
                contents.free(pages);
            }
            throw e;
        }
    }

    @Override
    public long resize(long entry, int body) {
        int size = redraft(entry, body);
        long record = Entry.record(entry);
        Memory.copy(record, storage.draft(), Math.min(Entry.recordSize(entry), size));
        KeyStage stage = storage.viewKeys();
        return put(stage, stage.nativeKey(), entry, size);
    }

    private int redraft(long entry, int body) {
        long record = Entry.record(entry);
        KeyStage stage = storage.viewKeys().setNative(entry);
        int prefix = Record.prefix(Record.flags(record));
        Memory.copy(record, storage.draft(), prefix);
        Record.clear(storage.draft(), REFERRING);
        return Strings.recordSize(stage.length(), prefix, body);
    }

    /** For views of strings: pages that the view will refer to. */
    long newContent(int length) {
        long pages = contents.allocate(length);
        references++;
        return pages;
    }

    /** For views of strings: gives back pages that the view does not refer to any more. */
    void freeContent(long pages) {
        contents.free(pages);
        references--;
    }

    /** For views of strings: bytes of key and value. */
    long memory(long entry) {
        long record = Entry.record(entry);
        return entryMemory(entry) + (Record.is(record, Record.PAGED) ? contents.memory(Record.pages(record)) : 0);
    }

    @Override
    public long entryMemory(long entry) {
        long record = Entry.record(entry);
        return directory.usedBytes(entry)
                + (Record.is(record, Record.LONG_KEY) ? contents.memory(Record.keyPages(record)) : 0);
    }

    @Override
    public long version() {
        return versions + (directory == null ? 0 : directory.version());
    }

    @Override
    public long find(long hash, byte[] array, long offset, int length) {
        return directory == null ? 0 : directory.find(hash, array, offset, length);
    }

    @Override
    public void notePages() {
        references++;
    }

    @Override
    public void remove(long hash, long entry) {
        changing(entry);
        release(Entry.record(entry));
        forget(hash, entry);
    }

    /** Removes an entry whose value has gone elsewhere. */
    void forget(long hash, long entry) {
        changing(entry);
        long record = Entry.record(entry);
        references -= Record.is(record, REFERRING) ? 1 : 0;
        if (Record.is(record, Record.LONG_KEY)) {
            freeContent(Record.keyPages(record));
        }
        expiry.change(hash, Record.expireAt(record), Value.NEVER);
        directory.remove(hash, entry);
    }

    /** Sets the expiry time of the entry just found. */
    void expire(KeyStage stage, long entry, long expireAt) {
        changing(entry);
        long record = Entry.record(entry);
        long oldExpireAt = Record.expireAt(record);
        expiry.ensure(oldExpireAt, expireAt);
        Record.expireAt(record, expireAt);
        expiry.change(stage.hash(), oldExpireAt, expireAt);
    }

    /** Removes everything; the memory comes back later. */
    void clear(KeyStage stage) {
        MappedDirectory old = directory;
        if (old == null || old.size() == 0) {
            return;
        }
        if (!(old.isSmall() && old.size() <= FEW)) {
            try {
                directory = storage.newDirectory();
                versions += old.version() + 1;
                boolean refer = references > 0;
                Deque<Long> expiryNodes = expiry.clear();
                references = 0;
                ChronicleSnapshot snapshot = storage.snapshot();
                if (snapshot == null) {
                    garbage.add(old, refer, expiryNodes, this);
                } else {
                    snapshot.cleared(old, () -> garbage.add(old, refer, expiryNodes, this));
                }
                return;
            } catch (IOException e) {
                // a full disk: what follows needs none
            }
        }
        long[] found = new long[FEW];
        int[] count = {0};
        while (old.size() != 0) {
            count[0] = 0;
            long cursor = 0;
            do {
                cursor = old.scan(cursor, 1, entry -> found[count[0]++] = entry);
            } while (cursor != 0 && count[0] == 0);
            for (int i = 0; i < count[0]; i++) {
                remove(stage.setNative(found[i]).hash(), found[i]);
            }
        }
    }

    /** Gives back what an entry of a directory that is not in use any more refers to. */
    void releaseCleared(long entry) {
        long record = Entry.record(entry);
        release(record);
        if (Record.is(record, Record.LONG_KEY)) {
            contents.free(Record.keyPages(record));
        }
    }

    boolean maintain(long deadline) {
        return directory != null && directory.maintain(deadline);
    }

    void close() {
        if (directory != null) {
            directory.close();
        }
    }
}
