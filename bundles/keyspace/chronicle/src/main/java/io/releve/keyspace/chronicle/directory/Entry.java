package io.releve.keyspace.chronicle.directory;

import io.releve.keyspace.chronicle.memory.Memory;

/**
 * Reads an entry of a Chronicle Map where it lies: the key's size, the key, the value's size, the value; sizes in
 * Chronicle's stop-bit form, seven bits a byte, low ones first. Ours have at most two bytes.
 */
public final class Entry {
    private Entry() {
    }

    public static int keyLength(long entry) {
        int low = Memory.getByte(entry);
        return low < 128 ? low : low & 127 | Memory.getByte(entry + 1) << 7;
    }

    public static long key(long entry) {
        return Memory.getByte(entry) < 128 ? entry + 1 : entry + 2;
    }

    private static long valueSize(long entry) {
        return key(entry) + keyLength(entry);
    }

    public static long record(long entry) {
        long at = valueSize(entry);
        return Memory.getByte(at) < 128 ? at + 1 : at + 2;
    }

    /** Bytes of the record, unused capacity included. */
    public static int recordSize(long entry) {
        return keyLength(valueSize(entry));
    }

    /** Bytes of the entry. */
    public static int size(long entry) {
        return (int) (record(entry) - entry) + recordSize(entry);
    }

    /** Bytes of an entry with a key and a record of these sizes. */
    public static int size(int keyLength, int recordSize) {
        return (keyLength < 128 ? 1 : 2) + keyLength + (recordSize < 128 ? 1 : 2) + recordSize;
    }

    /** Writes an entry. */
    public static void write(long entry, long key, int keyLength, long record, int recordSize) {
        long at = writeSize(entry, keyLength);
        Memory.copy(key, at, keyLength);
        at = writeSize(at + keyLength, recordSize);
        Memory.copy(record, at, recordSize);
    }

    /** @return the address behind it */
    private static long writeSize(long at, int size) {
        if (size < 128) {
            Memory.putByte(at, size);
            return at + 1;
        }
        Memory.putByte(at, size | 128);
        Memory.putByte(at + 1, size >> 7);
        return at + 2;
    }
}
