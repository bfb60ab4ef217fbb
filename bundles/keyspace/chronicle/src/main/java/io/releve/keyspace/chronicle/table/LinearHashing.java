package io.releve.keyspace.chronicle.table;

import io.releve.keyspace.chronicle.extent.PageAllocator;
import io.releve.keyspace.chronicle.memory.KeyHash;
import io.releve.keyspace.chronicle.memory.Memory;
import io.releve.keyspace.chronicle.memory.Packed;

/**
 * How a table grows and shrinks, a bucket at a time: of {@code n} buckets the lower {@code 2^k}, the largest power of
 * two not above {@code n}, are split in order; bucket {@code i} gives part of its cells to bucket {@code i + 2^k}.
 */
final class LinearHashing {
    /** Bytes of cells and slots that an average bucket has at most; at least it has half of them. */
    static final int TARGET = 640;

    private final PageAllocator pages;
    private final KeyHash hashing;
    private final Cells cells;
    private final TableRoot root;
    private final BucketList list;
    private final Buckets buckets;
    /** Which cells of a bucket that is split go to the new one. */
    private boolean[] toHigh = new boolean[64];

    LinearHashing(PageAllocator pages, KeyHash hashing, Cells cells, TableRoot root, BucketList list, Buckets buckets) {
        this.pages = pages;
        this.hashing = hashing;
        this.cells = cells;
        this.root = root;
        this.list = list;
        this.buckets = buckets;
    }

    /** The bucket of a hash when there are so many. */
    static long numberOf(long hash, long count) {
        long level = Long.highestOneBit(count);
        long candidate = hash & 2 * level - 1;
        return candidate < count ? candidate : candidate - level;
    }

    /** After an insertion, whose pages were ensured. */
    void grow() {
        if (root.content() > list.count() * TARGET) {
            split();
        }
    }

    /** After a removal; left out when there is no room for it. */
    void shrink() {
        long count = list.count();
        if (count > 1 && root.content() < count * TARGET / 2 && pages.hasRoom()) {
            join();
        }
    }

    /** Splits the next bucket in two. */
    private void split() {
        long count = list.count();
        long level = Long.highestOneBit(count);
        long from = count - level;
        long old = list.get(from);
        list.add(0);
        if (old == 0) {
            return;
        }
        long bucket = pages.content(old);
        int capacity = pages.capacity(old);
        int cellCount = Bucket.count(bucket);
        if (toHigh.length < cellCount) {
            toHigh = new boolean[2 * cellCount];
        }
        int moved = 0;
        int movedSize = 0;
        for (int i = 0; i < cellCount; i++) {
            long cell = Bucket.cell(bucket, capacity, i);
            toHigh[i] = (hashOf(cell) & level) != 0;
            if (toHigh[i]) {
                moved++;
                movedSize += cells.size(cell) + Bucket.SLOT;
            }
        }
        if (moved == cellCount) {
            list.set(count, old);
            list.set(from, 0);
        } else if (moved != 0) {
            long low = buckets.allocate(Bucket.room(Bucket.used(bucket) - movedSize));
            long high = buckets.allocate(Bucket.room(Bucket.HEADER + movedSize));
            for (int i = 0; i < cellCount; i++) {
                buckets.copyCell(bucket, capacity, i, toHigh[i] ? high : low);
            }
            buckets.free(old);
            list.set(from, low);
            list.set(count, high);
        }
    }

    private long hashOf(long cell) {
        return Packed.isOutside(cell) ? Memory.getLong(cell + Packed.OUTSIDE_SIZE)
                : hashing.hash(null, cell + Packed.header(cell), Packed.length(cell));
    }

    /** Takes the last split back. */
    private void join() {
        long last = list.count() - 1;
        long into = last - Long.highestOneBit(last);
        long high = list.get(last);
        list.removeLast();
        if (high == 0) {
            return;
        }
        long low = list.get(into);
        if (low == 0) {
            list.set(into, high);
            return;
        }
        long lowBucket = pages.content(low);
        long highBucket = pages.content(high);
        long whole = buckets.allocate(Bucket.room(Bucket.used(lowBucket) + Bucket.used(highBucket)));
        Bucket.copy(lowBucket, pages.capacity(low), pages.edit(whole), pages.capacity(whole));
        for (int i = 0; i < Bucket.count(highBucket); i++) {
            buckets.copyCell(highBucket, pages.capacity(high), i, whole);
        }
        root.noteCount(Bucket.count(pages.content(whole)));
        buckets.free(low);
        buckets.free(high);
        list.set(into, whole);
    }
}
