package io.releve.keyspace.chronicle.tree;

import io.releve.bytes.Bytes;
import io.releve.keyspace.chronicle.extent.Contents;
import io.releve.keyspace.chronicle.extent.PageAllocator;

/** A place in a tree: the nodes from the top down to a leaf, and the slot taken in each. */
final class TreePath {
    private static final int MAX_HEIGHT = 40;

    private final PageAllocator pages;
    private final Contents contents;
    private final Shape shape;
    private final long[] nodes = new long[MAX_HEIGHT];
    private final int[] steps = new int[MAX_HEIGHT];
    private int leaf;

    TreePath(PageAllocator pages, Contents contents, Shape shape) {
        this.pages = pages;
        this.contents = contents;
        this.shape = shape;
    }

    /** Depth of the leaf. */
    int leaf() {
        return leaf;
    }

    long page(int depth) {
        return nodes[depth];
    }

    void page(int depth, long page) {
        nodes[depth] = page;
    }

    int step(int depth) {
        return steps[depth];
    }

    int index() {
        return steps[leaf];
    }

    int leafCount() {
        return Node.count(pages.content(nodes[leaf]));
    }

    long cell() {
        long page = nodes[leaf];
        return Node.leafCell(pages.content(page), pages.capacity(page), steps[leaf]);
    }

    /** Puts a new top above. */
    void push(long page) {
        System.arraycopy(nodes, 0, nodes, 1, leaf + 1);
        System.arraycopy(steps, 0, steps, 1, leaf + 1);
        nodes[0] = page;
        steps[0] = 0;
        leaf++;
    }

    /** Moves to the cell of a rank, or behind the last one of the {@code size} cells. */
    void seek(long top, int height, long size, long rank) {
        long total = size;
        long rest = rank;
        long page = top;
        leaf = Math.max(0, height - 1);
        for (int depth = 0; depth < leaf; depth++) {
            long node = pages.content(page);
            int last = Node.count(node) - 1;
            int i;
            // from the nearer end: what is popped is found at once on either side
            if (rest <= total >>> 1) {
                i = 0;
                for (long below; i < last && rest >= (below = Node.below(node, i)); i++) {
                    rest -= below;
                }
            } else {
                i = last;
                long before = total - Node.below(node, i);
                while (before > rest) {
                    before -= Node.below(node, --i);
                }
                rest -= before;
            }
            total = Node.below(node, i);
            nodes[depth] = page;
            steps[depth] = i;
            page = Node.child(node, i);
        }
        nodes[leaf] = page;
        steps[leaf] = (int) rest;
    }

    /** Moves to a key or where it would be; @return whether it is there */
    boolean seek(long top, int height, Bytes key) {
        long page = top;
        leaf = Math.max(0, height - 1);
        for (int depth = 0; depth < leaf; depth++) {
            long node = pages.content(page);
            nodes[depth] = page;
            steps[depth] = childFor(node, pages.capacity(page), key);
            page = Node.child(node, steps[depth]);
        }
        nodes[leaf] = page;
        steps[leaf] = 0;
        return height != 0 && seekInLeaf(page, key);
    }

    private int childFor(long node, int capacity, Bytes key) {
        int low = 1;
        int high = Node.count(node);
        while (low < high) {
            int middle = low + high >>> 1;
            if (shape.compare(contents, Node.innerCell(node, capacity, middle), key) > 0) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low - 1;
    }

    private boolean seekInLeaf(long page, Bytes key) {
        long node = pages.content(page);
        int capacity = pages.capacity(page);
        int low = 0;
        int high = Node.count(node);
        while (low < high) {
            int middle = low + high >>> 1;
            int compared = shape.compare(contents, Node.leafCell(node, capacity, middle), key);
            if (compared == 0) {
                steps[leaf] = middle;
                return true;
            }
            if (compared > 0) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        steps[leaf] = low;
        return false;
    }

    long rank() {
        long rank = steps[leaf];
        for (int depth = 0; depth < leaf; depth++) {
            long node = pages.content(nodes[depth]);
            for (int i = 0; i < steps[depth]; i++) {
                rank += Node.below(node, i);
            }
        }
        return rank;
    }

    /** Whether every slot down to this depth, exclusive, is the first one. */
    boolean isFirst(int depth) {
        for (int i = 0; i < depth; i++) {
            if (steps[i] != 0) {
                return false;
            }
        }
        return true;
    }

    /** Whether every slot down to this depth, exclusive, is the last one. */
    boolean isLast(int depth) {
        for (int i = 0; i < depth; i++) {
            if (steps[i] != Node.count(pages.content(nodes[i])) - 1) {
                return false;
            }
        }
        return true;
    }
}
