package io.releve.keyspace.chronicle.tree;

import io.releve.keyspace.chronicle.memory.Memory;

/**
 * A node of a tree by the address of its page's content: number of slots u16, 1 for a leaf u16, bytes of cells u16, those
 * of them that are not used any more u16; then the slots. A leaf's slot is the cell's distance from the end of the page
 * u16; an inner node's is the child's reference i64, the number of leaf cells below it i64, and the distance of the cell
 * with the key that separates it from the child before. The first slot of an inner node has none (0). Cells grow from
 * the end downwards, so that a page is made larger without touching slots.
 */
final class Node {
    static final int HEADER = 8;

    static final int LEAF_STRIDE = 2;
    private static final int INNER_STRIDE = 18;

    private Node() {
    }

    static void initialize(long node, boolean leaf) {
        Memory.putLong(node, leaf ? 1 << 16 : 0);
    }

    static int count(long node) {
        return Memory.getShort(node);
    }

    static boolean isLeaf(long node) {
        return Memory.getShort(node + 2) != 0;
    }

    static int stride(long node) {
        return isLeaf(node) ? LEAF_STRIDE : INNER_STRIDE;
    }

    private static int cells(long node) {
        return Memory.getShort(node + 4);
    }

    static int garbage(long node) {
        return Memory.getShort(node + 6);
    }

    /** Bytes of cells in use. */
    static int liveCells(long node) {
        return cells(node) - garbage(node);
    }

    /** Bytes in use. */
    static int used(long node) {
        return HEADER + count(node) * stride(node) + liveCells(node);
    }

    /** Bytes that can be used at once. */
    static int free(long node, int capacity) {
        return capacity - HEADER - count(node) * stride(node) - cells(node);
    }

    private static long slot(long node, int i) {
        return node + HEADER + (long) i * stride(node);
    }

    private static int distance(long node, int i) {
        return Memory.getShort(isLeaf(node) ? leafSlot(node, i) : innerSlot(node, i) + 16);
    }

    private static long leafSlot(long node, int i) {
        return node + HEADER + (long) i * LEAF_STRIDE;
    }

    private static long innerSlot(long node, int i) {
        return node + HEADER + (long) i * INNER_STRIDE;
    }

    /** The cell of a slot, or 0. */
    static long cell(long node, int capacity, int i) {
        int distance = distance(node, i);
        return distance == 0 ? 0 : node + capacity - distance;
    }

    static long leafCell(long node, int capacity, int i) {
        return node + capacity - Memory.getShort(leafSlot(node, i));
    }

    static long innerCell(long node, int capacity, int i) {
        return node + capacity - Memory.getShort(innerSlot(node, i) + 16);
    }

    static long child(long node, int i) {
        return Memory.getLong(innerSlot(node, i));
    }

    static void child(long node, int i, long child) {
        Memory.putLong(innerSlot(node, i), child);
    }

    static long below(long node, int i) {
        return Memory.getLong(innerSlot(node, i) + 8);
    }

    static void below(long node, int i, long below) {
        Memory.putLong(innerSlot(node, i) + 8, below);
    }

    /** Leaf cells in or below the node. */
    static long total(long node) {
        int count = count(node);
        if (isLeaf(node)) {
            return count;
        }
        long total = 0;
        for (int i = 0; i < count; i++) {
            total += below(node, i);
        }
        return total;
    }

    /** Inserts a slot; a size of 0 stands for no cell. There is room. */
    static void insert(long node, int capacity, int i, long cell, int size, long child, long below) {
        int count = count(node);
        int stride = stride(node);
        assert size + stride <= free(node, capacity) : "a cell of " + size + " bytes, and room for "
                + (free(node, capacity) - stride);
        long slot = slot(node, i);
        if (i < count) {
            Memory.copy(slot, slot + stride, (long) (count - i) * stride);
        }
        int distance = 0;
        if (size != 0) {
            distance = cells(node) + size;
            Memory.putShort(node + 4, distance);
            Memory.copy(cell, node + capacity - distance, size);
        }
        if (stride == LEAF_STRIDE) {
            Memory.putShort(slot, distance);
        } else {
            Memory.putLong(slot, child);
            Memory.putLong(slot + 8, below);
            Memory.putShort(slot + 16, distance);
        }
        Memory.putShort(node, count + 1);
    }

    /**
     * Sets a slot behind the last one of a leaf. Of the cells since {@link #added} was called, this one included, are
     * {@code bytes} bytes.
     *
     * @return where the cell is to be written
     */
    static long place(long node, int capacity, int slot, int bytes) {
        int distance = cells(node) + bytes;
        Memory.putShort(leafSlot(node, slot), distance);
        return node + capacity - distance;
    }

    /** Counts cells that were placed behind the last one. */
    static void added(long node, int count, int bytes) {
        Memory.putShort(node, count(node) + count);
        Memory.putShort(node + 4, cells(node) + bytes);
    }

    /** Removes a slot and its cell of this size. */
    static void remove(long node, int i, int size) {
        forgetCell(node, i, size);
        int count = count(node) - 1;
        long slot = slot(node, i);
        int stride = stride(node);
        if (i < count) {
            Memory.copy(slot + stride, slot, (long) (count - i) * stride);
        }
        Memory.putShort(node, count);
        if (count == 0) {
            Memory.putInt(node + 4, 0);
        }
    }

    /** Leaves a slot without its cell. */
    static void forgetCell(long node, int i, int size) {
        int distance = distance(node, i);
        if (distance == 0) {
            return;
        }
        if (distance == cells(node)) {
            Memory.putShort(node + 4, distance - size);
        } else {
            Memory.putShort(node + 6, garbage(node) + size);
        }
        if (!isLeaf(node)) {
            Memory.putShort(innerSlot(node, i) + 16, 0);
        }
    }

    /** Removes slots of a leaf whose cells have this size together. */
    static void removeRange(long node, int from, int to, int size) {
        int count = count(node);
        Memory.copy(leafSlot(node, to), leafSlot(node, from), (long) (count - to) * LEAF_STRIDE);
        Memory.putShort(node, count - (to - from));
        Memory.putShort(node + 6, garbage(node) + size);
        if (count == to - from) {
            Memory.putInt(node + 4, 0);
        }
    }

    /** Keeps the first slots; the cells of the others have this size together. */
    static void truncate(long node, int count, int size) {
        Memory.putShort(node, count);
        if (count == 0) {
            Memory.putInt(node + 4, 0);
        } else {
            Memory.putShort(node + 6, garbage(node) + size);
        }
    }
}
