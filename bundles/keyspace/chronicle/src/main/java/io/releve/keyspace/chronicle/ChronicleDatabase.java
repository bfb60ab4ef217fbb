package io.releve.keyspace.chronicle;

import io.releve.bytes.Bytes;
import io.releve.keyspace.Database;
import io.releve.keyspace.Keyspace.FullException;
import io.releve.keyspace.Type;
import io.releve.keyspace.Value;
import io.releve.keyspace.chronicle.collection.CollectionView;
import io.releve.keyspace.chronicle.directory.Directory;
import io.releve.keyspace.chronicle.directory.Entry;
import io.releve.keyspace.chronicle.directory.Record;
import io.releve.keyspace.chronicle.expiry.Expiry;
import io.releve.keyspace.chronicle.extent.Contents;
import java.io.IOException;
import java.util.Map;
import java.util.random.RandomGenerator;

/** One database: entries, and the views of their values. */
final class ChronicleDatabase implements Database {
    /** Views of strings handed out in turn: a command may compare two values. */
    private static final int VIEWS = 4;
    private static final int STRING = Type.STRING.ordinal();

    private final Storage storage;
    private final Contents contents;
    private final RecordCopies copies;
    private final Entries entries;
    private final Expiry expiry;
    private final KeyStage keys;
    private final KeyStage otherKeys;
    private final KeyReader keyReader;
    private final StoredString[] views = new StoredString[VIEWS];
    private final StoredString scanView;
    private final Bytes scanKey = new Bytes();
    private int nextView;
    private int index;
    /** Null when nothing is being loaded. */
    private StringBatch loading;

    ChronicleDatabase(int index, Storage storage, Garbage garbage) {
        this.index = index;
        this.storage = storage;
        contents = storage.contents();
        copies = new RecordCopies(storage);
        entries = new Entries(storage, garbage);
        expiry = entries.expiry();
        keys = storage.newKeyStage();
        otherKeys = storage.newKeyStage();
        keyReader = new KeyReader(contents);
        for (int i = 0; i < VIEWS; i++) {
            views[i] = new StoredString(entries, contents);
        }
        scanView = new StoredString(entries, contents);
    }

    /** Opens what an earlier run has left. */
    void open(DatabaseState state) throws IOException {
        entries.open(state);
    }

    /** Null when nothing was ever stored. */
    DatabaseState state() {
        return entries.state(index);
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
        return entries.size();
    }

    @Override
    public void expect(long keys) {
        entries.expect(keys);
    }

    @Override
    public void expect(Bytes key) {
        entries.expect(key, otherKeys);
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
        return entries.directoryBytes();
    }

    Entries entries() {
        return entries;
    }

    void details(Map<String, Long> figures) {
        entries.details(figures);
    }

    void prepare() {
        entries.prepare();
    }

    @Override
    public Value find(Bytes key) {
        long entry = entries.find(key, keys);
        if (entry == 0) {
            return null;
        }
        int type = Record.type(Entry.record(entry));
        return type == STRING ? views[nextView++ & VIEWS - 1].set(entry) : view(type, keys, entry);
    }

    private CollectionView view(int type, KeyStage stage, long entry) {
        CollectionView view = storage.views().next(type);
        view.set(entries, stage.directoryKey(), stage.hash(), entry);
        return view;
    }

    @Override
    public void putString(Bytes key, Bytes content, long expireAt, int access) {
        prepare();
        long entry = entries.find(key, keys);
        long oldExpireAt = entry == 0 ? Value.NEVER : Record.expireAt(Entry.record(entry));
        expiry.ensure(oldExpireAt, expireAt);
        if (entry != 0) {
            entries.changing(entry);
        }
        if (entry != 0 && Record.type(Entry.record(entry)) == STRING && Strings.overwrite(contents, entry, content)) {
            Record.expireAt(Entry.record(entry), expireAt);
            expiry.change(keys.hash(), oldExpireAt, expireAt);
            return;
        }
        long pages = Strings.page(contents, content);
        try {
            int size = entries.draft(keys, key, entry, Type.STRING, expireAt, access, Strings.bodyLength(content));
            Strings.write(storage.draft(), Record.LONG_KEY, content, pages);
            entries.store(keys, keys.copy(), entry, size);
        } catch (FullException e) {
            if (pages != 0) {
                contents.free(pages);
            }
            throw e;
        }
    }

    @Override
    public boolean load(Bytes key, Bytes content, long expireAt, int access) {
        if (!StringBatch.takes(key, content)) {
            return Database.super.load(key, content, expireAt, access);
        }
        prepare();
        if (loading == null) {
            loading = new StringBatch(storage, entries);
        }
        boolean isNew = !loading.isFull() || loading.enter();
        loading.add(keys, key, content, expireAt, access);
        return isNew;
    }

