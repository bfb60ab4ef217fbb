package io.releve.engine.tracking;

import io.releve.bytes.Bytes;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Which clients keep copies of which keys. One open table in parallel arrays, since there may be millions of keys, nearly
 * all of them with one client. As in Redis a key's database does not count.
 */
public final class TrackingTable {
    private static final int SMALLEST = 16;
    private static final long[] NONE = {};

    private byte[][] keys = new byte[SMALLEST][];
    private int[] hashes = new int[SMALLEST];
    /** The first client of a key. */
    private long[] first = new long[SMALLEST];
    /** All clients of a key that has several; null as long as no key has. */
    private ClientIds[] several;
    private int size;
    private long items;

    /** Number of keys. */
    public int size() {
        return size;
    }

    /** Number of clients of all keys together. */
    public long items() {
        return items;
    }

    /** A client has read a key. */
    public void add(Bytes key, long client) {
        int hash = hash(key);
        int at = find(key, hash);
        if (at < 0) {
            insert(key, hash, client);
            return;
        }
        if (first[at] == client) {
            return;
        }
        if (several == null) {
            several = new ClientIds[keys.length];
        }
        if (several[at] == null) {
            several[at] = new ClientIds();
            several[at].add(first[at]);
        }
        if (several[at].add(client)) {
            items++;
        }
    }

    private void insert(Bytes key, int hash, long client) {
        if (4 * (size + 1) > 3 * keys.length) {
            resize(2 * keys.length);
        }
        int at = hash & keys.length - 1;
        while (keys[at] != null) {
            at = at + 1 & keys.length - 1;
        }
        keys[at] = key.toByteArray();
        hashes[at] = hash;
        first[at] = client;
        size++;
        items++;
    }

    private void resize(int length) {
        byte[][] oldKeys = keys;
        int[] oldHashes = hashes;
        long[] oldFirst = first;
        ClientIds[] oldSeveral = several;
        keys = new byte[length][];
        hashes = new int[length];
        first = new long[length];
        several = oldSeveral == null ? null : new ClientIds[length];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != null) {
                int at = oldHashes[i] & length - 1;
                while (keys[at] != null) {
                    at = at + 1 & length - 1;
                }
                move(oldKeys[i], oldHashes[i], oldFirst[i], oldSeveral == null ? null : oldSeveral[i], at);
            }
        }
    }

    private void move(byte[] key, int hash, long client, ClientIds clients, int at) {
        keys[at] = key;
        hashes[at] = hash;
        first[at] = client;
        if (several != null) {
            several[at] = clients;
        }
    }

    /** Forgets a key. @return the ids of the clients that keep a copy, none for an unknown key */
    public long[] remove(Bytes key) {
        int at = find(key, hash(key));
        return at < 0 ? NONE : removeAt(at);
    }

    private long[] removeAt(int at) {
        long[] clients = several == null || several[at] == null ? new long[] {first[at]} : several[at].sorted();
        size--;
        items -= clients.length;
        closeGap(at);
        return clients;
    }

    /** Moves what was displaced by the removed entry back, so that no search ends too early. */
    private void closeGap(int removed) {
        int mask = keys.length - 1;
        int gap = removed;
        for (int at = gap + 1 & mask; keys[at] != null; at = at + 1 & mask) {
            int home = hashes[at] & mask;
            if ((at - home & mask) >= (at - gap & mask)) {
                move(keys[at], hashes[at], first[at], several == null ? null : several[at], gap);
                gap = at;
            }
        }
        move(null, 0, 0, null, gap);
    }

    /** Forgets some key. @param forgotten becomes it @return the ids of its clients, none for an empty table */
    public long[] removeAny(RandomGenerator random, Bytes forgotten) {
        if (size == 0) {
            return NONE;
        }
        int at = random.nextInt(keys.length);
        while (keys[at] == null) {
            at = at + 1 & keys.length - 1;
        }
        forgotten.set(keys[at], 0, keys[at].length);
        return removeAt(at);
    }

    /** Forgets all keys. */
    public void clear() {
        keys = new byte[SMALLEST][];
        hashes = new int[SMALLEST];
        first = new long[SMALLEST];
        several = null;
        size = 0;
        items = 0;
    }

    private int find(Bytes key, int hash) {
        int mask = keys.length - 1;
        for (int at = hash & mask; keys[at] != null; at = at + 1 & mask) {
            if (hashes[at] == hash && Arrays.equals(keys[at], 0, keys[at].length, key.array(), key.offset(),
                    key.offset() + key.length())) {
                return at;
            }
        }
        return -1;
    }

    private static int hash(Bytes key) {
        int h = key.hashCode() * 0x9E3779B9;
        return h ^ h >>> 15;
    }
}
