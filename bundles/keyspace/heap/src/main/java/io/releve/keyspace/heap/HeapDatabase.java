package io.releve.keyspace.heap;

import io.releve.bytes.Bytes;
import io.releve.keyspace.Database;
import io.releve.keyspace.Type;
import io.releve.keyspace.Value;
import java.util.random.RandomGenerator;

/** One database: entries in a table by key, and those that expire in a heap by time. */
final class HeapDatabase implements Database {
    private final KeyHash hash;
    private final MemoryCount memory = new MemoryCount();
    private final Bytes visited = new Bytes();
    private KeyTable table = new KeyTable();
    private ExpiryHeap expiring = new ExpiryHeap();
    private int index;

    HeapDatabase(int index, KeyHash hash) {
        this.index = index;
        this.hash = hash;
    }

    /** Bytes in use. Any thread. */
    long usedMemory() {
        return memory.bytes();
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
            Entry created = new StringEntry(memory, key.toByteArray(), h, clock, content);
            if (entry != null) {
                unlink(entry);
            }
            link(created);
            entry = created;
        }
        if (entry.expireAt != expireAt) {
            expiring.set(entry, expireAt);
        }
    }

    @Override
    public Value create(Bytes key, Type type, int access) {
        if (type != Type.STRING) {
            throw new UnsupportedOperationException("The keyspace heap does not hold the type " + type.redisName());
        }
        Entry entry = new StringEntry(memory, key.toByteArray(), hash.of(key), access, new Bytes());
        link(entry);
        return entry;
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
        expiring.set(entry, expireAt);
        return true;
    }

    @Override
    public boolean move(Bytes key, Database target, Bytes newKey) {
        Entry entry = table.find(key, hash.of(key));
        if (entry == null) {
            return false;
        }
        byte[] name = newKey.toByteArray();
        int h = hash.of(newKey);
        HeapDatabase other = (HeapDatabase) target;
        long expireAt = entry.expireAt;
        unlink(entry);
        other.discard(newKey, h);
        entry.key = name;
        entry.hash = h;
        other.link(entry);
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
        Entry duplicate = entry.duplicate(newKey.toByteArray(), h);
        other.discard(newKey, h);
        other.link(duplicate);
        other.expiring.set(duplicate, entry.expireAt);
        return true;
    }

    private void discard(Bytes key, int h) {
        Entry entry = table.find(key, h);
        if (entry != null) {
            unlink(entry);
        }
    }

    private void link(Entry entry) {
        table.add(entry);
        entry.memory = memory;
        memory.add(entry.memory());
    }

    private void unlink(Entry entry) {
        table.remove(entry);
        expiring.set(entry, Value.NEVER);
        memory.add(-entry.memory());
    }

    @Override
    public long scan(long cursor, int count, KeyVisitor visitor) {
        return table.scan(cursor, count, visited, visitor);
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
        memory.reset();
        table = new KeyTable();
        expiring = new ExpiryHeap();
    }
}
