package io.releve.keyspace.chronicle.tree;

import io.releve.keyspace.chronicle.extent.PageAllocator;
import io.releve.keyspace.chronicle.memory.Packed;

/** Copies a tree node by node; the pages were ensured. */
final class TreeCopy {
    private final PageAllocator pages;
    private final Shape shape;
    private final TreeNodes nodes;
    private final Growth growth;

    TreeCopy(PageAllocator pages, Shape shape, TreeNodes nodes, Growth growth) {
        this.pages = pages;
        this.shape = shape;
        this.nodes = nodes;
        this.growth = growth;
    }

    /** Fills this empty tree. */
    void of(TreeNodes source) {
        if (source.height() != 0) {
            nodes.top(copy(source.top()), source.height());
        }
        nodes.addSize(source.size());
        nodes.addCells(source.cells());
    }

    private long copy(long original) {
        int capacity = pages.capacity(original);
        long copy = nodes.allocate(capacity);
        long node = pages.edit(copy);
        growth.copyCells(pages.content(original), capacity, node, pages.capacity(copy));
        boolean leaf = Node.isLeaf(node);
        for (int i = 0; i < Node.count(node); i++) {
            long cell = Node.cell(node, pages.capacity(copy), i);
            if (cell != 0) {
                copyOutside(cell, leaf);
            }
            if (!leaf) {
                Node.child(node, i, copy(Node.child(node, i)));
            }
        }
        return copy;
    }

    private void copyOutside(long cell, boolean leaf) {
        if (shape.keyIsOutside(cell)) {
            nodes.copyOutside(cell);
        }
        long value = cell + shape.keySize(cell);
        if (leaf && shape.hasValue() && Packed.isOutside(value)) {
            nodes.copyOutside(value);
        }
    }
}
