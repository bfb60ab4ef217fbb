package io.releve.keyspace.heap;

import io.releve.bytes.Bytes;
import io.releve.keyspace.Database.KeyVisitor;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Entries by key: linear hashing (Litwin, "Linear hashing: a new tool for file and table addressing", 1980). The table
 * grows and shrinks by one bucket at a time, so no change moves more than a few entries. There are {@code base + split}
 * buckets, {@code base} being a power of two: those below {@code split} have given a part of their entries to the
 * bucket {@code base} above.
 */
final class KeyTable {
    private static final int SMALLEST = 16;
    /** Fewer entries than a bucket in this many: buckets are merged. */
    private static final int SPARSE = 4;
    private static final int MERGES = 8;
    /** A step of a scan looks at this many empty buckets for each key wanted, then lets others have their turn. */
    private static final int EMPTY_BUCKETS = 10;

    private Entry[] buckets = new Entry[SMALLEST];
    private int base = SMALLEST;
    private int split;
    private int size;

    int size() {
        return size;
    }

    private int bucket(int hash) {
        int b = hash & 2 * base - 1;
        return b < base + split ? b : b - base;
    }

    Entry find(Bytes key, int hash) {
        for (Entry e = buckets[bucket(hash)]; e != null; e = e.next) {
            if (e.has(key, hash)) {
                return e;
            }
        }
        return null;
    }

    /** Adds an entry whose key is not in the table. */
    void add(Entry entry) {
        link(entry);
        if (++size > base + split && base < 1 << 29) {
            splitOne();
        }
    }

    void remove(Entry entry) {
        int b = bucket(entry.hash);
        if (buckets[b] == entry) {
            buckets[b] = entry.next;
        } else {
            Entry before = buckets[b];
            while (before.next != entry) {
                before = before.next;
            }
            before.next = entry.next;
        }
        entry.next = null;
        size--;
        for (int i = 0; i < MERGES && size < (base + split) / SPARSE && base + split > SMALLEST; i++) {
            mergeOne();
        }
    }

    private void link(Entry entry) {
        int b = bucket(entry.hash);
        entry.next = buckets[b];
        buckets[b] = entry;
    }

    private void splitOne() {
        if (base + split == buckets.length) {
            buckets = Arrays.copyOf(buckets, buckets.length + (buckets.length >> 1));
        }
        Entry entry = buckets[split];
        buckets[split] = null;
        if (++split == base) {
            base *= 2;
            split = 0;
        }
        relink(entry);
    }

    private void mergeOne() {
        if (split == 0) {
            base /= 2;
            split = base;
        }
        split--;
        Entry entry = buckets[base + split];
        buckets[base + split] = null;
        relink(entry);
        if (base + split < buckets.length / 3) {
            buckets = Arrays.copyOf(buckets, buckets.length / 2);
        }
    }

    private void relink(Entry first) {
        Entry entry = first;
        while (entry != null) {
            Entry next = entry.next;
            link(entry);
            entry = next;
        }
    }

    /**
     * One step of a scan. The cursor counts buckets with its bits reversed: what was visited at one size of the table
     * is then a set of whole buckets at every other size. Keys of a bucket that a split or merge touches may be seen
     * twice, none is missed.
     */
    long scan(long cursor, int count, Bytes key, KeyVisitor visitor) {
        if (size == 0) {
            return 0;
        }
        long v = cursor;
        int seen = 0;
        long empty = (long) Math.max(1, count) * EMPTY_BUCKETS;
        do {
            int b = (int) v & base - 1;
            int found = visit(b, key, visitor);
            if (b < split) {
                found += visit(b + base, key, visitor);
            }
            seen += found;
            if (found == 0) {
                empty--;
            }
            v = Long.reverse(Long.reverse(v | -base) + 1);
        } while (v != 0 && seen < count && empty > 0);
        return v;
    }

    private int visit(int bucket, Bytes key, KeyVisitor visitor) {
        int seen = 0;
        for (Entry e = buckets[bucket]; e != null; e = e.next) {
            visitor.key(key.set(e.key, 0, e.key.length), e);
            seen++;
        }
        return seen;
    }

    /** An entry chosen at random; the table is not empty. Entries that share a bucket are a little less likely. */
    Entry random(RandomGenerator random) {
        Entry first;
        do {
            first = buckets[random.nextInt(base + split)];
        } while (first == null);
        int length = 0;
        for (Entry e = first; e != null; e = e.next) {
            length++;
        }
        Entry chosen = first;
        for (int i = length == 1 ? 0 : random.nextInt(length); i > 0; i--) {
            chosen = chosen.next;
        }
        return chosen;
    }
}
