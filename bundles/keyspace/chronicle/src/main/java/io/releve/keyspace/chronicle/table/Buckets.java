package io.releve.keyspace.chronicle.table;

import io.releve.bytes.Bytes;
import io.releve.keyspace.chronicle.extent.Contents;
import io.releve.keyspace.chronicle.extent.PageAllocator;
import io.releve.keyspace.chronicle.memory.Memory;
import io.releve.keyspace.chronicle.memory.Packed;

/** The pages of a table: its buckets and the strings that lie outside of them, all of them counted in the root. */
final class Buckets {
    private final PageAllocator pages;
    private final Contents contents;
    private final Cells cells;
    private final TableRoot root;

    Buckets(PageAllocator pages, Contents contents, Cells cells, TableRoot root) {
        this.pages = pages;
        this.contents = contents;
        this.cells = cells;
        this.root = root;
    }

    /** An empty bucket. */
    long allocate(int room) {
        long bucket = pages.allocate(room, PageAllocator.TYPE_BUCKET);
        root.addMemory(pages.capacity(bucket) + PageAllocator.HEADER);
        Bucket.initialize(pages.edit(bucket));
        return bucket;
    }

    void free(long bucket) {
        root.addMemory(-pages.capacity(bucket) - PageAllocator.HEADER);
        pages.free(bucket);
    }

    /** Moves a bucket into a page with other room; @return that page */
    long resize(long bucket, int room) {
        long other = allocate(room);
        Bucket.copy(pages.content(bucket), pages.capacity(bucket), pages.edit(other), pages.capacity(other));
        free(bucket);
        return other;
    }

    /** Gives a bucket back, and what its cells have outside. */
    void freeWithOutside(long victim) {
        if (root.hasOutside()) {
            long bucket = pages.content(victim);
            for (int i = 0; i < Bucket.count(bucket); i++) {
                freeOutsideOf(Bucket.cell(bucket, pages.capacity(victim), i));
            }
        }
        free(victim);
    }

    /** Another bucket with the same cells; the pages were ensured. */
    long copy(long original) {
        long copy = allocate(pages.capacity(original));
        long bucket = pages.edit(copy);
        int capacity = pages.capacity(copy);
        Bucket.copy(pages.content(original), pages.capacity(original), bucket, capacity);
        for (int i = 0; i < Bucket.count(bucket); i++) {
            long cell = Bucket.cell(bucket, capacity, i);
            copyOutside(cell);
            if (cells.havePackedValues()) {
                copyOutside(Cells.value(cell));
            }
        }
        return copy;
    }

    private void copyOutside(long at) {
        if (Packed.isOutside(at)) {
            Packed.reference(at, contents.copy(Packed.reference(at), Packed.length(at)));
            countOutside(Packed.reference(at), 1);
        }
    }

    /** Copies the i-th cell of a bucket behind those of another page, where there is room. */
    void copyCell(long bucket, int capacity, int i, long target) {
        long cell = Bucket.cell(bucket, capacity, i);
        int size = cells.size(cell);
        int fingerprint = Bucket.fingerprint(bucket, capacity, i);
        long copy = Bucket.append(pages.edit(target), pages.capacity(target), size, fingerprint);
        Memory.copy(cell, copy, size);
    }

    /** Stores a string outside if it is long, not counted yet; @return its pages or 0 */
    long outside(Bytes string) {
        if (string.length() <= Table.MAX_INSIDE) {
            return 0;
        }
        long reference = contents.allocate(string.length());
        contents.write(reference, 0, string.array(), string.offset(), string.length());
        return reference;
    }

    /** Takes {@link #outside} back. */
    void drop(long reference) {
        if (reference != 0) {
            contents.free(reference);
        }
    }

    /** Counts the pages of a string, if there are any, as come (1) or gone (-1). */
    void countOutside(long reference, int sign) {
        if (reference != 0) {
            root.addMemory(sign * contents.memory(reference));
            root.addOutside(sign);
        }
    }

    /** Gives back what the string packed here has outside. */
    void freeOutside(long at) {
        if (Packed.isOutside(at)) {
            countOutside(Packed.reference(at), -1);
            contents.free(Packed.reference(at));
        }
    }

    /** Gives back what key and value of a cell have outside. */
    void freeOutsideOf(long cell) {
        freeOutside(cell);
        if (cells.havePackedValues()) {
            freeOutside(Cells.value(cell));
        }
    }
}
