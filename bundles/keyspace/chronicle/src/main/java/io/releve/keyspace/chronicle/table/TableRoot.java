package io.releve.keyspace.chronicle.table;

import io.releve.keyspace.chronicle.extent.PageAllocator;
import io.releve.keyspace.chronicle.memory.Memory;

/** What a table counts in its root, behind the list of buckets; {@link Table} names the fields. */
final class TableRoot {
    private static final int SIZE = BucketList.ROOT;
    private static final int CONTENT = SIZE + 8;
    private static final int MEMORY = SIZE + 16;
    private static final int LARGEST = SIZE + 24;
    private static final int OUTSIDE = SIZE + 28;

    /** Bytes in the page of the root. */
    static final int LENGTH = OUTSIDE + 4;

    private final PageAllocator pages;
    private long page;
    private int offset;

    TableRoot(PageAllocator pages) {
        this.pages = pages;
    }

    void at(long rootPage, int rootOffset) {
        page = rootPage;
        offset = rootOffset;
    }

    void clear() {
        Memory.zero(edit(), LENGTH);
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

    /** Number of keys. */
    long size() {
        return Memory.getLong(root() + SIZE);
    }

    void addSize(long keys) {
        add(SIZE, keys);
    }

    /** Bytes of cells and slots. */
    long content() {
        return Memory.getLong(root() + CONTENT);
    }

    void addContent(long bytes) {
        add(CONTENT, bytes);
    }

    /** Bytes of buckets and outside strings. */
    long memory() {
        return Memory.getLong(root() + MEMORY);
    }

    void addMemory(long bytes) {
        add(MEMORY, bytes);
    }

    /** Most cells that a bucket has had. */
    int largest() {
        return Memory.getInt(root() + LARGEST);
    }

    /** Notes the number of cells in a bucket. */
    void noteCount(int cells) {
        long at = edit() + LARGEST;
        if (Memory.getInt(at) < cells) {
            Memory.putInt(at, cells);
        }
    }

    boolean hasOutside() {
        return Memory.getInt(root() + OUTSIDE) != 0;
    }

    void addOutside(int strings) {
        long at = edit() + OUTSIDE;
        Memory.putInt(at, Memory.getInt(at) + strings);
    }
}
