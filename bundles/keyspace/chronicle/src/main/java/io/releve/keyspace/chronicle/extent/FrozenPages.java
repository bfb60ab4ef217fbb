package io.releve.keyspace.chronicle.extent;

import io.releve.keyspace.chronicle.memory.Memory;
import java.util.Arrays;

/**
 * Pages as they were when a snapshot began. A page that is about to be changed is copied before, one that is freed stays
 * where it is until nobody reads it any more. For reading only.
 */
public final class FrozenPages extends PageAllocator {
    private static final int FIRST = 1 << 10;

    private final PageAllocator live;
    /** Open addressing: reference of a page, 0 for none, and the address of its copy. */
    private long[] references = new long[FIRST];
    private long[] copies = new long[FIRST];
    private int count;
    private long[] kept = new long[FIRST];
    private int keptCount;
    private long bytes;

    public FrozenPages(PageAllocator live) {
        super(live);
        this.live = live;
    }

    /** Bytes of copies, and of pages that would be free otherwise. */
    public long bytes() {
        return bytes;
    }

    @Override
    public long address(long page) {
        if (count != 0) {
            int slot = slot(page);
            if (references[slot] == page) {
                return copies[slot];
            }
        }
        return super.address(page);
    }

    private int slot(long page) {
        int mask = references.length - 1;
        int slot = (int) (page * 0x9E3779B97F4A7C15L >>> 32) & mask;
        while (references[slot] != 0 && references[slot] != page) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    /** Copies a page that is about to be changed. */
    void preserve(long page, long address) {
        if (2 * count >= references.length) {
            grow();
        }
        int size = Memory.getInt(address);
        long copy = Memory.allocate(size);
        Memory.copy(address, copy, size);
        int slot = slot(page);
        references[slot] = page;
        copies[slot] = copy;
        count++;
        bytes += size;
    }

    private void grow() {
        long[] oldReferences = references;
        long[] oldCopies = copies;
        references = new long[2 * oldReferences.length];
        copies = new long[references.length];
        for (int i = 0; i < oldReferences.length; i++) {
            if (oldReferences[i] != 0) {
                int slot = slot(oldReferences[i]);
                references[slot] = oldReferences[i];
                copies[slot] = oldCopies[i];
            }
        }
    }

    /** A page was freed and stays as it is for now. */
    void keep(long page, int size) {
        if (keptCount == kept.length) {
            kept = Arrays.copyOf(kept, 2 * keptCount);
        }
        kept[keptCount++] = page;
        bytes += size;
    }

    /**
     * Nobody reads any more: gives everything back, bit by bit.
     *
     * @return whether all is given back
     */
    public boolean thaw(int steps) {
        int done = 0;
        while (keptCount > 0 && done++ < steps) {
            live.release(kept[--keptCount]);
        }
        for (int i = references.length - 1; count > 0 && i >= 0 && done < steps; i--) {
            if (references[i] != 0) {
                Memory.free(copies[i]);
                references[i] = 0;
                count--;
                done++;
            }
        }
        if (keptCount == 0 && count == 0) {
            bytes = 0;
            return true;
        }
        return false;
    }
}
