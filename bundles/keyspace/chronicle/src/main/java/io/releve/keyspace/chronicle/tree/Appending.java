package io.releve.keyspace.chronicle.tree;

import io.releve.bytes.Bytes;
import io.releve.keyspace.ListValue.ElementSource;
import io.releve.keyspace.chronicle.extent.PageAllocator;
import io.releve.keyspace.chronicle.memory.Packed;

/**
 * Adds many values behind the last one of a tree without keys. The first of a leaf is inserted like any other; those
 * that fit behind it are written side by side, and counted once.
 */
final class Appending {
    private final Tree tree;
    private final TreeNodes nodes;
    private final PageAllocator pages;
    private final Shape shape;
    private final TreePath path;
    private final Bytes none = new Bytes();

    Appending(Tree tree, TreeNodes nodes, PageAllocator pages, Shape shape, TreePath path) {
        this.tree = tree;
        this.nodes = nodes;
        this.pages = pages;
        this.shape = shape;
        this.path = path;
    }

    /** Adds all that a source has; {@code value} is for passing use. */
    void append(ElementSource source, Bytes value) {
        boolean more = source.next(value);
        while (more) {
            tree.seek(tree.size());
            tree.insert(none, value);
            more = fill(source, value);
        }
    }

    /**
     * Fills the last leaf. Before its end the leaf is as it was, so that nothing is lost if the source throws.
     *
     * @return whether the source had a value that did not fit, which the view shows
     */
    private boolean fill(ElementSource source, Bytes value) {
        tree.seek(tree.size());
        long page = path.page(path.leaf());
        long node = pages.edit(page);
        int capacity = pages.capacity(page);
        int first = Node.count(node);
        int room = Math.min(Node.free(node, capacity), nodes.maxBytes() - Node.used(node));
        int slots = nodes.maxEntries() - first;
        int added = 0;
        int bytes = 0;
        boolean more = source.next(value);
        while (more && added < slots && !shape.valueIsOutside(value)) {
            int size = Packed.size(value.length());
            room -= size + Node.LEAF_STRIDE;
            if (room < 0) {
                break;
            }
            bytes += size;
            long cell = Node.place(node, capacity, first + added++, bytes);
            Packed.write(cell, value.array(), value.offset(), value.length());
            more = source.next(value);
        }
        Node.added(node, added, bytes);
        tree.count(added, bytes);
        return more;
    }
}
