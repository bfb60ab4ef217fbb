package io.releve.keyspace.chronicle.collection;

import io.releve.bytes.Bytes;
import io.releve.bytes.Numbers;

/**
 * Bytes that an element takes in a listpack of Redis, for the limits of OBJECT ENCODING (redis.io, Redis' listpack
 * specification): its encoding, integers in 1 to 9 bytes, and its length once more behind it.
 */
final class ListpackSize {
    /** Header and end. */
    static final int EMPTY = 7;

    private ListpackSize() {
    }

    static long of(Bytes element) {
        long size = encoded(element);
        int behind = size < 128 ? 1 : size < 16_383 ? 2 : size < 2_097_151 ? 3 : size < 268_435_455 ? 4 : 5;
        return size + behind;
    }

    private static long encoded(Bytes element) {
        int length = element.length();
        if (Numbers.isInteger(element)) {
            long number = Numbers.integer(element);
            if (number >= 0 && number < 128) {
                return 1;
            }
            if (number >= -4096 && number < 4096) {
                return 2;
            }
            if (number == (short) number) {
                return 3;
            }
            if (number >= -(1 << 23) && number < 1 << 23) {
                return 4;
            }
            return number == (int) number ? 5 : 9;
        }
        return length < 64 ? 1 + length : length < 4096 ? 2 + length : 5L + length;
    }
}
