package io.releve.format.rdb;

import java.util.Arrays;

/**
 * The compression of LibLZF, in which RDB holds strings that become shorter by it. A control byte below 32 announces as
 * many literal bytes and one more; otherwise its upper three bits are a length (7: one more byte is added) and the rest
 * with the following byte a distance: that many bytes and two more are repeated from there.
 */
final class Lzf {
    /** A byte of compressed text stands for at most this many: three for the longest repetition. */
    static final int GREATEST_RATIO = 88;

    private static final int LONGEST_LITERAL = 32;
    private static final int LONGEST_MATCH = 264;
    private static final int FARTHEST = 8192;
    private static final int MIN_TABLE_BITS = 8;
    private static final int MAX_TABLE_BITS = 14;
    /** Three bytes of four. */
    private static final int TRIPLE = 0xffffff;
    /** After so many misses, as a power of two, the search goes one byte faster. */
    private static final int SKIP_SHIFT = 5;

    /** Where three bytes with this hash were seen last, plus {@link #origin}. */
    private int[] table = {};
    /** Positions below it are of earlier texts. */
    private int origin = 1;

    /**
     * Compresses a text into {@code out}.
     *
     * @return the length, or 0 when it would not be shorter than {@code limit}
     */
    int compress(byte[] text, int from, int length, byte[] out, int limit) {
        prepare(length);
        int shift = Integer.SIZE - (Integer.SIZE - 1 - Integer.numberOfLeadingZeros(table.length));
        int end = from + length;
        int base = origin - from;
        int literal = from;
        int i = from;
        int o = 0;
        int misses = 0;
        while (i + Integer.BYTES <= end) {
            int triple = LittleEndian.getInt(text, i) & TRIPLE;
            int slot = triple * 0x9E3779B1 >>> shift;
            int candidate = table[slot] - base;
            table[slot] = i + base;
            if (candidate < from || i - candidate > FARTHEST
                    || (LittleEndian.getInt(text, candidate) & TRIPLE) != triple) {
                // Where nothing repeats, ever larger steps lose little.
                i += 1 + (misses++ >> SKIP_SHIFT);
                continue;
            }
            misses = 0;
            int match = 3;
            int longest = Math.min(LONGEST_MATCH, end - i);
            while (match < longest && text[candidate + match] == text[i + match]) {
                match++;
            }
            o = literals(text, literal, i, out, o, limit);
            if (o < 0 || o + 3 >= limit) {
                return finish(length, 0);
            }
            int distance = i - candidate - 1;
            int code = match - 2;
            if (code < 7) {
                out[o++] = (byte) (code << 5 | distance >>> 8);
            } else {
                out[o++] = (byte) (7 << 5 | distance >>> 8);
                out[o++] = (byte) (code - 7);
            }
            out[o++] = (byte) distance;
            i += match;
            literal = i;
        }
        o = literals(text, literal, end, out, o, limit);
        return finish(length, o < 0 || o >= limit ? 0 : o);
    }

    private void prepare(int length) {
        int bits = Math.max(MIN_TABLE_BITS,
                Math.min(MAX_TABLE_BITS, Integer.SIZE - Integer.numberOfLeadingZeros(length)));
        if (table.length < 1 << bits) {
            table = new int[1 << bits];
            origin = 1;
        }
        if (origin > Integer.MAX_VALUE - length) {
            Arrays.fill(table, 0);
            origin = 1;
        }
    }

    private int finish(int length, int result) {
        origin += length;
        return result;
    }

    /** @return the new end of {@code out}, or -1 when it would be beyond the limit */
    private static int literals(byte[] text, int from, int to, byte[] out, int at, int limit) {
        int o = at;
        for (int i = from; i < to; ) {
            int count = Math.min(LONGEST_LITERAL, to - i);
            if (o + count + 1 > limit) {
                return -1;
            }
            out[o++] = (byte) (count - 1);
            System.arraycopy(text, i, out, o, count);
            o += count;
            i += count;
        }
        return o;
    }

    /**
     * Decompresses exactly {@code length} bytes into {@code out}.
     *
     * @throws RdbException when the text is not the compressed form of so many bytes
     */
    static void decompress(byte[] text, int from, int compressed, byte[] out, int length) {
        int i = from;
        int end = from + compressed;
        int o = 0;
        while (i < end) {
            int control = text[i++] & 0xff;
            if (control < LONGEST_LITERAL) {
                int count = control + 1;
                check(count <= end - i && count <= length - o);
                System.arraycopy(text, i, out, o, count);
                i += count;
                o += count;
                continue;
            }
            int count = (control >>> 5) + 2;
            if (count == 9) {
                check(i < end);
                count += text[i++] & 0xff;
            }
            check(i < end);
            int source = o - ((control & 0x1f) << 8 | text[i++] & 0xff) - 1;
            check(source >= 0 && count <= length - o);
            for (int stop = o + count; o < stop; ) {
                out[o++] = out[source++];
            }
        }
        check(o == length);
    }

    private static void check(boolean good) {
        if (!good) {
            throw new RdbException("A compressed string is damaged");
        }
    }
}
