package io.releve.keyspace.chronicle.tree;

import io.releve.keyspace.chronicle.extent.PageAllocator;

/** How a tree gets smaller: empty nodes go, nodes below two fifths are joined with a neighbour. */
final class Shrinkage {
    private final TreeNodes nodes;
    private final Growth growth;
    private final PageAllocator pages;
    private final Shape shape;
    private final TreePath path;

    Shrinkage(TreeNodes nodes, Growth growth, PageAllocator pages, Shape shape, TreePath path) {
        this.nodes = nodes;
        this.growth = growth;
        this.pages = pages;
        this.shape = shape;
        this.path = path;
    }

    /** After a removal in the leaf of the path. */
    void balance() {
        for (int depth = path.leaf(); depth > 0; depth--) {
            long page = path.page(depth);
            long node = pages.content(page);
            int step = path.step(depth - 1);
            if (Node.count(node) == 0) {
                removeSlot(depth - 1, step, true);
                nodes.free(page);
            } else if (Node.used(node) * 5 < pages.capacity(page) * 2) {
                if (!join(depth, step) && step > 0) {
                    join(depth, step - 1);
                }
            }
        }
        lowerTop();
    }

    private void removeSlot(int depth, int i, boolean withOutside) {
        long page = path.page(depth);
        long node = pages.edit(page);
        long cell = Node.cell(node, pages.capacity(page), i);
        if (cell != 0 && withOutside) {
            nodes.freeKey(cell);
        }
        Node.remove(node, i, cell == 0 ? 0 : shape.keySize(cell));
        if (i == 0 && Node.count(node) > 0) {
            long first = Node.cell(node, pages.capacity(page), 0);
            if (first != 0) {
                nodes.freeKey(first);
                Node.forgetCell(node, 0, shape.keySize(first));
            }
        }
    }

    /** Joins the children at a step and behind it if one page takes both. */
    private boolean join(int depth, int step) {
        long parentPage = path.page(depth - 1);
        long parent = pages.edit(parentPage);
        if (step + 1 >= Node.count(parent)) {
            return false;
        }
        long leftPage = Node.child(parent, step);
        long rightPage = Node.child(parent, step + 1);
        long left = pages.edit(leftPage);
        long right = pages.content(rightPage);
        int capacity = pages.capacity(leftPage);
        boolean leaf = Node.isLeaf(left);
        long separator = Node.cell(parent, pages.capacity(parentPage), step + 1);
        int separatorSize = leaf || separator == 0 ? 0 : shape.keySize(separator);
        int joined = Node.used(left) + Node.used(right) + separatorSize;
        if (joined * 5 > capacity * 4 || leaf && Node.count(left) + Node.count(right) > nodes.maxEntries()) {
            return false;
        }
        if (Node.free(left, capacity) < Node.used(right) + separatorSize) {
            growth.tidy(left, capacity);
        }
        int rightCapacity = pages.capacity(rightPage);
        for (int i = 0; i < Node.count(right); i++) {
            long cell = Node.cell(right, rightCapacity, i);
            if (leaf) {
                Node.insert(left, capacity, Node.count(left), cell, shape.size(cell), 0, 0);
            } else {
                long key = i == 0 ? separator : cell;
                Node.insert(left, capacity, Node.count(left), key, key == 0 ? 0 : shape.keySize(key),
                        Node.child(right, i), Node.below(right, i));
            }
        }
        Node.below(parent, step, Node.below(parent, step) + Node.below(parent, step + 1));
        removeSlot(depth - 1, step + 1, leaf);
        nodes.free(rightPage);
        return true;
    }

    private void lowerTop() {
        long top = path.page(0);
        int height = nodes.height();
        while (height > 1 && Node.count(pages.content(top)) == 1) {
            long child = Node.child(pages.content(top), 0);
            nodes.free(top);
            top = child;
            height--;
            nodes.top(top, height);
        }
        if (Node.count(pages.content(top)) == 0) {
            nodes.free(top);
            nodes.top(0, 0);
        }
    }
}
