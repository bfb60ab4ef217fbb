package io.releve.keyspace.chronicle;

import io.releve.bytes.Bytes;
import io.releve.keyspace.Database;
import io.releve.keyspace.Keyspace.FullException;
import io.releve.keyspace.Type;
import io.releve.keyspace.Value;
import io.releve.keyspace.chronicle.directory.Directory;
import io.releve.keyspace.chronicle.directory.Entry;
import io.releve.keyspace.chronicle.directory.MappedDirectory;
import io.releve.keyspace.chronicle.directory.Record;
import io.releve.keyspace.chronicle.expiry.Expiry;
import io.releve.keyspace.chronicle.extent.Contents;
import io.releve.keyspace.chronicle.memory.Memory;
import java.io.IOException;
import java.util.Map;
import java.util.random.RandomGenerator;

/** One database: a directory, made when the first key is stored, the expiry index, and contents in shared pages. */
final class ChronicleDatabase implements Database {
    /** Views handed out in turn: a command may compare two values. */
    private static final int VIEWS = 4;
    /** A small directory with up to this many keys is emptied key by key. */
    private static final int FEW = 4096;

    private final Storage storage;
    private final Contents contents;
    private final Expiry expiry;
    private final KeyStage keys;
    private final KeyStage otherKeys;
    private final KeyReader keyReader;
    private final Garbage garbage;
    private final StoredString[] views = new StoredString[VIEWS];
    private final StoredString scanView;
    private final Bytes scanKey = new Bytes();
    private int nextView;
    private int index;
    private long references;
    private volatile MappedDirectory directory;

    ChronicleDatabase(int index, Storage storage, Garbage garbage) {
        this.index = index;
        this.storage = storage;
        this.garbage = garbage;
        contents = storage.contents();
        expiry = new Expiry(storage.pages());
        keys = storage.newKeyStage();
        otherKeys = storage.newKeyStage();
        keyReader = new KeyReader(contents);
        for (int i = 0; i < VIEWS; i++) {
            views[i] = new StoredString(this, contents);
        }
        scanView = new StoredString(this, contents);
    }

    /** Opens what an earlier run has left. */
    void open(DatabaseState state) throws IOException {
        directory = storage.openDirectory(state.directory());
        references = state.references();
        expiry.open(state.expiry());
    }

    /** Null when nothing was ever stored. */
    DatabaseState state() {
        return directory == null ? null : new DatabaseState(index, directory.state(), references, expiry.state());
    }

    @Override
    public int index() {
        return index;
    }

    void index(int newIndex) {
        index = newIndex;
    }

    @Override
    public long size() {
        return directory == null ? 0 : directory.size();
    }

    @Override
    public long expires() {
        return expiry.size();
    }

