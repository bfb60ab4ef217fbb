package io.releve.keyspace.chronicle.tree;

import io.releve.keyspace.chronicle.extent.PageAllocator;
import io.releve.keyspace.chronicle.memory.Memory;
import io.releve.keyspace.chronicle.memory.Packed;

/** How a tree takes in a cell: in the room of the node, in a larger page, or by splitting nodes. */
final class Growth {
    private final TreeNodes nodes;
    private final PageAllocator pages;
    private final Shape shape;
    private final Stage stage;
    private final TreePath path;

    Growth(TreeNodes nodes, PageAllocator pages, Shape shape, Stage stage, TreePath path) {
        this.nodes = nodes;
        this.pages = pages;
        this.shape = shape;
        this.stage = stage;
        this.path = path;
    }

    /** Most bytes that a separating key may have to have outside, should the leaf of the place be split. */
    long separatorLength() {
        if (shape.fixedKey() >= 0 || !nodes.hasOutside() && stage.keyPages() == 0 || nodes.height() == 0) {
            return 0;
        }
        long page = path.page(path.leaf());
        long node = pages.content(page);
        long longest = stage.keyPages() == 0 ? 0 : Packed.length(stage.address());
        for (int i = 0; i < Node.count(node); i++) {
            long cell = Node.leafCell(node, pages.capacity(page), i);
            longest = Math.max(longest, shape.keyIsOutside(cell) ? Packed.length(cell) : 0);
        }
        return longest == 0 ? 0 : longest + 3L * PageAllocator.MAX_CONTENT;
    }

    int cellSize(long node, long cell) {
        return cell == 0 ? 0 : Node.isLeaf(node) ? shape.size(cell) : shape.keySize(cell);
    }

    /** Inserts a slot in a node of the path; a size of 0 stands for no cell. */
    void insert(int depth, int at, long cell, int size, long child, long below) {
        long page = path.page(depth);
        long node = pages.edit(page);
        int capacity = pages.capacity(page);
        int needed = size + Node.stride(node);
        if (Node.isLeaf(node) && isAtLimit(node, needed)) {
            split(depth, at, cell, size, child, below);
            return;
        }
        if (Node.free(node, capacity) < needed) {
            int garbage = Node.garbage(node);
            if (Node.free(node, capacity) + garbage >= needed && garbage >= capacity >> 4) {
                tidy(node, capacity);
            } else if (Node.isLeaf(node) && capacity < nodes.maxLeaf()) {
                page = enlarge(depth, Node.used(node) + needed);
                node = pages.edit(page);
                capacity = pages.capacity(page);
            } else {
                split(depth, at, cell, size, child, below);
                return;
            }
        }
        Node.insert(node, capacity, at, cell, size, child, below);
    }

    private boolean isAtLimit(long node, int needed) {
        int count = Node.count(node);
        return count != 0 && (count >= nodes.maxEntries() || Node.used(node) + needed > nodes.maxBytes());
    }

    /** Puts the cells of a page side by side. */
    void tidy(long node, int capacity) {
        Memory.copy(node, stage.page(), capacity);
        copyCells(stage.page(), capacity, node, capacity);
    }

    /** Copies slots and cells, side by side; room enough. */
    void copyCells(long from, int capacity, long to, int targetCapacity) {
        Node.initialize(to, Node.isLeaf(from));
        append(from, capacity, 0, Node.count(from), to, targetCapacity);
    }

    private void append(long from, int capacity, int start, int end, long to, int targetCapacity) {
        boolean leaf = Node.isLeaf(from);
        for (int i = start; i < end; i++) {
            long cell = Node.cell(from, capacity, i);
            Node.insert(to, targetCapacity, Node.count(to), cell, cellSize(from, cell),
                    leaf ? 0 : Node.child(from, i), leaf ? 0 : Node.below(from, i));
        }
    }

    private long enlarge(int depth, int needed) {
        long page = path.page(depth);
        int room = Math.min(Math.max(needed, pages.capacity(page) * 3 / 2), nodes.maxLeaf());
        long larger = nodes.allocate(Math.max(room, needed), true);
        copyCells(pages.content(page), pages.capacity(page), pages.edit(larger), pages.capacity(larger));
        nodes.free(page);
        path.page(depth, larger);
        if (depth == 0) {
            nodes.top(larger, 1);
        } else {
            Node.child(pages.edit(path.page(depth - 1)), path.step(depth - 1), larger);
        }
        return larger;
    }

