package io.releve.keyspace.chronicle.extent;

import io.releve.keyspace.Keyspace.FullException;
import io.releve.keyspace.chronicle.memory.Memory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Pages of 64 bytes to 1 MiB inside the extents, by two-level segregated fit (M. Masmano et al., TLSF, 2004): free
 * pages hang in lists, eight for each doubling of size; a page is split when it is larger than needed and joined with
 * its free neighbours when it comes back. Sizes are multiples of 16, so that at most 15 bytes of a page are not asked
 * for, unless less than a smallest page would remain.
 *
 * <p>A page is named by a reference: block number times 1 MiB plus offset; 0 is none. Layout: size u32 (header
 * included, bit 0: free), size of the page before it in the block u32 (0 for the first), snapshot epoch u32, type u8,
 * size class u8, reserved u16; then the content, or in a free page the references of the next and the previous one of
 * its list.
 */
public class PageAllocator {
    public static final int HEADER = 16;
    /** Most bytes of content in a page. */
    public static final int MAX_CONTENT = Extents.SIZE - HEADER;

    /** Type of a page: content of a string or a key. */
    public static final int TYPE_CONTENT = 1;
    /** Type of a page: list of blocks. */
    public static final int TYPE_INDEX = 2;
    /** Type of a page: node of the expiry index. */
    public static final int TYPE_EXPIRY = 3;
    /** Type of a page: a compact collection. */
    public static final int TYPE_COMPACT = 4;
    /** Type of a page: the root of a collection. */
    public static final int TYPE_ROOT = 5;
    /** Type of a page: a bucket of a table. */
    public static final int TYPE_BUCKET = 6;
    /** Type of a page: references of a table. */
    public static final int TYPE_REFERENCES = 7;
    /** Type of a page: a node of a tree. */
    public static final int TYPE_NODE = 8;

    private static final int EPOCH = 8;
    private static final int SMALLEST = 64;
    private static final int CLASSES = 128;
    private static final int WHOLE = sizeClass(Extents.SIZE);
    private static final int FREE = 1;
    /** Blocks kept for what may not fail half-way, the expiry index. */
    private static final int RESERVE = 1;
    /** Free blocks below which more are made in the background: what a writer may fill until the disk has done so. */
    private static final int LOW = 6;
    private static final int LOW_SHARE = 4;
    private static final int LOW_LIMIT = 64;
    private static final long WAIT_MILLISECONDS = 10_000;

    private final Extents extents;
    private final long[] heads = new long[CLASSES];
    private final long[] filled = new long[CLASSES / 64];
    private final AtomicLong used = new AtomicLong();
    private int wholeBlocks;
    private int formatted;
    private int low = LOW;
    /** Of the last snapshot: pages of a lower one were there before it. */
    private int epoch;
    /** Null while no snapshot needs pages as they were. */
    private FrozenPages frozen;

    public PageAllocator(Path folder, ExecutorService background) {
        extents = new Extents(folder, background);
    }

    /** The same pages, for reading. */
    PageAllocator(PageAllocator other) {
        extents = other.extents;
    }

    public int epoch() {
        return epoch;
    }

    /** A snapshot begins. */
    public void nextEpoch() {
        epoch++;
    }

    /** From here on pages that were there when the snapshot began stay to be read; null ends that. */
    public void freeze(FrozenPages pages) {
        frozen = pages;
    }

    /** Opens what an earlier run has left. */
    public void open(AllocatorState state) throws IOException {
        extents.open(state.blocks());
        formatted = state.blocks();
        used.set(state.used());
        wholeBlocks = state.wholeBlocks();
        epoch = state.epoch();
        System.arraycopy(state.heads(), 0, heads, 0, CLASSES);
        for (int i = 0; i < CLASSES; i++) {
            if (heads[i] != 0) {
                filled[i >> 6] |= 1L << i;
            }
        }
    }

    public AllocatorState state() {
        return new AllocatorState(formatted, used.get(), wholeBlocks, epoch, heads.clone());
    }

