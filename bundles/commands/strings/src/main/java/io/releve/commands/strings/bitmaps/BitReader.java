package io.releve.commands.strings.bitmaps;

import io.releve.bytes.ByteSource;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Counts and finds bits of a string of any length, a piece at a time. */
final class BitReader {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final int PIECE = 16 * 1024;

    private final ByteSource source;
    private final byte[] piece;

    BitReader(ByteSource source) {
        this.source = source;
        piece = new byte[Math.min(PIECE, source.length() + Long.BYTES - 1 & -Long.BYTES)];
    }

    /** Takes the bytes from a position on; @return how many, the rest up to a multiple of eight is zeros */
    private int load(long from, long end) {
        int count = (int) Math.min(piece.length, end - from);
        source.copyTo((int) from, piece, 0, count);
        for (int i = count; (i & Long.BYTES - 1) != 0; i++) {
            piece[i] = 0;
        }
        return count;
    }

    /** Number of set bits of a range that is not empty and inside the string. */
    long count(BitRange range) {
        long firstByte = range.first() >>> 3;
        long endByte = (range.last() >>> 3) + 1;
        long count = 0;
        for (long at = firstByte; at < endByte;) {
            int loaded = load(at, endByte);
            if (at == firstByte) {
                piece[0] &= (byte) (0xff >> (range.first() & 7));
            }
            if (at + loaded == endByte) {
                piece[loaded - 1] &= (byte) (0xff << 7 - (range.last() & 7));
            }
            for (int i = 0; i < loaded; i += Long.BYTES) {
                count += Long.bitCount((long) LONG.get(piece, i));
            }
            at += loaded;
        }
        return count;
    }

    /** The first bit of a range, not empty and inside the string, that is set (or clear), or -1. */
    long find(BitRange range, boolean set) {
        long firstByte = range.first() >>> 3;
        long endByte = (range.last() >>> 3) + 1;
        for (long at = firstByte; at < endByte;) {
            int loaded = load(at, endByte);
            for (int i = 0; i < loaded; i += Long.BYTES) {
                long word = (long) LONG.get(piece, i);
                if (!set) {
                    word = ~word;
                }
                if (at + i == firstByte) {
                    word &= -1L >>> (range.first() & 7);
                }
                if (word != 0) {
                    long bit = (at + i) * 8 + Long.numberOfLeadingZeros(word);
                    return bit <= range.last() ? bit : -1;
                }
            }
            at += loaded;
        }
        return -1;
    }
}
