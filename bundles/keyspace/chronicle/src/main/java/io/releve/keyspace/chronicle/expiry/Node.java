package io.releve.keyspace.chronicle.expiry;

import io.releve.keyspace.chronicle.memory.Memory;

/**
 * A node of the expiry index, by the address of its page's content: count u32, leaf u32 (1 or 0), then the pairs (time
 * i64, hash i64), in an inner node each followed by the child's reference (i64) and the number of pairs below it
 * (i64). The pair of a child is not above any pair below it, except that of the first child, which is never asked.
 */
final class Node {
    /** Bytes of content. */
    static final int SIZE = 4080;

    private static final int HEADER = 8;
    private static final int LEAF_STRIDE = 16;
    private static final int INNER_STRIDE = 32;
    private static final int LEAF_CAPACITY = (SIZE - HEADER) / LEAF_STRIDE;
    private static final int INNER_CAPACITY = (SIZE - HEADER) / INNER_STRIDE;

    private Node() {
    }

    static void initialize(long node, boolean leaf) {
        Memory.putInt(node, 0);
        Memory.putInt(node + 4, leaf ? 1 : 0);
    }

    static int count(long node) {
        return Memory.getInt(node);
    }

    static boolean isLeaf(long node) {
        return Memory.getInt(node + 4) != 0;
    }

    static int capacity(long node) {
        return isLeaf(node) ? LEAF_CAPACITY : INNER_CAPACITY;
    }

    static boolean isFull(long node) {
        return count(node) == capacity(node);
    }

    private static long at(long node, int i) {
        return node + HEADER + (long) i * (isLeaf(node) ? LEAF_STRIDE : INNER_STRIDE);
    }

    static long time(long node, int i) {
        return Memory.getLong(at(node, i));
    }

    static long hash(long node, int i) {
        return Memory.getLong(at(node, i) + 8);
    }

    static void pair(long node, int i, long time, long hash) {
        Memory.putLong(at(node, i), time);
        Memory.putLong(at(node, i) + 8, hash);
    }

    static long child(long node, int i) {
        return Memory.getLong(node + HEADER + (long) i * INNER_STRIDE + 16);
    }

    /** Number of pairs below a child. */
    static long below(long node, int i) {
        return Memory.getLong(node + HEADER + (long) i * INNER_STRIDE + 24);
    }

    static void addBelow(long node, int i, long difference) {
        long at = node + HEADER + (long) i * INNER_STRIDE + 24;
        Memory.putLong(at, Memory.getLong(at) + difference);
    }

    /** The first place whose pair is not below this one. */
    static int lowerBound(long node, long time, long hash) {
        int low = 0;
        int high = count(node);
        while (low < high) {
            int middle = low + high >>> 1;
            if (isBelow(time(node, middle), hash(node, middle), time, hash)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The last child whose pair is not above this one, or the first. */
    static int childFor(long node, long time, long hash) {
        int low = 1;
        int high = count(node);
        while (low < high) {
            int middle = low + high >>> 1;
            if (isBelow(time, hash, time(node, middle), hash(node, middle))) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low - 1;
    }

    private static boolean isBelow(long time, long hash, long otherTime, long otherHash) {
        return time != otherTime ? time < otherTime : hash < otherHash;
    }

    static void insert(long node, int i, long time, long hash, long child, long below) {
        long at = at(node, i);
        int stride = isLeaf(node) ? LEAF_STRIDE : INNER_STRIDE;
        Memory.copy(at, at + stride, (long) (count(node) - i) * stride);
        Memory.putLong(at, time);
        Memory.putLong(at + 8, hash);
        if (stride == INNER_STRIDE) {
            Memory.putLong(at + 16, child);
            Memory.putLong(at + 24, below);
        }
        Memory.putInt(node, count(node) + 1);
    }

    static void delete(long node, int i) {
        Memory.copy(at(node, i + 1), at(node, i), at(node, count(node)) - at(node, i + 1));
        Memory.putInt(node, count(node) - 1);
    }

    /** Moves what stands from {@code from} on to the end of another node; @return the number of pairs in or below it */
    static long moveTail(long node, int from, long target) {
        int moved = count(node) - from;
        long pairs = moved;
        if (!isLeaf(node)) {
            pairs = 0;
            for (int i = from; i < count(node); i++) {
                pairs += below(node, i);
            }
        }
        Memory.copy(at(node, from), at(target, count(target)), at(node, count(node)) - at(node, from));
        Memory.putInt(target, count(target) + moved);
        Memory.putInt(node, from);
        return pairs;
    }
}
