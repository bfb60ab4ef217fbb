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
    /** Three would do, but between literals they save nothing. */
    private static final int SHORTEST_MATCH = Integer.BYTES;
    /** After so many misses, as a power of two, the search goes one byte faster. */
    private static final int SKIP_SHIFT = 5;

    /** Where four bytes with this hash were seen last, plus {@link #origin}. */
    private int[] table = {};
    /** Positions below it are of earlier texts. */
    private int origin = 1;

    /**
     * Compresses a text into {@code out}, of which all up to {@code limit} is for use.
     *
     * @return the length, or 0 when it would not be shorter than {@code limit}
     */
    int compress(byte[] text, int from, int length, byte[] out, int limit) {
        prepare(length);
        int[] seen = table;
        int shift = Integer.SIZE - (Integer.SIZE - 1 - Integer.numberOfLeadingZeros(seen.length));
        int end = from + length;
        int base = origin - from;
        int literal = from;
        int i = from;
        int o = 0;
        int misses = 0;
        while (i + Integer.BYTES <= end) {
            int four = LittleEndian.getInt(text, i);
            int slot = four * 0x9E3779B1 >>> shift;
            int candidate = seen[slot] - base;
            seen[slot] = i + base;
            if (candidate < from || i - candidate > FARTHEST
                    || LittleEndian.getInt(text, candidate) != four) {
                // Where nothing repeats, ever larger steps lose little.
                i += 1 + (misses++ >> SKIP_SHIFT);
                continue;
            }
            misses = 0;
            int match = match(text, candidate, i, Math.min(LONGEST_MATCH, end - i));
            if (literal < i) {
                o = literals(text, literal, i, out, o, limit);
            }
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
        o = literal < end ? literals(text, literal, end, out, o, limit) : o;
        return finish(length, o < 0 || o >= limit ? 0 : o);
    }

    /** How many bytes are the same from both positions on; the first {@value #SHORTEST_MATCH} are. */
    private static int match(byte[] text, int candidate, int at, int longest) {
        int match = SHORTEST_MATCH;
        for (; match + Long.BYTES <= longest; match += Long.BYTES) {
            long difference = LittleEndian.getLong(text, candidate + match) ^ LittleEndian.getLong(text, at + match);
            if (difference != 0) {
                return match + (Long.numberOfTrailingZeros(difference) >>> 3);
            }
        }
        while (match < longest && text[candidate + match] == text[at + match]) {
            match++;
        }
        return match;
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

    /** Writes at least one literal; @return the new end of {@code out}, or -1 when it would be beyond the limit */
    private static int literals(byte[] text, int from, int to, byte[] out, int at, int limit) {
        int o = at;
        if (to - from <= Long.BYTES && o + 1 + Long.BYTES <= limit && from + Long.BYTES <= text.length) {
            out[o] = (byte) (to - from - 1);
            LittleEndian.putLong(out, o + 1, LittleEndian.getLong(text, from));
            return o + 1 + to - from;
        }
        for (int i = from; i < to; ) {
            int count = Math.min(LONGEST_LITERAL, to - i);
            if (o + count + 1 > limit) {
                return -1;
            }
            out[o++] = (byte) (count - 1);
            LittleEndian.copy(text, i, out, o, count, limit);
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
                LittleEndian.copy(text, i, out, o, count, length);
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
            int distance = ((control & 0x1f) << 8 | text[i++] & 0xff) + 1;
            check(distance <= o && count <= length - o);
            if (distance >= Long.BYTES) {
                LittleEndian.copy(out, o - distance, out, o, count, length);
            } else {
                repeat(out, o, distance, count);
            }
            o += count;
        }
        check(o == length);
    }

    /** Goes on with the last few bytes, again and again: first those, then twice as many, and so on. */
    private static void repeat(byte[] out, int at, int distance, int count) {
        int from = at - distance;
        int there = distance;
        int stop = at + count;
        for (int o = at; o < stop; ) {
            int piece = Math.min(there, stop - o);
            if (piece < Long.BYTES) {
                for (int i = 0; i < piece; i++) {
                    out[o + i] = out[from + i];
                }
            } else {
                System.arraycopy(out, from, out, o, piece);
            }
            o += piece;
            there += piece;
        }
    }

    private static void check(boolean good) {
        if (!good) {
            throw new RdbException("A compressed string is damaged");
        }
    }
}