    /** Makes the first blocks, waiting for them. */
    public void start() throws IOException {
        extents.request();
        extents.take(60_000);
        format();
        if (formatted == 0) {
            throw new IOException("There is no disk space for the first blocks of data");
        }
    }

    private static int sizeClass(int size) {
        int log = 31 - Integer.numberOfLeadingZeros(size);
        return (log - 6 << 3) + (size >>> log - 3 & 7);
    }

    public long address(long page) {
        return extents.address((int) (page >>> Extents.BITS)) + (page & Extents.SIZE - 1);
    }

    /** Address of a page's content. */
    public long content(long page) {
        return address(page) + HEADER;
    }

    /**
     * Address of a page's content for changing it. Whoever changes a page that holds a collection asks for it here, each
     * time.
     */
    public long edit(long page) {
        long address = address(page);
        if (frozen != null && Memory.getInt(address + EPOCH) != epoch) {
            frozen.preserve(page, address);
            Memory.putInt(address + EPOCH, epoch);
        }
        return address + HEADER;
    }

    /** Bytes of content that a page can take. */
    public int capacity(long page) {
        return Memory.getInt(address(page)) - HEADER;
    }

    /** Bytes in pages that are in use. Any thread. */
    public long usedBytes() {
        return used.getOpaque();
    }

    /**
     * Sees to it that pages with this much content, none of them above {@link #MAX_CONTENT}, can be had.
     *
     * @throws FullException when the disk is full
     */
    public void ensure(long bytes) {
        ensureBlocks((int) Math.min(bytes / MAX_CONTENT + 1, Integer.MAX_VALUE) + RESERVE);
    }

    /** Bytes in blocks that are free as a whole. */
    public long freeBytes() {
        return (long) wholeBlocks << Extents.BITS;
    }

    /** Whether small pages can be had without asking the disk. */
    public boolean hasRoom() {
        return wholeBlocks > RESERVE;
    }

    /** Sees to it that {@link #allocateReserved} can be called for 1 MiB in all. */
    public void ensureReserve() {
        ensureBlocks(RESERVE);
    }

    private void ensureBlocks(int blocks) {
        while (wholeBlocks < blocks) {
            extents.request();
            if (!extents.take(WAIT_MILLISECONDS)) {
                throw new FullException("OOM command not allowed: there is no disk space for more data");
            }
            format();
        }
    }

    /** Takes over new blocks and asks for more in time. */
    public void replenish() {
        if (wholeBlocks < low) {
            extents.request();
            if (extents.take(0)) {
                format();
            }
        }
    }

    private void format() {
        while (formatted < extents.count()) {
            long page = (long) ++formatted << Extents.BITS;
            Memory.putInt(address(page), Extents.SIZE);
            Memory.putInt(address(page) + 4, 0);
            link(page, Extents.SIZE);
        }
        low = Math.max(LOW, Math.min(LOW_LIMIT, formatted / LOW_SHARE));
    }

    /**
     * A page for this much content, which is not cleared.
     *
     * @throws FullException when the disk is full
     */
    public long allocate(int content, int type) {
        int size = sizeFor(content);
        int list = find(size);
        if (list < 0 || list == WHOLE && wholeBlocks <= RESERVE) {
            ensureBlocks(1 + RESERVE);
            list = find(size);
        }
        return take(list, size, type);
    }

    /** Like {@link #allocate}, after {@link #ensureReserve}: does not fail. */
    public long allocateReserved(int content, int type) {
        int size = sizeFor(content);
        return take(find(size), size, type);
    }

    private static int sizeFor(int content) {
        if (content < 0 || content > MAX_CONTENT) {
            throw new IllegalArgumentException("No page has " + content + " bytes");
        }
        return Math.max(SMALLEST, content + HEADER + 15 & ~15);
    }

