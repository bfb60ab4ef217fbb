package io.releve.keyspace.chronicle.tree;

import io.releve.bytes.Bytes;
import io.releve.keyspace.Keyspace.FullException;
import io.releve.keyspace.chronicle.extent.Contents;
import io.releve.keyspace.chronicle.memory.Memory;
import io.releve.keyspace.chronicle.memory.Packed;

/** Where the cells of all trees are put together, and pages rearranged. For passing use. */
public final class Stage {
    private static final int CELL = 4096;
    private static final int PAGE = 1 << 16;

    private final long address = Memory.allocate(2 * CELL + PAGE);
    private long keyPages;
    private long valuePages;

    long address() {
        return address;
    }

    /** Room for a separating key. */
    long separator() {
        return address + CELL;
    }

    /** Room for a whole page. */
    long page() {
        return address + 2 * CELL;
    }

    /** Pages of the key just written, or 0. */
    long keyPages() {
        return keyPages;
    }

    /** Pages of the value just written, or 0. */
    long valuePages() {
        return valuePages;
    }

    /** Writes a leaf's cell; @return its size */
    int write(Contents contents, Shape shape, Bytes key, Bytes value) {
        keyPages = shape.keyIsOutside(key) ? store(contents, key) : 0;
        valuePages = 0;
        try {
            long at = shape.writeKey(address, key, keyPages);
            return (int) ((shape.hasValue() ? writeValue(contents, shape, at, value) : at) - address);
        } catch (FullException e) {
            dropOutside(contents);
            throw e;
        }
    }

    private long writeValue(Contents contents, Shape shape, long at, Bytes value) {
        if (shape.valueIsOutside(value)) {
            valuePages = store(contents, value);
            return Packed.writeOutside(at, value.length(), valuePages);
        }
        return Packed.write(at, value.array(), value.offset(), value.length());
    }

    /** Writes a cell with the key of another one; @return the size of the value */
    int writeValue(Contents contents, Shape shape, long cell, int keySize, Bytes value) {
        keyPages = 0;
        valuePages = 0;
        Memory.copy(cell, address, keySize);
        return (int) (writeValue(contents, shape, address + keySize, value) - address - keySize);
    }

    private static long store(Contents contents, Bytes string) {
        long reference = contents.allocate(string.length());
        contents.write(reference, 0, string.array(), string.offset(), string.length());
        return reference;
    }

    /** Gives back what the cell just written has outside. */
    void dropOutside(Contents contents) {
        if (keyPages != 0) {
            contents.free(keyPages);
        }
        if (valuePages != 0) {
            contents.free(valuePages);
        }
        keyPages = 0;
        valuePages = 0;
    }

    public void close() {
        Memory.free(address);
    }
}
