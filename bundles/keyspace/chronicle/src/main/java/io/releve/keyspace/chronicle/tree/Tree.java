package io.releve.keyspace.chronicle.tree;

import io.releve.bytes.Bytes;
import io.releve.keyspace.Keyspace.FullException;
import io.releve.keyspace.ListValue.ElementSource;
import io.releve.keyspace.chronicle.extent.Contents;
import io.releve.keyspace.chronicle.extent.PageAllocator;
import io.releve.keyspace.chronicle.memory.Memory;
import io.releve.keyspace.chronicle.memory.Packed;
import io.releve.keyspace.chronicle.memory.Scratch;

/**
 * A B+tree in pages whose inner nodes count the cells below, so that a cell is found by its key or by its rank. Keys are
 * ordered as bytes, unsigned; separating keys are cut short (R. Bayer, K. Unterauer, Prefix B-trees, 1977).
 *
 * <p>An object of this class is moved onto a tree by {@link #at}, and onto a place in it by {@link #seek}; a change ends
 * the validity of place and addresses. A change that throws {@link FullException} has changed nothing. In the root:
 * reference of the top node i64, number of cells i64, bytes of the cells i64, bytes of pages i64, levels of nodes u32,
 * strings outside u32.
 */
public final class Tree {
    /** Bytes in the page of the root. */
    public static final int ROOT = TreeNodes.ROOT;

    /** Content of the first leaf of a small tree. */
    private static final int FIRST_LEAF = 112;
    /** Pages that one change may take beside strings outside. */
    private static final int CHANGE = 1 << 17;

    private final PageAllocator pages;
    private final Contents contents;
    private final Shape shape;
    private final Stage stage;
    private final TreeNodes nodes;
    private final TreePath path;
    private final Growth growth;
    private final Shrinkage shrinkage;
    private final Appending appending;
    private final TreeCopy copy;

    public Tree(PageAllocator pages, Contents contents, Shape shape, Stage stage) {
        this.pages = pages;
        this.contents = contents;
        this.shape = shape;
        this.stage = stage;
        nodes = new TreeNodes(pages, contents, shape);
        path = new TreePath(pages, contents, shape);
        growth = new Growth(nodes, pages, shape, stage, path);
        shrinkage = new Shrinkage(nodes, growth, pages, shape, path);
        appending = new Appending(this, nodes, pages, shape, path);
        copy = new TreeCopy(pages, shape, nodes, growth);
    }

    /** Moves onto the tree whose root lies at an offset in a page's content. */
    public Tree at(long rootPage, int rootOffset) {
        nodes.at(rootPage, rootOffset);
        return this;
    }

    /** Limits a leaf that is added to, to a number of cells and of bytes; one cell it always takes. */
    public void limit(int entries, int bytes) {
        nodes.limit(entries, bytes);
    }

    /** Makes an empty tree. */
    public void create() {
        nodes.clear();
    }

    public long size() {
        return nodes.size();
    }

    /** Bytes of the cells. */
    public long cells() {
        return nodes.cells();
    }

    /** Bytes of pages, the root not included. */
    public long memory() {
        return nodes.memory();
    }

    /** Notes that cells have come or gone below the nodes of the path. */
    void count(long cellsAdded, long bytes) {
        nodes.addSize(cellsAdded);
        nodes.addCells(bytes);
        for (int depth = 0; depth < path.leaf(); depth++) {
            long node = pages.edit(path.page(depth));
            Node.below(node, path.step(depth), Node.below(node, path.step(depth)) + cellsAdded);
        }
    }

    /** Moves to the cell of a rank, or behind the last one. */
    public void seek(long rank) {
        path.seek(nodes.top(), nodes.height(), nodes.size(), rank);
    }

    /** Moves to a key or where it would be; @return whether it is there */
    public boolean seek(Bytes key) {
        return path.seek(nodes.top(), nodes.height(), key);
    }

    /** Rank of the place. */
    public long rank() {
        return path.rank();
    }

    /** The cell at the place, which is not behind the last one of its leaf. */
    public long cell() {
        return path.cell();
    }

    /** Where a cell's value is. */
    public long value(long cell) {
        return cell + shape.keySize(cell);
    }

    /** Number of cells in the leaf of the place. */
    public int leafCount() {
        return path.leafCount();
    }

    /** Position of the place in its leaf. */
    public int index() {
        return path.index();
    }

