package io.releve.keyspace.heap;

import io.releve.bytes.Bytes;
import io.releve.bytes.Numbers;

/**
 * How many bytes elements take in a listpack ("Listpack specification", Sanfilippo, 2017): Redis tells a compact list
 * from a large one by them, so they are counted though there is no listpack here.
 */
final class ListpackSize {
    /** Header and end of a listpack. */
    static final int EMPTY = 7;
    private static final int SHORT_STRING = 64;
    private static final int MEDIUM_STRING = 4096;

    private ListpackSize() {
    }

    static long of(Bytes element) {
        long size = content(element);
        return size + lengthBytes(size);
    }

    private static long content(Bytes element) {
        if (Numbers.isInteger(element)) {
            return integer(Numbers.integer(element));
        }
        int length = element.length();
        if (length < SHORT_STRING) {
            return 1 + length;
        }
        return length < MEDIUM_STRING ? 2 + length : 5L + length;
    }

    private static int integer(long value) {
        if (value >= 0 && value <= 127) {
            return 1;
        }
        if (value >= -4096 && value <= 4095) {
            return 2;
        }
        if (value >= Short.MIN_VALUE && value <= Short.MAX_VALUE) {
            return 3;
        }
        if (value >= -(1 << 23) && value < 1 << 23) {
            return 4;
        }
        return value >= Integer.MIN_VALUE && value <= Integer.MAX_VALUE ? 5 : 9;
    }

    /** The length of an entry stands behind it, seven bits a byte. */
    private static int lengthBytes(long size) {
        int bytes = 1;
        for (long rest = size >> 7; rest > 0; rest >>= 7) {
            bytes++;
        }
        return bytes;
    }
}
