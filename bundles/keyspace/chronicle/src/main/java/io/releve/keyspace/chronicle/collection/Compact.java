package io.releve.keyspace.chronicle.collection;

import io.releve.bytes.Bytes;
import io.releve.keyspace.chronicle.memory.Memory;
import io.releve.keyspace.chronicle.memory.Packed;
import java.util.function.LongConsumer;

/**
 * A small collection in one piece: number of strings u16, then the strings, packed, in their order. A hash has field and
 * value in turn, a sorted set strings that begin with the eight bytes of the order-preserving form of the score. An
 * {@code intset} is an {@link IntegerSet} instead.
 */
final class Compact {
    /** Where the first string is. */
    static final int FIRST = 2;
    /** Bytes of an empty one. */
    static final int EMPTY = 2;
    /** Largest content in bytes under a name that promises an order. */
    static final int MAX_BYTES = 512 << 10;
    /** Largest content in bytes where the order is free: beyond, a table is faster. */
    static final int MAX_UNORDERED = 1024;
    /** Most strings. */
    static final int MAX_COUNT = 0xffff;
    /** Longer strings lie elsewhere. */
    static final int MAX_INSIDE = 1024;

    private Compact() {
    }

    static int count(long content) {
        return Memory.getShort(content);
    }

    static void count(long content, int count) {
        Memory.putShort(content, count);
    }

    /** Where the i-th string is, counted from 0; with i the count, the end. */
    static long at(long content, int i) {
        long at = content + FIRST;
        for (int k = 0; k < i; k++) {
            at += Packed.sizeAt(at);
        }
        return at;
    }

    static int size(Bytes string) {
        return size(string.length());
    }

    /** Bytes that a string of this length takes. */
    static int size(int length) {
        return length > MAX_INSIDE ? Packed.OUTSIDE_SIZE : Packed.size(length);
    }

    /** Calls with every string that lies elsewhere. */
    static void outside(long content, int length, LongConsumer visitor) {
        for (long at = content + FIRST; at < content + length; at += Packed.sizeAt(at)) {
            if (Packed.isOutside(at)) {
                visitor.accept(at);
            }
        }
    }
}