    /** Copies the leaf of the place to the heap; @return the length of the copy */
    public int load(Scratch target) {
        long leaf = path.page(path.leaf());
        int capacity = pages.capacity(leaf);
        Memory.copy(pages.content(leaf), target.atLeast(capacity), 0, capacity);
        return capacity;
    }

    /** Where a cell is in such a copy. */
    public static int cell(byte[] leaf, int length, int index) {
        return length - (Memory.getInt(leaf, Memory.ARRAY + Node.HEADER + 2L * index) & 0xffff);
    }

    /** Bytes of a packed key in such a copy. */
    public static int keySize(byte[] leaf, int at) {
        int header = Packed.header(leaf, at);
        return header + (Packed.isOutside(leaf, at) ? Shape.PREFIX : Packed.length(leaf, at));
    }

    /** Inserts a cell at the place; key and value as the shape has them. */
    public void insert(Bytes key, Bytes value) {
        int size = stage.write(contents, shape, key, value);
        try {
            pages.ensure(CHANGE + growth.separatorLength());
        } catch (FullException e) {
            stage.dropOutside(contents);
            throw e;
        }
        if (stage.keyPages() != 0) {
            nodes.countOutside(stage.keyPages(), 1);
        }
        if (stage.valuePages() != 0) {
            nodes.countOutside(stage.valuePages(), 1);
        }
        if (nodes.height() == 0) {
            long leaf = nodes.allocate(Math.max(FIRST_LEAF, Node.HEADER + 2 + size), true);
            nodes.top(leaf, 1);
            path.seek(leaf, 1, 0, 0);
        }
        count(1, size);
        growth.insert(path.leaf(), path.index(), stage.address(), size, 0, 0);
    }

    /** Adds all values of a source behind the last one, in a tree without keys; {@code value} is for passing use. */
    public void append(ElementSource source, Bytes value) {
        appending.append(source, value);
    }

    /** Replaces the value of the cell at the place. */
    public void replace(Bytes value) {
        long cell = cell();
        int keySize = shape.keySize(cell);
        int oldSize = shape.size(cell);
        int valueSize = stage.writeValue(contents, shape, cell, keySize, value);
        int size = keySize + valueSize;
        if (size != oldSize) {
            try {
                pages.ensure(CHANGE + growth.separatorLength());
            } catch (FullException e) {
                stage.dropOutside(contents);
                throw e;
            }
        }
        if (stage.valuePages() != 0) {
            nodes.countOutside(stage.valuePages(), 1);
        }
        nodes.freeValue(cell);
        long node = pages.edit(path.page(path.leaf()));
        if (size == oldSize) {
            Memory.copy(stage.address(), path.cell(), size);
            return;
        }
        Node.remove(node, path.index(), oldSize);
        nodes.addCells(size - oldSize);
        growth.insert(path.leaf(), path.index(), stage.address(), size, 0, 0);
    }

    /** Removes the cell at the place. Does not fail. */
    public void remove() {
        removeInLeaf(1);
    }

    /** Removes cells from a rank on. Does not fail. */
    public void remove(long rank, long cellCount) {
        long rest = cellCount;
        while (rest > 0) {
            seek(rank);
            rest -= removeInLeaf((int) Math.min(rest, leafCount() - index()));
        }
    }

    private int removeInLeaf(int cellCount) {
        long node = pages.edit(path.page(path.leaf()));
        int index = path.index();
        if (cellCount == Node.count(node) && !nodes.hasOutside()) {
            int bytes = Node.liveCells(node);
            Node.truncate(node, 0, bytes);
            count(-cellCount, -bytes);
        } else {
            int capacity = pages.capacity(path.page(path.leaf()));
            int bytes = 0;
            for (int i = index; i < index + cellCount; i++) {
                long cell = Node.leafCell(node, capacity, i);
                bytes += shape.size(cell);
                nodes.freeKey(cell);
                nodes.freeValue(cell);
            }
            if (cellCount == 1) {
                Node.remove(node, index, bytes);
            } else {
                Node.removeRange(node, index, index + cellCount, bytes);
            }
            count(-cellCount, -bytes);
        }
        shrinkage.balance();
        return cellCount;
    }

    /** Fills this new tree with a copy of another; the pages were ensured. */
    public void copyOf(Tree source) {
        copy.of(source.nodes);
    }

    /** Gives pages back, about so many; @return whether all are gone, the root not included */
    public boolean dismantle(int steps) {
        for (int i = 0; i < steps && nodes.height() != 0; i++) {
            seek(size());
            int count = leafCount();
            remove(size() - count, count);
        }
        return nodes.height() == 0;
    }
}
