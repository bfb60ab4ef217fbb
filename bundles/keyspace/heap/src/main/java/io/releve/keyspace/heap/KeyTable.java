package io.releve.keyspace.heap;

import io.releve.bytes.Bytes;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Nodes by name, the keys of a database as well as the elements of a collection: linear hashing (Litwin, "Linear
 * hashing: a new tool for file and table addressing", 1980). The table grows and shrinks by one bucket at a time, so no
 * change moves more than a few nodes. There are {@code base + split} buckets, {@code base} being a power of two: those
 * below {@code split} have given a part of their nodes to the bucket {@code base} above.
 */
final class KeyTable<N extends Node> {
    private static final int SMALLEST = 4;
    /** Fewer nodes than a bucket in this many: buckets are merged. */
    private static final int SPARSE = 4;
    private static final int MERGES = 8;
    /** A step of a scan looks at this many empty buckets for each key wanted, then lets others have their turn. */
    private static final int EMPTY_BUCKETS = 10;

    private Node[] buckets = new Node[SMALLEST];
    private int base = SMALLEST;
    private int split;
    private int size;
    /** No bucket holds more nodes than this. */
    private int longest;

    int size() {
        return size;
    }

    private int bucket(int hash) {
        int b = hash & 2 * base - 1;
        return b < base + split ? b : b - base;
    }

    @SuppressWarnings("unchecked")
    N find(Bytes key, int hash) {
        for (Node n = buckets[bucket(hash)]; n != null; n = n.next) {
            if (n.has(key, hash)) {
                return (N) n;
            }
        }
        return null;
    }

    /** Adds a node whose key is not in the table. */
    void add(N node) {
        link(node);
        longest = Math.max(longest, length(buckets[bucket(node.hash)]));
        if (++size > base + split && base < 1 << 29) {
            splitOne();
        }
    }

    void remove(N node) {
        int b = bucket(node.hash);
        if (buckets[b] == node) {
            buckets[b] = node.next;
        } else {
            Node before = buckets[b];
            while (before.next != node) {
                before = before.next;
            }
            before.next = node.next;
        }
        node.next = null;
        if (--size == 0) {
            longest = 0;
        }
        for (int i = 0; i < MERGES && size < (base + split) / SPARSE && base + split > SMALLEST; i++) {
            mergeOne();
        }
    }

    private void link(Node node) {
        int b = bucket(node.hash);
        node.next = buckets[b];
        buckets[b] = node;
    }

    private void splitOne() {
        if (base + split == buckets.length) {
            buckets = Arrays.copyOf(buckets, buckets.length + (buckets.length >> 1));
        }
        Node first = buckets[split];
        buckets[split] = null;
        if (++split == base) {
            base *= 2;
            split = 0;
        }
        relink(first);
    }

    private void mergeOne() {
        if (split == 0) {
            base /= 2;
            split = base;
        }
        split--;
        Node first = buckets[base + split];
        buckets[base + split] = null;
        relink(first);
        longest = Math.max(longest, length(buckets[split]));
        if (base + split < buckets.length / 3) {
            buckets = Arrays.copyOf(buckets, buckets.length / 2);
        }
    }

    private void relink(Node first) {
        Node node = first;
        while (node != null) {
            Node next = node.next;
            link(node);
            node = next;
        }
    }

    /**
     * One step of a scan. The cursor counts buckets with its bits reversed: what was visited at one size of the table
     * is then a set of whole buckets at every other size. Keys of a bucket that a split or merge touches may be seen
     * twice, none is missed.
     */
    long scan(long cursor, int count, Consumer<N> visitor) {
        if (size == 0) {
            return 0;
        }
        long v = cursor;
        int seen = 0;
        long empty = (long) Math.max(1, count) * EMPTY_BUCKETS;
        do {
            int b = (int) v & base - 1;
            int found = visit(b, visitor);
            if (b < split) {
                found += visit(b + base, visitor);
            }
            seen += found;
            if (found == 0) {
                empty--;
            }
            v = Long.reverse(Long.reverse(v | -base) + 1);
        } while (v != 0 && seen < count && empty > 0);
        return v;
    }

    @SuppressWarnings("unchecked")
    private int visit(int bucket, Consumer<N> visitor) {
        int seen = 0;
        for (Node n = buckets[bucket]; n != null; n = n.next) {
            visitor.accept((N) n);
            seen++;
        }
        return seen;
    }

    /** A node chosen uniformly: a bucket and a place in it, again until there is a node. The table is not empty. */
    @SuppressWarnings("unchecked")
    N random(RandomGenerator random) {
        while (true) {
            Node node = buckets[random.nextInt(base + split)];
            if (node != null) {
                for (int place = longest == 1 ? 0 : random.nextInt(longest); place > 0 && node != null; place--) {
                    node = node.next;
                }
                if (node != null) {
                    return (N) node;
                }
            }
        }
    }

    private static int length(Node first) {
        int length = 0;
        for (Node n = first; n != null; n = n.next) {
            length++;
        }
        return length;
    }
}
