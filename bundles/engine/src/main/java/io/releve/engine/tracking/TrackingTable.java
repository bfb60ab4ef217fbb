package io.releve.engine.tracking;

import io.releve.bytes.Bytes;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Which clients keep copies of which keys. One open table, since there may be millions of keys, nearly all of them with one
 * client: four words a key, so that a search touches one line of memory where the key is short. As in Redis a key's database
 * does not count.
 */
public final class TrackingTable {
    private static final int SMALLEST = 16;
    private static final long[] NONE = {};
    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** The words: a bit that is always set, length, and hash; the first client; the key itself, zeros behind it. */
    private static final int SLOT = 4;
    private static final int CLIENT = 1;
    private static final int LOW = 2;
    private static final int HIGH = 3;
    private static final long TAKEN = 1L << 63;
    /** Longer keys are not kept in the slot. */
    private static final int SHORT = 16;

    private long[] slots = new long[SMALLEST * SLOT];
    /** Keys that are not short; null as long as there are none. */
    private byte[][] longKeys;
    /** All clients of a key that has several; null as long as no key has. */
    private ClientIds[] several;
    private int capacity = SMALLEST;
    private int size;
    private long items;
    /** Words of the key that is looked for. */
    private long head;
    private long low;
    private long high;

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
        int at = find(key);
        if (at < 0) {
            insert(key, client);
            return;
        }
        long first = slots[at * SLOT + CLIENT];
        if (first == client) {
            return;
        }
        if (several == null) {
            several = new ClientIds[capacity];
        }
        if (several[at] == null) {
            several[at] = new ClientIds();
            several[at].add(first);
        }
        if (several[at].add(client)) {
            items++;
        }
    }

    /** Enters the key that was looked for. */
    private void insert(Bytes key, long client) {
        if (4 * (size + 1L) > 3L * capacity) {
            resize(2 * capacity);
        }
        int at = free((int) head);
        slots[at * SLOT] = head;
        slots[at * SLOT + CLIENT] = client;
        slots[at * SLOT + LOW] = low;
        slots[at * SLOT + HIGH] = high;
        if (key.length() > SHORT) {
            if (longKeys == null) {
                longKeys = new byte[capacity][];
            }
            longKeys[at] = key.toByteArray();
        }
        size++;
        items++;
    }

    private int free(int hash) {
        int at = hash & capacity - 1;
        while (slots[at * SLOT] != 0) {
            at = at + 1 & capacity - 1;
        }
        return at;
    }

    private void resize(int newCapacity) {
        long[] oldSlots = slots;
        byte[][] oldKeys = longKeys;
        ClientIds[] oldSeveral = several;
        int oldCapacity = capacity;
        capacity = newCapacity;
        slots = new long[newCapacity * SLOT];
        longKeys = oldKeys == null ? null : new byte[newCapacity][];
        several = oldSeveral == null ? null : new ClientIds[newCapacity];
        for (int i = 0; i < oldCapacity; i++) {
            if (oldSlots[i * SLOT] != 0) {
                move(oldSlots, oldKeys, oldSeveral, i, free((int) oldSlots[i * SLOT]));
            }
        }
    }

    private void move(long[] fromSlots, byte[][] fromKeys, ClientIds[] fromSeveral, int from, int to) {
        System.arraycopy(fromSlots, from * SLOT, slots, to * SLOT, SLOT);
        if (longKeys != null) {
            longKeys[to] = fromKeys[from];
        }
        if (several != null) {
            several[to] = fromSeveral[from];
        }
    }

    /** Forgets a key. @return the ids of the clients that keep a copy, none for an unknown key */
    public long[] remove(Bytes key) {
        int at = find(key);
        return at < 0 ? NONE : removeAt(at);
    }

    private long[] removeAt(int at) {
        long[] clients = several == null || several[at] == null ? new long[] {slots[at * SLOT + CLIENT]}
                : several[at].sorted();
        size--;
        items -= clients.length;
        closeGap(at);
        return clients;
    }

    /** Moves what was displaced by the removed entry back, so that no search ends too early. */
    private void closeGap(int removed) {
        int mask = capacity - 1;
        int gap = removed;
        for (int at = gap + 1 & mask; slots[at * SLOT] != 0; at = at + 1 & mask) {
            int home = (int) slots[at * SLOT] & mask;
            if ((at - home & mask) >= (at - gap & mask)) {
                move(slots, longKeys, several, at, gap);
                gap = at;
            }
        }
        slots[gap * SLOT] = 0;
        if (longKeys != null) {
            longKeys[gap] = null;
        }
        if (several != null) {
            several[gap] = null;
        }
    }

    /** Forgets some key. @param forgotten becomes it @return the ids of its clients, none for an empty table */
    public long[] removeAny(RandomGenerator random, Bytes forgotten) {
        if (size == 0) {
            return NONE;
        }
        int at = random.nextInt(capacity);
        while (slots[at * SLOT] == 0) {
            at = at + 1 & capacity - 1;
        }
        byte[] key = key(at);
        forgotten.set(key, 0, key.length);
        return removeAt(at);
    }

    private byte[] key(int at) {
        int length = (int) (slots[at * SLOT] >>> 32) & Integer.MAX_VALUE;
        if (length > SHORT) {
            return longKeys[at];
        }
        byte[] words = new byte[SHORT];
        WORDS.set(words, 0, slots[at * SLOT + LOW]);
        WORDS.set(words, Long.BYTES, slots[at * SLOT + HIGH]);
        return Arrays.copyOf(words, length);
    }

    /** Forgets all keys. */
    public void clear() {
        capacity = SMALLEST;
        slots = new long[SMALLEST * SLOT];
        longKeys = null;
        several = null;
        size = 0;
        items = 0;
    }

    private int find(Bytes key) {
        int length = key.length();
        byte[] array = key.array();
        int from = key.offset();
        low = length > SHORT ? 0 : word(array, from, Math.min(length, Long.BYTES));
        high = length > SHORT ? 0 : word(array, from + Long.BYTES, length - Long.BYTES);
        int hash = length > SHORT ? key.hashCode() * 0x9E3779B9 : hash(low, high);
        hash ^= hash >>> 15;
        head = TAKEN | (long) length << 32 | hash & 0xffff_ffffL;
        int mask = capacity - 1;
        for (int at = hash & mask; slots[at * SLOT] != 0; at = at + 1 & mask) {
            if (slots[at * SLOT] == head && slots[at * SLOT + LOW] == low && slots[at * SLOT + HIGH] == high
                    && (length <= SHORT || Arrays.equals(longKeys[at], 0, length, array, from, from + length))) {
                return at;
            }
        }
        return -1;
    }

    /** The first of these bytes lowest; 0 for none. */
    private static long word(byte[] array, int from, int count) {
        if (count == Long.BYTES) {
            return (long) WORDS.get(array, from);
        }
        long word = 0;
        for (int i = count - 1; i >= 0; i--) {
            word = word << 8 | array[from + i] & 0xff;
        }
        return word;
    }

    private static int hash(long low, long high) {
        long mixed = (low ^ Long.rotateLeft(high * 0xC2B2AE3D27D4EB4FL, 31)) * 0x9E3779B97F4A7C15L;
        return (int) (mixed >>> 32);
    }
}
