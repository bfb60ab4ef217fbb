package io.releve.commands.strings.hyperloglog;

import io.releve.bytes.Bytes;

/**
 * The registers of a HyperLogLog, the hash that chooses one and the estimate they give (P. Flajolet et al., 2007; O.
 * Ertl, "New cardinality estimation algorithms for HyperLogLog sketches", 2017).
 */
final class Registers {
    /** Bits of the hash that choose the register. */
    static final int INDEX_BITS = 14;
    static final int COUNT = 1 << INDEX_BITS;
    /** Bits of a register. */
    static final int WIDTH = 6;
    static final int MAX = (1 << WIDTH) - 1;

    /** Bits of the hash whose trailing zeros are counted. */
    private static final int RANK_BITS = 64 - INDEX_BITS;
    private static final double ALPHA = 0.721347520444481703680;
    private static final long SEED = 0xadc83b19L;
    private static final long MULTIPLIER = 0xc6a4a7935bd1e995L;
    private static final int SHIFT = 47;

    private final byte[] values = new byte[COUNT];

    /** The register an element belongs to, and in the bits above {@link #INDEX_BITS} its rank, 1 to 51. */
    static int place(Bytes element) {
        long hash = hash(element);
        int index = (int) hash & COUNT - 1;
        int rank = Long.numberOfTrailingZeros(hash >>> INDEX_BITS | 1L << RANK_BITS) + 1;
        return rank << INDEX_BITS | index;
    }

    /** MurmurHash64A (A. Appleby, public domain). */
    private static long hash(Bytes element) {
        byte[] array = element.array();
        int length = element.length();
        long h = SEED ^ length * MULTIPLIER;
        int at = element.offset();
        int end = at + (length & ~7);
        for (; at < end; at += Long.BYTES) {
            long k = word(array, at, Long.BYTES) * MULTIPLIER;
            k = (k ^ k >>> SHIFT) * MULTIPLIER;
            h = (h ^ k) * MULTIPLIER;
        }
        if ((length & 7) != 0) {
            h = (h ^ word(array, at, length & 7)) * MULTIPLIER;
        }
        h = (h ^ h >>> SHIFT) * MULTIPLIER;
        return h ^ h >>> SHIFT;
    }

    private static long word(byte[] array, int at, int count) {
        long word = 0;
        for (int i = count - 1; i >= 0; i--) {
            word = word << 8 | array[at + i] & 0xff;
        }
        return word;
    }

    int get(int index) {
        return values[index];
    }

    void set(int index, int value) {
        values[index] = (byte) value;
    }

    void raise(int index, int value) {
        if (values[index] < value) {
            values[index] = (byte) value;
        }
    }

    /** The estimated number of distinct elements. */
    long estimate() {
        int[] histogram = new int[MAX + 1];
        for (byte value : values) {
            histogram[value]++;
        }
        double m = COUNT;
        double z = m * tau((m - histogram[RANK_BITS + 1]) / m);
        for (int j = RANK_BITS; j >= 1; j--) {
            z = 0.5 * (z + histogram[j]);
        }
        z += m * sigma(histogram[0] / m);
        return Math.round(ALPHA * m * m / z);
    }

    private static double sigma(double share) {
        if (share == 1) {
            return Double.POSITIVE_INFINITY;
        }
        double x = share;
        double y = 1;
        double z = x;
        double before;
        do {
            x *= x;
            before = z;
            z += x * y;
            y += y;
        } while (before != z);
        return z;
    }

    private static double tau(double share) {
        if (share == 0 || share == 1) {
            return 0;
        }
        double x = share;
        double y = 1;
        double z = 1 - x;
        double before;
        do {
            x = Math.sqrt(x);
            before = z;
            y *= 0.5;
            z -= (1 - x) * (1 - x) * y;
        } while (before != z);
        return z / 3;
    }
}