    @Override
    public boolean loaded() {
        if (loading == null) {
            return true;
        }
        try {
            return loading.enter();
        } finally {
            forgetLoading();
        }
    }

    private void forgetLoading() {
        if (loading != null) {
            loading.close();
            loading = null;
        }
    }

    @Override
    public Value create(Bytes key, Type type, int access) {
        if (type == Type.STRING) {
            putString(key, new Bytes(), Value.NEVER, access);
            return find(key);
        }
        prepare();
        entries.find(key, keys);
        int size = entries.draft(keys, key, 0, type, Value.NEVER, access, CollectionView.bodySize(type));
        long draft = storage.draft();
        storage.views().passing(type.ordinal()).initialize(draft);
        try {
            return view(type.ordinal(), keys, entries.store(keys, keys.copy(), 0, size));
        } catch (FullException e) {
            entries.release(draft);
            throw e;
        }
    }

    @Override
    public Value detached(Type type) {
        return storage.views().detached(type);
    }

    @Override
    public void attach(Bytes key, Value detached, long expireAt, int access) {
        CollectionView view = (CollectionView) detached;
        long record = view.detachedRecord();
        if (record == 0) {
            throw new IllegalArgumentException("The value has a key already");
        }
        if (view.isEmpty() && view.type() != Type.STREAM) {
            remove(key);
            return;
        }
        prepare();
        long entry = entries.find(key, keys);
        expiry.ensure(entry == 0 ? Value.NEVER : Record.expireAt(Entry.record(entry)), expireAt);
        store(keys, key, entry, record, expireAt, access);
        view.leave();
    }

    /** Stores another record's value. */
    private void store(KeyStage stage, Bytes key, long entry, long record, long expireAt, int access) {
        int size = entries.draft(stage, key, entry, Type.values()[Record.type(record)], expireAt, access,
                RecordCopies.bodyLength(record));
        RecordCopies.write(record, storage.draft(), access);
        entries.store(stage, stage.copy(), entry, size);
    }

    /** Gives back what a record without a key refers to. */
    void release(long record) {
        entries.release(record);
    }

    @Override
    public boolean remove(Bytes key) {
        long entry = entries.find(key, keys);
        if (entry == 0) {
            return false;
        }
        entries.remove(keys.hash(), entry);
        return true;
    }

    @Override
    public boolean expire(Bytes key, long expireAt) {
        long entry = entries.find(key, keys);
        if (entry == 0) {
            return false;
        }
        entries.expire(keys, entry, expireAt);
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
        long entry = entries.find(key, keys);
        if (entry == 0) {
            return false;
        }
        if (target == this && key.equals(newKey)) {
            return true;
        }
        if (!isCopy) {
            entries.changing(entry);
        }
        target.receive(newKey, Entry.record(entry), isCopy);
        if (!isCopy) {
            // the entry may have moved when the other one was stored
            entry = entries.find(key, keys);
            entries.forget(keys.hash(), entry);
        }
        return true;
    }

    /** Stores another key's value or a copy of it, with its expiry time. */
    private void receive(Bytes key, long source, boolean isCopy) {
        prepare();
        long expireAt = Record.expireAt(source);
        long entry = entries.find(key, otherKeys);
        expiry.ensure(entry == 0 ? Value.NEVER : Record.expireAt(Entry.record(entry)), expireAt);
        long copy = storage.copied();
        copies.copy(source, copy, isCopy);
        try {
            store(otherKeys, key, entry, copy, expireAt, Record.access(copy));
        } catch (FullException e) {
            if (isCopy) {
                entries.release(copy);
            }
            throw e;
        }
    }

    @Override
    public long scan(long cursor, int count, KeyVisitor visitor) {
        Directory from = entries.directory();
        return from == null ? 0 : from.scan(cursor, count, entry -> {
            keyReader.read(entry, scanKey);
            int type = Record.type(Entry.record(entry));
            if (type == STRING) {
                visitor.key(scanKey, scanView.set(entry));
            } else {
                CollectionView view = storage.views().passing(type);
                view.set(entries, entry);
                visitor.key(scanKey, view);
            }
        });
    }

    @Override
    public boolean randomKey(RandomGenerator random, Bytes key) {
        long entry = entries.directory() == null ? 0 : entries.directory().random(random);
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
        long entry = entries.directory().find(hash, time);
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
        forgetLoading();
        entries.clear(keys);
    }

    boolean maintain(long deadline) {
        return entries.maintain(deadline);
    }

    void close() {
        forgetLoading();
        entries.close();
        keys.close();
        otherKeys.close();
    }
}