    @Override
    public long averageTtl(long now) {
        return expiry.averageTtl(now);
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

    private long entryOf(Bytes key, KeyStage stage) {
        stage.set(key);
        Directory from = directory;
        return from == null ? 0 : from.find(stage.hash(), stage.array(), stage.offset(), stage.length());
    }

    @Override
    public Value find(Bytes key) {
        long entry = entryOf(key, keys);
        return entry == 0 ? null : views[nextView++ & VIEWS - 1].set(entry);
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

    @Override
    public void putString(Bytes key, Bytes content, long expireAt, int access) {
        prepare();
        long entry = entryOf(key, keys);
        long oldExpireAt = entry == 0 ? Value.NEVER : Record.expireAt(Entry.record(entry));
        expiry.ensure(oldExpireAt, expireAt);
        if (entry != 0 && Strings.overwrite(contents, entry, content)) {
            Record.expireAt(Entry.record(entry), expireAt);
            expiry.change(keys.hash(), oldExpireAt, expireAt);
            return;
        }
        long pages = Strings.page(contents, content);
        int size;
        try {
            size = draft(keys, key, entry, expireAt, access, Strings.bodyLength(content));
            Strings.write(storage.draft(), Record.LONG_KEY, content, pages);
            store(keys, keys.copy(), entry, size);
        } catch (FullException e) {
            release(pages);
            throw e;
        }
        references += pages == 0 ? 0 : 1;
    }

    /** Begins a record for a key: header and, for a long key, its pages; @return its size */
    private int draft(KeyStage stage, Bytes key, long entry, long expireAt, int access, int body) {
        long draft = storage.draft();
        long record = entry == 0 ? 0 : Entry.record(entry);
        Record.initialize(draft, Type.STRING.ordinal(), entry == 0 ? access : Record.access(record), expireAt);
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
     * Stores the draft under a key in the place of {@code entry} (or 0), whose content is given back, and corrects the
     * expiry index; @return the new entry
     */
    private long store(KeyStage stage, long nativeKey, long entry, int size) {
        long draft = storage.draft();
        long oldContent = entry == 0 ? 0 : Strings.contentPages(Entry.record(entry));
        long oldExpireAt = entry == 0 ? Value.NEVER : Record.expireAt(Entry.record(entry));
        long stored;
        try {
            stored = directory.put(stage.hash(), nativeKey, stage.length(), draft, size);
        } catch (FullException e) {
            if (entry == 0 && Record.is(draft, Record.LONG_KEY)) {
                contents.free(Record.keyPages(draft));
            }
            throw e;
        }
        if (oldContent != 0 && oldContent != Strings.contentPages(draft)) {
            freeContent(oldContent);
        }
        references += entry == 0 && Record.is(draft, Record.LONG_KEY) ? 1 : 0;
        expiry.change(stage.hash(), oldExpireAt, Record.expireAt(draft));
        return stored;
    }

    private void release(long pages) {
        if (pages != 0) {
            contents.free(pages);
        }
    }

    /** For views: another content for an entry; @return where it is now */
    long replace(long entry, Bytes content) {
        long pages = Strings.page(contents, content);
        try {
            int size = redraft(entry, Strings.bodyLength(content));
            Strings.write(storage.draft(), Record.LONG_KEY, content, pages);
            KeyStage stage = storage.viewKeys();
            long stored = store(stage, stage.nativeKey(), entry, size);
            references += pages == 0 ? 0 : 1;
            return stored;
        } catch (FullException e) {
            release(pages);
            throw e;
        }
    }

    /** For views: the same content in a larger body; @return where it is now */
    long widen(long entry, int body) {
        int size = redraft(entry, body);
        long record = Entry.record(entry);
        Memory.copy(record, storage.draft(), Entry.recordSize(entry));
        KeyStage stage = storage.viewKeys();
        return store(stage, stage.nativeKey(), entry, size);
    }

    private int redraft(long entry, int body) {
        long record = Entry.record(entry);
        KeyStage stage = storage.viewKeys().setNative(entry);
        int prefix = Record.prefix(Record.flags(record));
        Memory.copy(record, storage.draft(), prefix);
        return Strings.recordSize(stage.length(), prefix, body);
    }

    /** For views: pages that the view will refer to. */
    long newContent(int length) {
        long pages = contents.allocate(length);
        references++;
        return pages;
    }

    void freeContent(long pages) {
        contents.free(pages);
        references--;
    }

    long memory(long entry) {
        long record = Entry.record(entry);
        long pages = Strings.contentPages(record);
        return directory.usedBytes(entry) + (pages == 0 ? 0 : contents.memory(pages))
                + (Record.is(record, Record.LONG_KEY) ? contents.memory(Record.keyPages(record)) : 0);
    }

    @Override
    public Value create(Bytes key, Type type, int access) {
        if (type != Type.STRING) {
            throw new UnsupportedOperationException("The keyspace chronicle has no values of type " + type.redisName());
        }
        putString(key, new Bytes(), Value.NEVER, access);
        return find(key);
    }

    @Override
    public boolean remove(Bytes key) {
        long entry = entryOf(key, keys);
        if (entry == 0) {
            return false;
        }
        remove(keys.hash(), entry, true);
        return true;
    }

    private void remove(long hash, long entry, boolean withContent) {
        long record = Entry.record(entry);
        long pages = Strings.contentPages(record);
        if (pages != 0 && withContent) {
            contents.free(pages);
        }
        references -= pages == 0 ? 0 : 1;
        if (Record.is(record, Record.LONG_KEY)) {
            freeContent(Record.keyPages(record));
        }
        expiry.change(hash, Record.expireAt(record), Value.NEVER);
        directory.remove(hash, entry);
    }

    @Override
    public boolean expire(Bytes key, long expireAt) {
        long entry = entryOf(key, keys);
        if (entry == 0) {
            return false;
        }
        long record = Entry.record(entry);
        long oldExpireAt = Record.expireAt(record);
        expiry.ensure(oldExpireAt, expireAt);
        Record.expireAt(record, expireAt);
        expiry.change(keys.hash(), oldExpireAt, expireAt);
        return true;
    }

    @Override
    public boolean move(Bytes key, Database target, Bytes newKey) {
        return transfer(key, (ChronicleDatabase) target, newKey, false);
    }

    @Override
    public boolean copy(Bytes key, Database target, Bytes newKey) {
        return transfer(key, (ChronicleDatabase) target, newKey, true);
    }

    private boolean transfer(Bytes key, ChronicleDatabase target, Bytes newKey, boolean isCopy) {
        long entry = entryOf(key, keys);
        if (entry == 0) {
            return false;
        }
        if (target == this && key.equals(newKey)) {
            return true;
        }
        target.receive(newKey, entry, isCopy);
        if (!isCopy) {
            // the entry may have moved when the other one was stored
            remove(keys.set(key).hash(), entryOf(key, keys), false);
        }
        return true;
    }

    /** Stores another key's record, with its content or a copy of it. */
    private void receive(Bytes key, long source, boolean isCopy) {
        prepare();
        long record = Entry.record(source);
        long expireAt = Record.expireAt(record);
        expiry.ensure(Value.NEVER, expireAt);
        long pages = Strings.contentPages(record);
        long ownPages = pages != 0 && isCopy ? contents.copy(pages, Record.length(record)) : pages;
        try {
            long entry = entryOf(key, otherKeys);
            boolean isText = pages == 0 && Record.encoding(record) == Record.TEXT;
            int body = isText ? Record.length(record) : Strings.MIN_BODY;
            int size = draft(otherKeys, key, entry, expireAt, 0, body);
            long draft = storage.draft();
            Record.access(draft, Record.access(record));
            Record.encoding(draft, Record.encoding(record));
            Record.length(draft, Record.length(record));
            Record.flags(draft, Record.flags(draft) | Record.flags(record) & (Record.RAW | Record.PAGED));
            Memory.copy(Record.body(record), Record.body(draft), body);
            if (pages != 0) {
                Memory.putLong(Record.body(draft), ownPages);
            }
            store(otherKeys, otherKeys.copy(), entry, size);
            references += pages == 0 ? 0 : 1;
        } catch (FullException e) {
            if (ownPages != pages) {
                contents.free(ownPages);
            }
            throw e;
        }
    }

    @Override
    public long scan(long cursor, int count, KeyVisitor visitor) {
        Directory from = directory;
        return from == null ? 0 : from.scan(cursor, count, entry -> {
            keyReader.read(entry, scanKey);
            visitor.key(scanKey, scanView.set(entry));
        });
    }

    @Override
    public boolean randomKey(RandomGenerator random, Bytes key) {
        long entry = directory == null ? 0 : directory.random(random);
        if (entry != 0) {
            keyReader.read(entry, key);
        }
        return entry != 0;
    }

    @Override
    public boolean randomVolatileKey(RandomGenerator random, Bytes key) {
        while (expiry.size() != 0) {
            long time = expiry.at(random.nextLong(expiry.size()));
            if (indexed(time, key)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean firstExpired(long now, Bytes key) {
        while (expiry.size() != 0) {
            long time = expiry.at(0);
            if (time > now) {
                return false;
            }
            if (indexed(time, key)) {
                return true;
            }
        }
        return false;
    }

    /** The key of the pair just found in the expiry index. A pair without a key goes. */
    private boolean indexed(long time, Bytes key) {
        long hash = expiry.hash();
        long entry = directory.find(hash, time);
        if (entry == 0) {
            expiry.change(hash, time, Value.NEVER);
            return false;
        }
        keyReader.read(entry, key);
        return true;
    }

    @Override
    public long nextExpiry() {
        return expiry.size() == 0 ? Value.NEVER : expiry.at(0);
    }

    @Override
    public void clear() {
        MappedDirectory old = directory;
        if (old == null || old.size() == 0) {
            return;
        }
        if (!(old.isSmall() && old.size() <= FEW)) {
            try {
                directory = storage.newDirectory();
                garbage.add(old, references != 0, expiry.clear());
                references = 0;
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
                remove(keys.setNative(found[i]).hash(), found[i], true);
            }
        }
    }

    boolean maintain(long deadline) {
        return directory != null && directory.maintain(deadline);
    }

    void close() {
        if (directory != null) {
            directory.close();
        }
        keys.close();
        otherKeys.close();
    }

    /** Also removes the files. */
    void destroy() {
        if (directory != null) {
            directory.destroy();
            directory = null;
        }
        close();
    }
}
