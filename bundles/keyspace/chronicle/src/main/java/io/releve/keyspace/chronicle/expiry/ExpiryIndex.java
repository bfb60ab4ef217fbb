package io.releve.keyspace.chronicle.expiry;

import io.releve.keyspace.chronicle.extent.PageAllocator;
import io.releve.keyspace.chronicle.memory.Memory;
import java.util.Deque;

/**
 * Keys by the time they expire: a B+tree of pairs (time, hash of the key) in pages, ordered by time, then by hash, both
 * signed. Equal pairs may be there more than once. Inner nodes count the pairs below, so that the n-th pair is found.
 *
 * <p>A pair is added in a few hundred ns and costs about 20 bytes; pairs in rising order fill their pages.
 */
public final class ExpiryIndex {
    private static final int MAX_HEIGHT = 12;

    private final PageAllocator pages;
    private final long[] path = new long[MAX_HEIGHT];
    private final int[] steps = new int[MAX_HEIGHT];
    private long root;
    private int height;
    private long size;
    private long foundHash;

    /** An empty index. */
    public ExpiryIndex(PageAllocator pages) {
        this.pages = pages;
    }

    /** An index as an earlier run has left it. */
    public ExpiryIndex(PageAllocator pages, long root, int height, long size) {
        this.pages = pages;
        this.root = root;
        this.height = height;
        this.size = size;
    }

    public long root() {
        return root;
    }

    /** Levels of nodes; 0 when empty. */
    public int height() {
        return height;
    }

    public long size() {
        return size;
    }

    /** The hash of the pair that {@link #first} or {@link #at} has returned. */
    public long hash() {
        return foundHash;
    }

    /** The earliest time; the index is not empty. */
    public long first() {
        return at(0);
    }

    /** The time of the pair at a rank from 0 on. */
    public long at(long rank) {
        long rest = rank;
        long node = pages.content(root);
        for (int level = height; level > 1; level--) {
            int i = 0;
            for (long count; rest >= (count = Node.below(node, i)); i++) {
                rest -= count;
            }
            node = pages.content(Node.child(node, i));
        }
        foundHash = Node.hash(node, (int) rest);
        return Node.time(node, (int) rest);
    }

    /** Adds a pair. Needs {@link PageAllocator#ensureReserve} before, and then does not fail. */
    public void add(long time, long hash) {
        if (root == 0) {
            root = allocate(true);
            height = 1;
        }
        descend(time, hash);
        int leaf = height - 1;
        long node = pages.content(path[leaf]);
        int at = Node.lowerBound(node, time, hash);
        Node.insert(node, at, time, hash, 0, 0);
        size++;
        for (int level = 0; level < leaf; level++) {
            Node.addBelow(pages.content(path[level]), steps[level], 1);
        }
        for (int level = leaf; Node.isFull(pages.content(path[level])); level--) {
            if (level == 0) {
                addRoot();
                level = 1;
            }
            split(level);
        }
    }

    private long allocate(boolean leaf) {
        long page = pages.allocateReserved(Node.SIZE, PageAllocator.TYPE_EXPIRY);
        Node.initialize(pages.content(page), leaf);
        return page;
    }

    private void descend(long time, long hash) {
        long page = root;
        for (int level = 0; level < height - 1; level++) {
            long node = pages.content(page);
            path[level] = page;
            steps[level] = Node.childFor(node, time, hash);
            page = Node.child(node, steps[level]);
        }
        path[height - 1] = page;
    }

    private void addRoot() {
        long node = pages.content(root);
        long top = allocate(false);
        Node.insert(pages.content(top), 0, Node.time(node, 0), Node.hash(node, 0), root, size);
        System.arraycopy(path, 0, path, 1, height);
        System.arraycopy(steps, 0, steps, 1, height);
        root = top;
        path[0] = top;
        steps[0] = 0;
        height++;
    }

    private void split(int level) {
        long left = pages.content(path[level]);
        long parent = pages.content(path[level - 1]);
        int step = steps[level - 1];
        int count = Node.count(left);
        long page = allocate(Node.isLeaf(left));
        long right = pages.content(page);
        boolean atTheEnd = step == Node.count(parent) - 1;
        // most keys get the same time to live: what comes last will have nothing put before it
        int from = atTheEnd ? count - count / 8 : count / 2;
        long moved = Node.moveTail(left, from, right);
        Node.addBelow(parent, step, -moved);
        Node.insert(parent, step + 1, Node.time(right, 0), Node.hash(right, 0), page, moved);
    }

    /** Removes one such pair; @return whether there was one */
    public boolean remove(long time, long hash) {
        if (root == 0) {
            return false;
        }
        descend(time, hash);
        int leaf = height - 1;
        long node = pages.content(path[leaf]);
        int at = Node.lowerBound(node, time, hash);
        if (at == Node.count(node) || Node.time(node, at) != time || Node.hash(node, at) != hash) {
            return false;
        }
        Node.delete(node, at);
        size--;
        for (int level = 0; level < leaf; level++) {
            Node.addBelow(pages.content(path[level]), steps[level], -1);
        }
        for (int level = leaf; level > 0; level--) {
            shrink(level);
        }
        shrinkRoot();
        return true;
    }

    /** Joins a node that has become small with a neighbour, or drops an empty one. */
    private void shrink(int level) {
        long node = pages.content(path[level]);
        int count = Node.count(node);
        if (count >= Node.capacity(node) / 4) {
            return;
        }
        long parent = pages.content(path[level - 1]);
        int step = steps[level - 1];
        if (count == 0) {
            pages.free(path[level]);
            Node.delete(parent, step);
        } else if (step + 1 < Node.count(parent)) {
            join(parent, step);
        } else if (step > 0) {
            join(parent, step - 1);
        }
    }

    private void join(long parent, int step) {
        long left = pages.content(Node.child(parent, step));
        long page = Node.child(parent, step + 1);
        long right = pages.content(page);
        if (Node.count(left) + Node.count(right) <= Node.capacity(left) * 3 / 4) {
            if (!Node.isLeaf(right)) {
                // a first child's pair was never asked and may be above pairs below it
                Node.pair(right, 0, Node.time(parent, step + 1), Node.hash(parent, step + 1));
            }
            Node.addBelow(parent, step, Node.moveTail(right, 0, left));
            Node.delete(parent, step + 1);
            pages.free(page);
        }
    }

    private void shrinkRoot() {
        while (height > 1 && Node.count(pages.content(root)) <= 1) {
            long only = Node.count(pages.content(root)) == 0 ? 0 : Node.child(pages.content(root), 0);
            pages.free(root);
            root = only;
            height = only == 0 ? 0 : height - 1;
        }
        if (height == 1 && Node.count(pages.content(root)) == 0) {
            pages.free(root);
            root = 0;
            height = 0;
        }
    }

    /** Empties the index and hands its pages over to {@link #release}. */
    public void clear(Deque<Long> garbage) {
        if (root != 0) {
            garbage.push(root);
        }
        root = 0;
        height = 0;
        size = 0;
    }

    /** Gives one node back, after putting the nodes below it on the pile. */
    public static void release(PageAllocator pages, Deque<Long> garbage) {
        long page = garbage.pop();
        long node = pages.content(page);
        if (!Node.isLeaf(node)) {
            for (int i = 0; i < Node.count(node); i++) {
                garbage.push(Node.child(node, i));
            }
        }
        pages.free(page);
    }
}
