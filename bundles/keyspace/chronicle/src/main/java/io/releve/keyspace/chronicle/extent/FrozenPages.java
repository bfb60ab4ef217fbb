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
    /** Copies by the number of the block; null where there are none. */
    private CopiedPages[] blocks = new CopiedPages[FIRST];
    private int blockCount;
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
        int block = (int) (page >>> Extents.BITS);
        if (block < blockCount && blocks[block] != null) {
            long copy = blocks[block].find(page);
            if (copy != 0) {
                return copy;
            }
        }
        return super.address(page);
    }

    /** Copies a page that is about to be changed. */
    void preserve(long page, long address) {
        int block = (int) (page >>> Extents.BITS);
        if (block >= blocks.length) {
            blocks = Arrays.copyOf(blocks, Math.max(block + 1, 2 * blocks.length));
        }
        if (blocks[block] == null) {
            blocks[block] = new CopiedPages();
            blockCount = Math.max(blockCount, block + 1);
        }
        int size = Memory.getInt(address);
        long copy = Memory.allocate(size);
        Memory.copy(address, copy, size);
        blocks[block].add(page, copy);
        bytes += size;
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
        while (blockCount > 0 && done < steps) {
            CopiedPages copied = blocks[--blockCount];
            blocks[blockCount] = null;
            done += copied == null ? 0 : copied.free();
        }
        if (keptCount == 0 && blockCount == 0) {
            bytes = 0;
            return true;
        }
        return false;
    }
}
