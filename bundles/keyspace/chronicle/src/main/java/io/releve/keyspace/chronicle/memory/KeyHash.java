package io.releve.keyspace.chronicle.memory;

/**
 * The hash of keys: 64 bits, by multiplying to 128 bits and folding, with four secret words. The secrets keep a client
 * from choosing keys that meet in one segment; they are drawn once a keyspace and stored with it.
 */
public final class KeyHash {
    private final long first;
    private final long second;
    private final long third;
    private final long fourth;

    /** @param secrets four random words */
    public KeyHash(long[] secrets) {
        first = secrets[0];
        second = secrets[1];
        third = secrets[2];
        fourth = secrets[3];
    }

    /** Of a part of an array: {@code offset} counts from {@link Memory#ARRAY}; with a null base, of absolute memory. */
    public long hash(Object base, long offset, int length) {
        long state = first;
        long at = offset;
        int rest = length;
        while (rest > 16) {
            state = fold(Memory.getLong(base, at) ^ second, Memory.getLong(base, at + 8) ^ state);
            at += 16;
            rest -= 16;
        }
        long a;
        long b;
        if (rest >= 8) {
            a = Memory.getLong(base, at);
            b = Memory.getLong(base, at + rest - 8);
        } else if (rest >= 4) {
            a = Memory.getInt(base, at);
            b = Memory.getInt(base, at + rest - 4);
        } else if (rest > 0) {
            a = Memory.getByte(base, at) << 16 | Memory.getByte(base, at + (rest >> 1)) << 8
                    | Memory.getByte(base, at + rest - 1);
            b = 0;
        } else {
            a = 0;
            b = 0;
        }
        state = fold(a ^ second, b ^ state);
        return fold(state ^ third, length ^ fourth);
    }

    private static long fold(long a, long b) {
        return Math.multiplyHigh(a, b) ^ a * b;
    }
}