    /** The first list whose pages are all large enough and that has one, or -1. */
    private int find(int size) {
        int from = sizeClass(size);
        if ((size & (1 << 31 - Integer.numberOfLeadingZeros(size) - 3) - 1) != 0) {
            from++;
        }
        int word = from >> 6;
        long bits = filled[word] & -1L << from;
        if (bits == 0 && word == 0) {
            word = 1;
            bits = filled[1];
        }
        return bits == 0 ? -1 : (word << 6) + Long.numberOfTrailingZeros(bits);
    }

    private long take(int list, int size, int type) {
        long page = heads[list];
        long address = address(page);
        int whole = Memory.getInt(address) & ~FREE;
        unlink(page, whole);
        int taken = size;
        if (whole - size >= SMALLEST) {
            long rest = page + size;
            Memory.putInt(address(rest), whole - size);
            Memory.putInt(address(rest) + 4, size);
            following(rest, whole - size, whole - size);
            link(rest, whole - size);
        } else {
            taken = whole;
        }
        Memory.putInt(address, taken);
        Memory.putInt(address + EPOCH, epoch);
        Memory.putInt(address + 12, type | sizeClass(taken) << 8);
        used.setOpaque(used.getPlain() + taken);
        if (wholeBlocks < low) {
            replenish();
        }
        return page;
    }

    public void free(long page) {
        int size = Memory.getInt(address(page));
        if ((size & FREE) != 0) {
            throw new IllegalStateException("Page " + page + " is free already");
        }
        used.setOpaque(used.getPlain() - size);
        if (frozen != null && Memory.getInt(address(page) + EPOCH) != epoch) {
            frozen.keep(page, size);
        } else {
            release(page, size);
        }
    }

    /** A page that was kept after it was freed becomes free. */
    void release(long page) {
        release(page, Memory.getInt(address(page)));
    }

    private void release(long page, int pageSize) {
        long start = page;
        int size = pageSize;
        Memory.putInt(address(page), size | FREE);
        long end = page + size;
        if ((end & Extents.SIZE - 1) != 0) {
            int after = Memory.getInt(address(end));
            if ((after & FREE) != 0) {
                unlink(end, after & ~FREE);
                size += after & ~FREE;
            }
        }
        int before = Memory.getInt(address(page) + 4);
        if (before != 0 && (Memory.getInt(address(page - before)) & FREE) != 0) {
            start = page - before;
            unlink(start, before);
            size += before;
        }
        Memory.putInt(address(start), size);
        following(start, size, size);
        link(start, size);
    }

    /** Tells the page behind this one the size of the one before it. */
    private void following(long page, int size, int told) {
        long end = page + size;
        if ((end & Extents.SIZE - 1) != 0) {
            Memory.putInt(address(end) + 4, told);
        }
    }

    private void link(long page, int size) {
        int list = sizeClass(size);
        long address = address(page);
        long head = heads[list];
        Memory.putInt(address, size | FREE);
        Memory.putLong(address + HEADER, head);
        Memory.putLong(address + HEADER + 8, 0);
        if (head != 0) {
            Memory.putLong(address(head) + HEADER + 8, page);
        }
        heads[list] = page;
        filled[list >> 6] |= 1L << list;
        wholeBlocks += list == WHOLE ? 1 : 0;
    }

    private void unlink(long page, int size) {
        int list = sizeClass(size);
        long address = address(page);
        long after = Memory.getLong(address + HEADER);
        long before = Memory.getLong(address + HEADER + 8);
        if (before != 0) {
            Memory.putLong(address(before) + HEADER, after);
        } else {
            heads[list] = after;
            if (after == 0) {
                filled[list >> 6] &= ~(1L << list);
            }
        }
        if (after != 0) {
            Memory.putLong(address(after) + HEADER + 8, before);
        }
        wholeBlocks -= list == WHOLE ? 1 : 0;
    }

    /** Adds figures for INFO. Any thread. */
    public void details(Map<String, Long> figures) {
        figures.put("extents_bytes", usedBytes());
        figures.put("extents_mapped_bytes", (long) extents.count() << Extents.BITS);
    }

    /** Releases the memory; the files stay. */
    public void close() {
        extents.close();
    }
}
