package io.releve.keyspace.chronicle.table;

import io.releve.keyspace.chronicle.memory.Memory;

/**
 * A bucket by the address of its page's content: number of cells u16, bytes of cells u16, the cells one after the
 * other; from the end of the page downwards a slot for each cell: its position u16 and 16 bits of the key's hash, so
 * that looking for a key that is not there reads no cell.
 */
final class Bucket {
    static final int HEADER = 4;
    static final int SLOT = 4;

    private static final int POSITION = 0xffff;
    private static final int FINGERPRINT_SHIFT = 48;
    private static final int GRANULE = 31;

    private Bucket() {
    }

    static void initialize(long bucket) {
        Memory.putInt(bucket, 0);
    }

    static int count(long bucket) {
        return Memory.getShort(bucket);
    }

    /** Bytes of cells. */
    static int cells(long bucket) {
        return Memory.getShort(bucket + 2);
    }

    /** Bytes in use, header and slots included. */
    static int used(long bucket) {
        return HEADER + cells(bucket) + SLOT * count(bucket);
    }

    /** Bytes to ask for when so many are needed now. */
    static int room(int needed) {
        return needed + (needed >> 3) + GRANULE & ~GRANULE;
    }

    static long cell(long bucket, int capacity, int i) {
        return bucket + (Memory.getInt(slot(bucket, capacity, i)) & POSITION);
    }

    private static long slot(long bucket, int capacity, int i) {
        return bucket + capacity - (long) SLOT * (i + 1);
    }

    /** The bits of a hash that stand in a slot. */
    static int fingerprint(long hash) {
        return (int) (hash >>> FINGERPRINT_SHIFT);
    }

    static int fingerprint(long bucket, int capacity, int i) {
        return Memory.getInt(slot(bucket, capacity, i)) >>> 16;
    }

    /** The first slot from {@code from} on that agrees with the hash, or -1. */
    static int match(long bucket, int capacity, long hash, int from) {
        int count = count(bucket);
        int fingerprint = fingerprint(hash);
        long slot = slot(bucket, capacity, from);
        for (int i = from; i < count; i++, slot -= SLOT) {
            if (Memory.getInt(slot) >>> 16 == fingerprint) {
                return i;
            }
        }
        return -1;
    }

    /** Adds a slot for a cell of this size; there is room. @return where the cell is to be written */
    static long append(long bucket, int capacity, int size, int fingerprint) {
        int count = count(bucket);
        int cells = cells(bucket);
        Memory.putInt(slot(bucket, capacity, count), HEADER + cells | fingerprint << 16);
        Memory.putShort(bucket, count + 1);
        Memory.putShort(bucket + 2, cells + size);
        return bucket + HEADER + cells;
    }

    static void remove(long bucket, int capacity, int i, int size) {
        int last = count(bucket) - 1;
        int end = HEADER + cells(bucket);
        int position = Memory.getInt(slot(bucket, capacity, i)) & POSITION;
        Memory.copy(bucket + position + size, bucket + position, end - position - size);
        Memory.putInt(slot(bucket, capacity, i), Memory.getInt(slot(bucket, capacity, last)));
        for (int k = 0; k < last; k++) {
            long slot = slot(bucket, capacity, k);
            int content = Memory.getInt(slot);
            if ((content & POSITION) > position) {
                Memory.putInt(slot, content - size);
            }
        }
        Memory.putShort(bucket, last);
        Memory.putShort(bucket + 2, end - HEADER - size);
    }

    /** Copies a bucket to another page that has room for it. */
    static void copy(long bucket, int capacity, long target, int targetCapacity) {
        int slots = SLOT * count(bucket);
        Memory.copy(bucket, target, HEADER + cells(bucket));
        Memory.copy(bucket + capacity - slots, target + targetCapacity - slots, slots);
    }
}
