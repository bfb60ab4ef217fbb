package io.releve.keyspace.heap;

import io.releve.bytes.Bytes;
import io.releve.keyspace.Database;
import io.releve.keyspace.EncodingLimits;
import io.releve.keyspace.Type;
import io.releve.keyspace.Value;
import java.util.random.RandomGenerator;

/** One database: entries in a table by key, and those that expire in a heap by time. */
final class HeapDatabase implements Database {
    private final KeyHash hash;
    private final MemoryCount memory = new MemoryCount();
    private final EncodingLimits limits;
    private final Bytes visited = new Bytes();
    private KeyTable<Entry> table = new KeyTable<>();
    private ExpiryHeap expiring = new ExpiryHeap();
    private int index;
    /** The snapshot being taken, or null. */
    private HeapSnapshot snapshot;
    private int snapshotNumber;
    /** Entries that come in belong to no snapshot up to this one. */
    private int epoch;

    HeapDatabase(int index, KeyHash hash, EncodingLimits limits) {
        this.index = index;
        this.hash = hash;
        this.limits = limits;
    }

    EncodingLimits limits() {
        return limits;
    }

    int hash(Bytes bytes) {
        return hash.of(bytes);
    }

    /** Some content of the database takes this many bytes more. */
    void grow(long change) {
        memory.add(change);
    }

    /** Bytes in use. Any thread. */
    long usedMemory() {
        return memory.bytes();
    }

    KeyTable<Entry> table() {
        return table;
    }

    void snapshotBegins(HeapSnapshot begun, int newEpoch) {
        snapshot = begun;
        snapshotNumber = index;
        epoch = newEpoch;
    }

    void snapshotEnds() {
        snapshot = null;
    }

    /** The number of this database when the snapshot began. */
    int snapshotNumber() {
        return snapshotNumber;
    }

    /** To be called before an entry's content, name or expiry time changes. */
    void beforeChange(Entry entry) {
        if (snapshot != null) {
            snapshot.save(entry);
        }
    }

    @Override
    public int index() {
        return index;
    }

    void index(int number) {
        index = number;
    }

    @Override
    public long size() {
        return table.size();
    }

    @Override
    public long expires() {
        return expiring.size();
    }

    @Override
    public long averageTtl(long now) {
        return expiring.averageTtl(now);
    }

    @Override
    public Value find(Bytes key) {
        return table.find(key, hash.of(key));
    }

    @Override
    public void putString(Bytes key, Bytes content, long expireAt, int access) {
        int h = hash.of(key);
        Entry entry = table.find(key, h);
        if (entry instanceof StringEntry string) {
            string.assign(content);
        } else {
            int clock = entry == null ? access : entry.access();
            Entry created = new StringEntry(this, content);
            byte[] name = Entry.kept(key);
            if (entry != null) {
                unlink(entry);
            }
            link(created, name, h);
            created.access(clock);
            entry = created;
        }
        if (entry.expireAt != expireAt) {
            expiring.set(entry, expireAt);
        }
    }

    @Override
    public Value create(Bytes key, Type type, int access) {
        Entry entry = detached(type);
        link(entry, Entry.kept(key), hash.of(key));
        entry.access(access);
        return entry;
    }

    @Override
    public Entry detached(Type type) {
        switch (type) {
            case STRING:
                return new StringEntry(this, new Bytes());
            case LIST:
                return new ListEntry(this);
            case SET:
                return new SetEntry(this);
            case SORTED_SET:
                return new SortedSetEntry(this);
            case HASH:
                return new HashEntry(this);
            case STREAM:
                return new StreamEntry(this);
            default:
                throw new UnsupportedOperationException("No values of the type " + type);
        }
    }

    @Override
    public void attach(Bytes key, Value detached, long expireAt, int access) {
        Entry entry = (Entry) detached;
        byte[] name = Entry.kept(key);
        int h = hash.of(key);
        discard(key, h);
        if (!entry.isVoid()) {
            link(entry, name, h);
            entry.access(access);
            expiring.set(entry, expireAt);
        }
    }

    @Override
    public boolean remove(Bytes key) {
        Entry entry = table.find(key, hash.of(key));
        if (entry == null) {
            return false;
        }
        unlink(entry);
        return true;
    }

    @Override
    public boolean expire(Bytes key, long expireAt) {
        Entry entry = table.find(key, hash.of(key));
        if (entry == null) {
            return false;
        }
        beforeChange(entry);
        expiring.set(entry, expireAt);
        return true;
    }

    @Override
    public boolean move(Bytes key, Database target, Bytes newKey) {
        Entry entry = table.find(key, hash.of(key));
        if (entry == null) {
            return false;
        }
        byte[] name = Entry.kept(newKey);
        int h = hash.of(newKey);
        HeapDatabase other = (HeapDatabase) target;
        long expireAt = entry.expireAt;
        unlink(entry);
        other.discard(newKey, h);
        other.link(entry, name, h);
        other.expiring.set(entry, expireAt);
        return true;
    }

    @Override
    public boolean copy(Bytes key, Database target, Bytes newKey) {
        Entry entry = table.find(key, hash.of(key));
        if (entry == null) {
            return false;
        }
        int h = hash.of(newKey);
        HeapDatabase other = (HeapDatabase) target;
        byte[] name = Entry.kept(newKey);
        Entry duplicate = entry.duplicate();
        duplicate.access(entry.access());
        long expireAt = entry.expireAt;
        other.discard(newKey, h);
        other.link(duplicate, name, h);
        other.expiring.set(duplicate, expireAt);
        return true;
    }

    private void discard(Bytes key, int h) {
        Entry entry = table.find(key, h);
        if (entry != null) {
            unlink(entry);
        }
    }

    private void link(Entry entry, byte[] key, int h) {
        entry.key = key;
        entry.hash = h;
        entry.database = this;
        entry.linked = true;
        entry.epoch = epoch;
        table.add(entry);
        memory.add(entry.memory());
    }

    /** Takes an entry out of the database; its content stays as it is. */
    void unlink(Entry entry) {
        beforeChange(entry);
        table.remove(entry);
        expiring.set(entry, Value.NEVER);
        entry.linked = false;
        memory.add(-entry.memory());
    }

    @Override
    public long scan(long cursor, int count, KeyVisitor visitor) {
        return table.scan(cursor, count, e -> visitor.key(visited.set(e.key, 0, e.key.length), e));
    }

    @Override
    public boolean randomKey(RandomGenerator random, Bytes key) {
        return table.size() > 0 && show(table.random(random), key);
    }

    @Override
    public boolean randomVolatileKey(RandomGenerator random, Bytes key) {
        return show(expiring.random(random), key);
    }

    @Override
    public boolean firstExpired(long now, Bytes key) {
        Entry first = expiring.first();
        return first != null && first.expireAt <= now && show(first, key);
    }

    private static boolean show(Entry entry, Bytes key) {
        if (entry == null) {
            return false;
        }
        key.set(entry.key, 0, entry.key.length);
        return true;
    }

    @Override
    public long nextExpiry() {
        Entry first = expiring.first();
        return first == null ? Value.NEVER : first.expireAt;
    }

    @Override
    public void clear() {
        if (snapshot != null) {
            snapshot.cleared(table, memory.bytes());
        }
        memory.reset();
        table = new KeyTable<>();
        expiring = new ExpiryHeap();
    }
}