    private void split(int givenDepth, int at, long cell, int size, long child, long below) {
        int depth = givenDepth;
        if (depth == 0) {
            addTop();
            depth = 1;
        }
        long leftPage = path.page(depth);
        long left = pages.edit(leftPage);
        int leftCapacity = pages.capacity(leftPage);
        boolean leaf = Node.isLeaf(left);
        int count = Node.count(left);
        int from = splitAt(depth, at, left, leftCapacity, size);
        long rightPage = nodes.allocateNode(leaf);
        long right = pages.edit(rightPage);
        if (pages.capacity(rightPage) < Node.used(left)) {
            nodes.free(rightPage);
            rightPage = nodes.allocate(leftCapacity, leaf);
            right = pages.edit(rightPage);
        }
        int rightCapacity = pages.capacity(rightPage);
        int movedSize = 0;
        for (int i = from; i < count; i++) {
            movedSize += cellSize(left, Node.cell(left, leftCapacity, i));
        }
        append(left, leftCapacity, from, count, right, rightCapacity);
        Node.truncate(left, from, movedSize);
        boolean toTheLeft = at < from || at == from && (from == 0 || at < count && Node.used(left) < Node.used(right));
        if (toTheLeft) {
            // it was split for its limit, and may not be in a page that half of it and the cell fit in
            int needed = Node.used(left) + size + Node.stride(left);
            if (needed > leftCapacity) {
                leftPage = enlarge(depth, needed);
                left = pages.edit(leftPage);
                leftCapacity = pages.capacity(leftPage);
            }
        }
        long target = toTheLeft ? left : right;
        int targetCapacity = toTheLeft ? leftCapacity : rightCapacity;
        if (Node.free(target, targetCapacity) < size + Node.stride(target)) {
            tidy(target, targetCapacity);
        }
        Node.insert(target, targetCapacity, toTheLeft ? at : at - from, cell, size, child, below);
        int separator = separate(left, leftCapacity, right, rightCapacity);
        long parent = pages.edit(path.page(depth - 1));
        int step = path.step(depth - 1);
        Node.below(parent, step, Node.total(left));
        insert(depth - 1, step + 1, stage.separator(), separator, rightPage, Node.total(right));
    }

    private void addTop() {
        long top = nodes.allocateNode(false);
        long node = pages.edit(top);
        Node.insert(node, pages.capacity(top), 0, 0, 0, path.page(0), Node.total(pages.content(path.page(0))));
        path.push(top);
        nodes.top(top, path.leaf() + 1);
    }

    /** What is added at either end will often be followed by more: then the old node stays as full as it is. */
    private int splitAt(int depth, int at, long node, int capacity, int size) {
        int count = Node.count(node);
        if (at == count && path.isLast(depth)) {
            return count;
        }
        if (at == 0 && path.isFirst(depth)) {
            return 0;
        }
        if (count == 1) {
            return at;
        }
        int half = (Node.used(node) + size) / 2;
        int sum = 0;
        for (int i = 0; i < count; i++) {
            sum += cellSize(node, Node.cell(node, capacity, i)) + Node.stride(node);
            if (sum > half) {
                return Math.max(1, i);
            }
        }
        return count - 1;
    }

    /** Makes the key that stands between two nodes; @return its size */
    private int separate(long left, int leftCapacity, long right, int rightCapacity) {
        if (shape.fixedKey() == 0) {
            return 0;
        }
        long first = Node.cell(right, rightCapacity, 0);
        if (!Node.isLeaf(right)) {
            // it moves up: the first slot has none
            int size = shape.keySize(first);
            Memory.copy(first, stage.separator(), size);
            Node.forgetCell(right, 0, size);
            return size;
        }
        long last = Node.leafCell(left, leftCapacity, Node.count(left) - 1);
        int size = shape.writeSeparator(last, first, stage.separator());
        if (shape.keyIsOutside(stage.separator())) {
            nodes.copyOutside(stage.separator());
        }
        return size;
    }
}
