package io.releve.keyspace.heap;

import io.releve.keyspace.Value;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/** The entries that expire, as a binary heap: the earliest is first, and any of them can be picked by number. */
final class ExpiryHeap {
    private static final int SMALLEST = 16;
    private static final int SAMPLES = 64;

    private Entry[] entries = new Entry[SMALLEST];
    private int size;

    int size() {
        return size;
    }

    /** The entry that expires first, or null. */
    Entry first() {
        return entries[0];
    }

    Entry random(RandomGenerator random) {
        return size == 0 ? null : entries[random.nextInt(size)];
    }

    /** Sets, changes or clears an entry's expiry time. */
    void set(Entry entry, long expireAt) {
        entry.expireAt = expireAt;
        if (expireAt == Value.NEVER) {
            if (entry.place >= 0) {
                remove(entry);
            }
            return;
        }
        if (entry.place < 0) {
            if (size == entries.length) {
                entries = Arrays.copyOf(entries, size * 2);
            }
            place(entry, size++);
        }
        settle(entry);
    }

    private void remove(Entry entry) {
        int hole = entry.place;
        entry.place = -1;
        Entry last = entries[--size];
        entries[size] = null;
        if (last != entry) {
            place(last, hole);
            settle(last);
        }
        if (size < entries.length / 4 && entries.length > SMALLEST) {
            entries = Arrays.copyOf(entries, entries.length / 2);
        }
    }

    private void place(Entry entry, int at) {
        entries[at] = entry;
        entry.place = at;
    }

    /** Moves an entry up or down to where its time belongs. */
    private void settle(Entry entry) {
        int at = entry.place;
        while (at > 0 && entries[(at - 1) / 2].expireAt > entry.expireAt) {
            int parent = (at - 1) / 2;
            place(entries[parent], at);
            at = parent;
        }
        for (int child; (child = 2 * at + 1) < size; at = child) {
            if (child + 1 < size && entries[child + 1].expireAt < entries[child].expireAt) {
                child++;
            }
            if (entries[child].expireAt >= entry.expireAt) {
                break;
            }
            place(entries[child], at);
        }
        place(entry, at);
    }

    /** Mean of the remaining lives of a sample spread over the heap, in ms. */
    long averageTtl(long now) {
        if (size == 0) {
            return 0;
        }
        double sum = 0;
        int sampled = 0;
        for (int i = 0; i < size; i += 1 + size / SAMPLES) {
            sum += Math.max(0, (double) entries[i].expireAt - now);
            sampled++;
        }
        return (long) (sum / sampled);
    }
}
