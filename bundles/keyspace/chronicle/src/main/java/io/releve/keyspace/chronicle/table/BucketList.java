package io.releve.keyspace.chronicle.table;

import io.releve.keyspace.chronicle.extent.PageAllocator;
import io.releve.keyspace.chronicle.memory.Memory;

/**
 * The references of a table's buckets by number, 0 where a bucket is empty: up to {@value #PER_PAGE} in one page that
 * doubles, more in such pages under a top page that doubles. It grows and shrinks at the end, one at a time.
 *
 * <p>In the root: top reference i64, number of buckets i64, bytes of the pages i64.
 */
final class BucketList {
    static final int ROOT = 24;

    private static final int COUNT = 8;
    private static final int MEMORY = 16;
    private static final int PER_PAGE = 512;
    private static final int SHIFT = 9;
    private static final int FIRST = 6;

    private final PageAllocator pages;
    private long page;
    private int offset;

    BucketList(PageAllocator pages) {
        this.pages = pages;
    }

    void at(long rootPage, int rootOffset) {
        page = rootPage;
        offset = rootOffset;
    }

    private long root() {
        return pages.content(page) + offset;
    }

    void create() {
        long top = pages.allocate(8 * FIRST, PageAllocator.TYPE_REFERENCES);
        clear(top);
        long root = pages.edit(page) + offset;
        Memory.putLong(root, top);
        Memory.putLong(root + COUNT, 0);
        Memory.putLong(root + MEMORY, size(top));
    }

    private void clear(long references) {
        Memory.zero(pages.edit(references), pages.capacity(references));
    }

    private long size(long references) {
        return pages.capacity(references) + PageAllocator.HEADER;
    }

    long count() {
        return Memory.getLong(root() + COUNT);
    }

    /** Bytes of the pages. */
    long memory() {
        return Memory.getLong(root() + MEMORY);
    }

    long get(long number) {
        long root = root();
        long references = Memory.getLong(root);
        if (Memory.getLong(root + COUNT) > PER_PAGE) {
            references = Memory.getLong(pages.content(references) + 8 * (number >> SHIFT));
        }
        return Memory.getLong(pages.content(references) + 8 * (number & PER_PAGE - 1));
    }

    void set(long number, long bucket) {
        long root = root();
        long references = Memory.getLong(root);
        if (Memory.getLong(root + COUNT) > PER_PAGE) {
            references = Memory.getLong(pages.content(references) + 8 * (number >> SHIFT));
        }
        Memory.putLong(pages.edit(references) + 8 * (number & PER_PAGE - 1), bucket);
    }

    private long allocate(int references) {
        long made = pages.allocate(8 * references, PageAllocator.TYPE_REFERENCES);
        clear(made);
        addMemory(size(made));
        return made;
    }

    private void free(long references) {
        addMemory(-size(references));
        pages.free(references);
    }

    private void addMemory(long difference) {
        long root = pages.edit(page) + offset;
        Memory.putLong(root + MEMORY, Memory.getLong(root + MEMORY) + difference);
    }

    private void top(long references) {
        Memory.putLong(pages.edit(page) + offset, references);
    }

    /** Adds a reference at the end. */
    void add(long bucket) {
        long count = count();
        long top = Memory.getLong(root());
        if (count < PER_PAGE) {
            if (8 * (count + 1) > pages.capacity(top)) {
                top(moved(top, (int) Math.min(PER_PAGE, 2 * count)));
            }
        } else if ((count & PER_PAGE - 1) == 0) {
            long pageNumber = count >> SHIFT;
            if (pageNumber == 1) {
                long first = top;
                top = allocate(FIRST);
                Memory.putLong(pages.edit(top), first);
                top(top);
            } else if (8 * (pageNumber + 1) > pages.capacity(top)) {
                top = moved(top, (int) (2 * pageNumber));
                top(top);
            }
            Memory.putLong(pages.edit(top) + 8 * pageNumber, allocate(PER_PAGE));
        }
        Memory.putLong(pages.edit(page) + offset + COUNT, count + 1);
        set(count, bucket);
    }

    /** Drops the reference at the end. */
    void removeLast() {
        long count = count() - 1;
        long top = Memory.getLong(root());
        Memory.putLong(pages.edit(page) + offset + COUNT, count);
        if (count >= PER_PAGE && (count & PER_PAGE - 1) == 0) {
            free(Memory.getLong(pages.content(top) + 8 * (count >> SHIFT)));
            if (count == PER_PAGE) {
                top(Memory.getLong(pages.content(top)));
                free(top);
            }
        } else if (count < PER_PAGE && count >= FIRST && 32 * count <= pages.capacity(top) && pages.hasRoom()) {
            top(moved(top, (int) (2 * count)));
        }
    }

    private long moved(long references, int room) {
        long other = allocate(room);
        Memory.copy(pages.content(references), pages.edit(other),
                Math.min(pages.capacity(references), pages.capacity(other)));
        free(references);
        return other;
    }

    /** Gives the last page back; the list is empty. */
    void destroy() {
        free(Memory.getLong(root()));
    }
}
