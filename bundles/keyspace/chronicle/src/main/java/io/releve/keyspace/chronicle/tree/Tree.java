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
    public static final int ROOT = 40;

    /** Content of a node of the usual size. */
    private static final int NODE = 4096 - PageAllocator.HEADER;
    private static final int LARGEST_LEAF = 32_768 - PageAllocator.HEADER;
    /** Content of the first leaf of a small tree. */
    private static final int FIRST_LEAF = 112;
    private static final int SIZE = 8;
    private static final int CELLS = 16;
    private static final int MEMORY = 24;
    private static final int HEIGHT = 32;
    private static final int OUTSIDE = 36;
    /** Pages that one change may take beside strings outside. */
    private static final int CHANGE = 1 << 17;

    private final PageAllocator pages;
    private final Contents contents;
    private final Shape shape;
    private final Stage stage;
    private final TreePath path;
    private final Growth growth;
    private final Shrinkage shrinkage;
    private final Appending appending;
    private long page;
    private int offset;
    private int maxEntries = Integer.MAX_VALUE;
    private int maxBytes = NODE;

    public Tree(PageAllocator pages, Contents contents, Shape shape, Stage stage) {
        this.pages = pages;
        this.contents = contents;
        this.shape = shape;
        this.stage = stage;
        path = new TreePath(pages, contents, shape);
        growth = new Growth(this, pages, contents, shape, stage, path);
        shrinkage = new Shrinkage(this, pages, shape, path);
        appending = new Appending(this, pages, shape, path);
    }

    /** Moves onto the tree whose root lies at an offset in a page's content. */
    public Tree at(long rootPage, int rootOffset) {
        page = rootPage;
        offset = rootOffset;
        return this;
    }

    /** Limits a leaf that is added to, to a number of cells and of bytes; one cell it always takes. */
    public void limit(int entries, int bytes) {
        maxEntries = Math.max(1, entries);
        maxBytes = Math.min(bytes, LARGEST_LEAF);
    }

    int maxEntries() {
        return maxEntries;
    }

    /** Most bytes in use of a leaf that gets another cell. */
    int maxBytes() {
        return maxBytes;
    }

    /** Largest content of a leaf. */
    int maxLeaf() {
        return Math.max(NODE, maxBytes);
    }

    /** Makes an empty tree. */
    public void create() {
        Memory.zero(edit(), ROOT);
    }

    private long root() {
        return pages.content(page) + offset;
    }

    private long edit() {
        return pages.edit(page) + offset;
    }

    private void add(int field, long difference) {
        long at = edit() + field;
        Memory.putLong(at, Memory.getLong(at) + difference);
    }

    public long size() {
        return Memory.getLong(root() + SIZE);
    }

    /** Bytes of the cells. */
    public long cells() {
        return Memory.getLong(root() + CELLS);
    }

    /** Bytes of pages, the root not included. */
    public long memory() {
        return Memory.getLong(root() + MEMORY);
    }

    int height() {
        return Memory.getInt(root() + HEIGHT);
    }

    void top(long node, int height) {
        long root = edit();
        Memory.putLong(root, node);
        Memory.putInt(root + HEIGHT, height);
    }

    boolean hasOutside() {
        return Memory.getInt(root() + OUTSIDE) != 0;
    }

    long allocate(int content, boolean leaf) {
        long node = pages.allocate(content, PageAllocator.TYPE_NODE);
        Node.initialize(pages.edit(node), leaf);
        add(MEMORY, pages.capacity(node) + PageAllocator.HEADER);
        return node;
    }

    long allocateNode(boolean leaf) {
        return allocate(NODE, leaf);
    }

    void free(long node) {
        add(MEMORY, -pages.capacity(node) - PageAllocator.HEADER);
        pages.free(node);
    }

    void countOutside(long reference, int sign) {
        add(MEMORY, sign * contents.memory(reference));
        long at = edit() + OUTSIDE;
        Memory.putInt(at, Memory.getInt(at) + sign);
    }

    private void freeOutside(long at) {
        countOutside(Packed.reference(at), -1);
        contents.free(Packed.reference(at));
    }

    /** Puts the cells of a page side by side. */
    void tidy(long node, int capacity) {
        growth.tidy(node, capacity);
    }

    /** Gives back what a cell's key has outside. */
    void freeKey(long cell) {
        if (cell != 0 && shape.keyIsOutside(cell)) {
            freeOutside(cell);
        }
    }

    void freeValue(long cell) {
        if (shape.hasValue() && Packed.isOutside(cell + shape.keySize(cell))) {
            freeOutside(cell + shape.keySize(cell));
        }
    }

    /** Notes that cells have come or gone below the nodes of the path. */
    void count(long cellsAdded, long bytes) {
        add(SIZE, cellsAdded);
        add(CELLS, bytes);
        for (int depth = 0; depth < path.leaf(); depth++) {
            long node = pages.edit(path.page(depth));
            Node.below(node, path.step(depth), Node.below(node, path.step(depth)) + cellsAdded);
        }
    }

    /** Moves to the cell of a rank, or behind the last one. */
    public void seek(long rank) {
        long root = root();
        path.seek(Memory.getLong(root), Memory.getInt(root + HEIGHT), Memory.getLong(root + SIZE), rank);
    }

    /** Moves to a key or where it would be; @return whether it is there */
    public boolean seek(Bytes key) {
        return path.seek(Memory.getLong(root()), height(), key);
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
            countOutside(stage.keyPages(), 1);
        }
        if (stage.valuePages() != 0) {
            countOutside(stage.valuePages(), 1);
        }
        if (height() == 0) {
            long leaf = allocate(Math.max(FIRST_LEAF, Node.HEADER + 2 + size), true);
            top(leaf, 1);
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
            countOutside(stage.valuePages(), 1);
        }
        freeValue(cell);
        long node = pages.edit(path.page(path.leaf()));
        if (size == oldSize) {
            Memory.copy(stage.address(), path.cell(), size);
            return;
        }
        Node.remove(node, path.index(), oldSize);
        add(CELLS, size - oldSize);
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
        if (cellCount == Node.count(node) && !hasOutside()) {
            int bytes = Node.liveCells(node);
            Node.truncate(node, 0, bytes);
            count(-cellCount, -bytes);
        } else {
            int capacity = pages.capacity(path.page(path.leaf()));
            int bytes = 0;
            for (int i = index; i < index + cellCount; i++) {
                long cell = Node.leafCell(node, capacity, i);
                bytes += shape.size(cell);
                freeKey(cell);
                freeValue(cell);
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
        if (source.height() != 0) {
            top(copy(Memory.getLong(source.root())), source.height());
        }
        long root = edit();
        Memory.putLong(root + SIZE, source.size());
        Memory.putLong(root + CELLS, source.cells());
    }

    private long copy(long original) {
        int capacity = pages.capacity(original);
        long copy = pages.allocate(capacity, PageAllocator.TYPE_NODE);
        add(MEMORY, pages.capacity(copy) + PageAllocator.HEADER);
        long node = pages.edit(copy);
        growth.copyCells(pages.content(original), capacity, node, pages.capacity(copy));
        boolean leaf = Node.isLeaf(node);
        for (int i = 0; i < Node.count(node); i++) {
            long cell = Node.cell(node, pages.capacity(copy), i);
            if (cell != 0) {
                copyOutside(cell, shape.keyIsOutside(cell));
                if (leaf && shape.hasValue()) {
                    copyOutside(value(cell), Packed.isOutside(value(cell)));
                }
            }
            if (!leaf) {
                Node.child(node, i, copy(Node.child(node, i)));
            }
        }
        return copy;
    }

    private void copyOutside(long at, boolean isOutside) {
        if (isOutside) {
            Packed.reference(at, contents.copy(Packed.reference(at), Packed.length(at)));
            countOutside(Packed.reference(at), 1);
        }
    }

    /** Gives pages back, about so many; @return whether all are gone, the root not included */
    public boolean dismantle(int steps) {
        for (int i = 0; i < steps && height() != 0; i++) {
            seek(size());
            int count = leafCount();
            remove(size() - count, count);
        }
        return height() == 0;
    }
}
