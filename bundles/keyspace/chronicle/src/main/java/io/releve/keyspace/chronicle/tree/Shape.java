package io.releve.keyspace.chronicle.tree;

import io.releve.bytes.Bytes;
import io.releve.keyspace.chronicle.extent.Contents;
import io.releve.keyspace.chronicle.memory.Memory;
import io.releve.keyspace.chronicle.memory.Packed;
import io.releve.keyspace.chronicle.memory.ScoreOrder;

/**
 * What the cells of a tree are made of: a key, packed or of a fixed length, then, in leaves only, a packed value or none.
 * A key that is too long lies outside; behind its stand-in stand its first {@value #PREFIX} bytes. No cell has more than
 * 1,300 bytes: three of them fit in a node.
 */
public enum Shape {
    /** Found by position only. */
    LIST(0, true, 0, 1280),
    /** Keys without values: the order-preserving form of the score, then the member. */
    SORTED_SET(-1, false, 1280, 0),
    /** Ids of a stream, two big-endian numbers, and bodies. */
    ENTRIES(16, true, 16, 1280),
    /** Names and contents. */
    RECORDS(-1, true, 640, 640);

    /** Bytes of an outside key that stand in the cell. */
    static final int PREFIX = 256;

    private static final int OUTSIDE_KEY = Packed.OUTSIDE_SIZE + PREFIX;

    private final int fixedKey;
    private final boolean hasValue;
    private final int maxKey;
    private final int maxValue;

    Shape(int fixedKey, boolean hasValue, int maxKey, int maxValue) {
        this.fixedKey = fixedKey;
        this.hasValue = hasValue;
        this.maxKey = maxKey;
        this.maxValue = maxValue;
    }

    boolean hasValue() {
        return hasValue;
    }

    /** Length of every key, or -1. */
    int fixedKey() {
        return fixedKey;
    }

    boolean keyIsOutside(Bytes key) {
        return fixedKey < 0 && key.length() > maxKey;
    }

    boolean valueIsOutside(Bytes value) {
        return hasValue && value.length() > maxValue;
    }

    boolean keyIsOutside(long cell) {
        return fixedKey < 0 && Packed.isOutside(cell);
    }

    int keySize(long cell) {
        if (fixedKey >= 0) {
            return fixedKey;
        }
        return Packed.isOutside(cell) ? OUTSIDE_KEY : Packed.sizeAt(cell);
    }

    /** Bytes of a leaf's cell. */
    int size(long cell) {
        int key = keySize(cell);
        return hasValue ? key + Packed.sizeAt(cell + key) : key;
    }

    /** Bytes of the key that stand in the cell. */
    int keyLength(long cell) {
        return fixedKey >= 0 ? fixedKey : Packed.isOutside(cell) ? PREFIX : Packed.length(cell);
    }

    /** Where those bytes begin. */
    long key(long cell) {
        return fixedKey >= 0 ? cell : cell + Packed.header(cell);
    }

    /** Compares a cell's key with another one, bytes unsigned; scores as {@link ScoreOrder} says. */
    int compare(Contents contents, long cell, Bytes key) {
        long at = key(cell);
        int length = keyLength(cell);
        int first = this == SORTED_SET ? ScoreOrder.compare(at, length, key)
                : Memory.compare(at, length, key.array(), Memory.ARRAY + key.offset(), key.length());
        if (!keyIsOutside(cell) || !agree(at, key, Math.min(PREFIX, key.length()))) {
            return first;
        }
        return key.length() <= PREFIX ? 1
                : contents.compare(Packed.reference(cell), PREFIX, Packed.length(cell), key, PREFIX);
    }

    private boolean agree(long at, Bytes key, int length) {
        return this == SORTED_SET ? ScoreOrder.agree(at, key, length)
                : Memory.equal(at, key.array(), Memory.ARRAY + key.offset(), length);
    }

    /** Writes a key; an outside one has {@code keyPages}. @return the address behind it */
    long writeKey(long at, Bytes key, long keyPages) {
        if (fixedKey >= 0) {
            Memory.copy(key.array(), key.offset(), at, fixedKey);
            return at + fixedKey;
        }
        if (keyPages == 0) {
            return Packed.write(at, key.array(), key.offset(), key.length());
        }
        long prefix = Packed.writeOutside(at, key.length(), keyPages);
        Memory.copy(key.array(), key.offset(), prefix, PREFIX);
        return prefix + PREFIX;
    }

    /**
     * Writes a key that is above the left cell's and not above the right cell's, the shortest that the cells show.
     *
     * @return its size; the pages of an outside one are those of the right cell's, to be copied
     */
    int writeSeparator(long left, long right, long target) {
        if (fixedKey >= 0) {
            Memory.copy(right, target, fixedKey);
            return fixedKey;
        }
        int length = keyLength(right);
        int known = keyLength(left);
        if (this == SORTED_SET && (ScoreOrder.isNegativeZero(key(left), known)
                || ScoreOrder.isNegativeZero(key(right), length))) {
            return writeWithZero(right, target);
        }
        int common = Memory.commonPrefix(key(right), null, key(left), Math.min(length, known));
        if (common == length || common == known && keyIsOutside(left)) {
            // they differ in what does not stand in the cells
            int size = keySize(right);
            Memory.copy(right, target, size);
            return size;
        }
        return (int) (Packed.write(target, key(right), common + 1) - target);
    }

    /** Writes a whole key, a negative zero as zero. */
    private int writeWithZero(long cell, long target) {
        int size = keySize(cell);
        Memory.copy(cell, target, size);
        if (ScoreOrder.isNegativeZero(key(target), keyLength(target))) {
            ScoreOrder.putZero(key(target));
        }
        return size;
    }
}
