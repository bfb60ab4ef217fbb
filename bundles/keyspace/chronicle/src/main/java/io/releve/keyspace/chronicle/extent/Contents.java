package io.releve.keyspace.chronicle.extent;

import io.releve.bytes.Bytes;
import io.releve.keyspace.chronicle.memory.Memory;
import java.util.Arrays;

/**
 * Byte strings in pages. Up to {@link PageAllocator#MAX_CONTENT} bytes lie in one page; a longer one is an index page
 * with the number of blocks (i64) and their references (i64 each), every block but the last being of the largest size.
 * Whether a string is indexed its owner knows: {@link #isIndexed} of its reference.
 */
public final class Contents {
    private static final int BLOCK = PageAllocator.MAX_CONTENT;
    /** For 512 MiB. */
    private static final int MAX_BLOCKS = 513;
    private static final int COMPARED = 4096;
    private static final int INDEX = 8 + 8 * MAX_BLOCKS;

    private final PageAllocator pages;

    public Contents(PageAllocator pages) {
        this.pages = pages;
    }

    /** Room for {@code length} bytes, not cleared; the reference says how it is organised. */
    public long allocate(int length) {
        if (length <= BLOCK) {
            return pages.allocate(length, PageAllocator.TYPE_CONTENT);
        }
        pages.ensure((long) length + INDEX + BLOCK);
        long index = pages.allocate(INDEX, PageAllocator.TYPE_INDEX);
        Memory.putLong(pages.content(index), 0);
        extend(index, length);
        return index;
    }

    /** Whether the reference is that of an index page. */
    public boolean isIndexed(long reference) {
        return Memory.getByte(pages.address(reference) + 12) == PageAllocator.TYPE_INDEX;
    }

    /** Bytes that fit. */
    public long capacity(long reference) {
        if (!isIndexed(reference)) {
            return pages.capacity(reference);
        }
        long index = pages.content(reference);
        long blocks = Memory.getLong(index);
        return (blocks - 1) * BLOCK + pages.capacity(Memory.getLong(index + 8 * blocks));
    }

    /** Bytes of memory, headers included. */
    public long memory(long reference) {
        if (!isIndexed(reference)) {
            return pages.capacity(reference) + PageAllocator.HEADER;
        }
        return capacity(reference) + INDEX + (MAX_BLOCKS + 1L) * PageAllocator.HEADER;
    }

    /** Adds blocks up to a length; the pages were ensured. */
    private void extend(long reference, int length) {
        long index = pages.edit(reference);
        long blocks = Memory.getLong(index);
        for (long room = blocks * BLOCK; room < length; room += BLOCK) {
            long block = pages.allocate((int) Math.min(BLOCK, length - room), PageAllocator.TYPE_CONTENT);
            Memory.putLong(index + 8 + 8 * blocks, block);
            Memory.putLong(index, ++blocks);
        }
    }

    /**
     * Makes room for {@code length} bytes, keeping the first {@code kept} ones.
     *
     * @return the reference from now on
     */
    public long grow(long reference, int kept, int length) {
        if (length <= capacity(reference)) {
            return reference;
        }
        if (length <= BLOCK) {
            int room = (int) Math.min(BLOCK, Math.max(length, 2L * kept));
            long larger = pages.allocate(room, PageAllocator.TYPE_CONTENT);
            Memory.copy(pages.content(reference), pages.content(larger), kept);
            pages.free(reference);
            return larger;
        }
        pages.ensure((long) length - kept + INDEX + 3L * BLOCK);
        long whole = pages.allocate(BLOCK, PageAllocator.TYPE_CONTENT);
        long index = reference;
        long last;
        if (isIndexed(reference)) {
            long blocks = Memory.getLong(pages.content(index));
            last = Memory.getLong(pages.content(index) + 8 * blocks);
            Memory.putLong(pages.edit(index) + 8 * blocks, whole);
        } else {
            last = reference;
            index = pages.allocate(INDEX, PageAllocator.TYPE_INDEX);
            Memory.putLong(pages.content(index), 1);
            Memory.putLong(pages.content(index) + 8, whole);
        }
        Memory.copy(pages.content(last), pages.content(whole), pages.capacity(last));
        pages.free(last);
        extend(index, length);
        return index;
    }

