package io.releve.commands.strings;

import io.releve.bytes.Bytes;

/**
 * The longest common subsequence of two byte strings, by the usual table of lengths of prefixes. Two rows of it are
 * kept, and one bit of each cell: enough to find the way back.
 */
final class CommonSubsequence {
    private final byte[] a;
    private final byte[] b;
    private final int length;
    /** A bit for each cell, row by row: whether leaving out a's byte gives more than leaving out b's. */
    private final long[] skipA;

    /** Receives the places where the subsequence stands in one piece in both strings, from the last to the first. */
    @FunctionalInterface
    interface Matches {
        void match(int fromA, int fromB, int count);
    }

    /** @param traced whether more than the length is wanted */
    CommonSubsequence(byte[] a, byte[] b, boolean traced) {
        this.a = a;
        this.b = b;
        skipA = traced ? new long[(int) (((long) a.length * b.length >>> 6) + 1)] : null;
        int[] above = new int[b.length + 1];
        int[] row = new int[b.length + 1];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < b.length; j++) {
                if (a[i] == b[j]) {
                    row[j + 1] = above[j] + 1;
                } else if (above[j + 1] > row[j]) {
                    row[j + 1] = above[j + 1];
                    if (traced) {
                        long cell = cell(i, j);
                        skipA[(int) (cell >>> 6)] |= 1L << cell;
                    }
                } else {
                    row[j + 1] = row[j];
                }
            }
            int[] swap = above;
            above = row;
            row = swap;
        }
        length = above[b.length];
    }

    private long cell(int i, int j) {
        return (long) i * b.length + j;
    }

    int length() {
        return length;
    }

    /** Walks from the ends of both strings to their beginnings. */
    void matches(Matches matches) {
        int i = a.length - 1;
        int j = b.length - 1;
        int run = 0;
        while (i >= 0 && j >= 0) {
            if (a[i] == b[j]) {
                run++;
                i--;
                j--;
                continue;
            }
            if (run > 0) {
                matches.match(i + 1, j + 1, run);
                run = 0;
            }
            long cell = cell(i, j);
            if ((skipA[(int) (cell >>> 6)] >>> cell & 1) != 0) {
                i--;
            } else {
                j--;
            }
        }
        if (run > 0) {
            matches.match(i + 1, j + 1, run);
        }
    }

    /** The subsequence itself. */
    Bytes content() {
        byte[] content = new byte[length];
        int[] rest = {length};
        matches((fromA, fromB, count) -> {
            rest[0] -= count;
            System.arraycopy(a, fromA, content, rest[0], count);
        });
        return new Bytes(content);
    }
}
