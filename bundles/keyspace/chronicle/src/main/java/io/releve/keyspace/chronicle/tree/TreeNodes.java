package io.releve.keyspace.chronicle.tree;

import io.releve.keyspace.chronicle.extent.Contents;
import io.releve.keyspace.chronicle.extent.PageAllocator;
import io.releve.keyspace.chronicle.memory.Memory;
import io.releve.keyspace.chronicle.memory.Packed;

/** The root of a tree, which {@link Tree} describes, and the pages of its nodes and of what lies outside. */
final class TreeNodes {
    /** Bytes of the root. */
    static final int ROOT = 40;

    /** Content of a node of the usual size. */
    private static final int NODE = 4096 - PageAllocator.HEADER;
    private static final int LARGEST_LEAF = 32_768 - PageAllocator.HEADER;
    private static final int SIZE = 8;
    private static final int CELLS = 16;
    private static final int MEMORY = 24;
    private static final int HEIGHT = 32;
    private static final int OUTSIDE = 36;

    private final PageAllocator pages;
    private final Contents contents;
    private final Shape shape;
    private long page;
    private int offset;
    private int maxEntries = Integer.MAX_VALUE;
    private int maxBytes = NODE;

    TreeNodes(PageAllocator pages, Contents contents, Shape shape) {
        this.pages = pages;
        this.contents = contents;
        this.shape = shape;
    }

    void at(long rootPage, int rootOffset) {
        page = rootPage;
        offset = rootOffset;
    }

    void limit(int entries, int bytes) {
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

    void clear() {
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

    long size() {
        return Memory.getLong(root() + SIZE);
    }

    void addSize(long cells) {
        add(SIZE, cells);
    }

    long cells() {
        return Memory.getLong(root() + CELLS);
    }

    void addCells(long bytes) {
        add(CELLS, bytes);
    }

    long memory() {
        return Memory.getLong(root() + MEMORY);
    }

    private void addMemory(long bytes) {
        add(MEMORY, bytes);
    }

    /** Levels of nodes. */
    int height() {
        return Memory.getInt(root() + HEIGHT);
    }

    /** The top node. */
    long top() {
        return Memory.getLong(root());
    }

    void top(long node, int height) {
        long root = edit();
        Memory.putLong(root, node);
        Memory.putInt(root + HEIGHT, height);
    }

    /** A page for a node of this much content, not initialized. */
    long allocate(int content) {
        long node = pages.allocate(content, PageAllocator.TYPE_NODE);
        addMemory(pages.capacity(node) + PageAllocator.HEADER);
        return node;
    }

    /** An empty node of this much content. */
    long allocate(int content, boolean leaf) {
        long node = allocate(content);
        Node.initialize(pages.edit(node), leaf);
        return node;
    }

    /** An empty node of the usual size. */
    long allocateNode(boolean leaf) {
        return allocate(NODE, leaf);
    }

    void free(long node) {
        addMemory(-pages.capacity(node) - PageAllocator.HEADER);
        pages.free(node);
    }

    boolean hasOutside() {
        return Memory.getInt(root() + OUTSIDE) != 0;
    }

    /** Counts the pages of a string outside as come (1) or gone (-1). */
    void countOutside(long reference, int sign) {
        addMemory(sign * contents.memory(reference));
        long at = edit() + OUTSIDE;
        Memory.putInt(at, Memory.getInt(at) + sign);
    }

    private void freeOutside(long at) {
        countOutside(Packed.reference(at), -1);
        contents.free(Packed.reference(at));
    }

    /** Gives back what a cell's key has outside; 0 is no cell. */
    void freeKey(long cell) {
        if (cell != 0 && shape.keyIsOutside(cell)) {
            freeOutside(cell);
        }
    }

    /** Gives back what a leaf cell's value has outside. */
    void freeValue(long cell) {
        if (shape.hasValue() && Packed.isOutside(cell + shape.keySize(cell))) {
            freeOutside(cell + shape.keySize(cell));
        }
    }

    /** Makes another string of one outside, in the place where it is packed. */
    void copyOutside(long at) {
        Packed.reference(at, contents.copy(Packed.reference(at), Packed.length(at)));
        countOutside(Packed.reference(at), 1);
    }
}