    public void free(long reference) {
        if (isIndexed(reference)) {
            long index = pages.content(reference);
            for (long i = Memory.getLong(index); i > 0; i--) {
                pages.free(Memory.getLong(index + 8 * i));
            }
        }
        pages.free(reference);
    }

    /** Address of the byte at a position; the bytes behind it in the same block follow it. */
    private long address(long reference, boolean indexed, int position) {
        if (!indexed) {
            return pages.content(reference) + position;
        }
        long block = Memory.getLong(pages.content(reference) + 8 + 8L * (position / BLOCK));
        return pages.content(block) + position % BLOCK;
    }

    /** The same for changing it. */
    private long edit(long reference, boolean indexed, int position) {
        if (!indexed) {
            return pages.edit(reference) + position;
        }
        long block = Memory.getLong(pages.content(reference) + 8 + 8L * (position / BLOCK));
        return pages.edit(block) + position % BLOCK;
    }

    private static int run(boolean indexed, int position, int count) {
        return indexed ? Math.min(count, BLOCK - position % BLOCK) : count;
    }

    public int byteAt(long reference, int position) {
        return Memory.getByte(address(reference, isIndexed(reference), position));
    }

    public void byteAt(long reference, int position, int value) {
        Memory.putByte(edit(reference, isIndexed(reference), position), value);
    }

    public void read(long reference, int from, byte[] target, int at, int count) {
        boolean indexed = isIndexed(reference);
        for (int done = 0, run; done < count; done += run) {
            run = run(indexed, from + done, count - done);
            Memory.copy(address(reference, indexed, from + done), target, at + done, run);
        }
    }

    public void write(long reference, int to, byte[] source, int at, int count) {
        boolean indexed = isIndexed(reference);
        for (int done = 0, run; done < count; done += run) {
            run = run(indexed, to + done, count - done);
            Memory.copy(source, at + done, edit(reference, indexed, to + done), run);
        }
    }

    /** Whether the string is this one, which has the same length; {@code chunk} is for passing use. */
    public boolean equal(long reference, Bytes other, byte[] chunk) {
        for (int done = 0; done < other.length(); done += chunk.length) {
            int count = Math.min(chunk.length, other.length() - done);
            read(reference, done, chunk, 0, count);
            int from = other.offset() + done;
            if (!Arrays.equals(chunk, 0, count, other.array(), from, from + count)) {
                return false;
            }
        }
        return true;
    }

    /** Compares the string from a position on with another one from a position on, bytes unsigned. */
    public int compare(long reference, int from, int length, Bytes other, int otherFrom) {
        byte[] chunk = new byte[COMPARED];
        int count = Math.min(length - from, other.length() - otherFrom);
        for (int done = 0; done < count; done += COMPARED) {
            int run = Math.min(COMPARED, count - done);
            read(reference, from + done, chunk, 0, run);
            int start = other.offset() + otherFrom + done;
            int compared = Arrays.compareUnsigned(chunk, 0, run, other.array(), start, start + run);
            if (compared != 0) {
                return compared;
            }
        }
        return length - from - (other.length() - otherFrom);
    }

    public void zero(long reference, int from, int count) {
        boolean indexed = isIndexed(reference);
        for (int done = 0, run; done < count; done += run) {
            run = run(indexed, from + done, count - done);
            Memory.zero(edit(reference, indexed, from + done), run);
        }
    }

    /** Copies plain memory in. */
    public void write(long reference, long memory, int count) {
        boolean indexed = isIndexed(reference);
        for (int done = 0, run; done < count; done += run) {
            run = run(indexed, done, count - done);
            Memory.copy(memory + done, edit(reference, indexed, done), run);
        }
    }

    /** Another string with the same first {@code length} bytes. */
    public long copy(long reference, int length) {
        long copy = allocate(length);
        boolean from = isIndexed(reference);
        boolean to = isIndexed(copy);
        for (int done = 0, run; done < length; done += run) {
            run = Math.min(run(from, done, length - done), run(to, done, length - done));
            Memory.copy(address(reference, from, done), address(copy, to, done), run);
        }
        return copy;
    }
}
