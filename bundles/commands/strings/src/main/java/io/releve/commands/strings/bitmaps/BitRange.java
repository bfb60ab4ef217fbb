package io.releve.commands.strings.bitmaps;

import io.releve.command.Arguments;
import io.releve.command.CommandException;

/**
 * A range {@code start end [BYTE | BIT]} of a string; negative numbers count from the end.
 *
 * @param first first bit
 * @param last last bit; the range is empty when it is before the first
 */
record BitRange(long first, long last) {
    private static final BitRange EMPTY = new BitRange(1, 0);

    /** The range of BITCOUNT, whose start is argument {@code at}; it is empty when both ends count from the end, crosswise. */
    static BitRange counted(Arguments arguments, int at, long bytes) {
        long start = arguments.integer(at);
        long end = arguments.integer(at + 1);
        boolean bits = unitIsBit(arguments, at + 2);
        return start < 0 && end < 0 && start > end ? EMPTY : of(start, end, bits, bytes);
    }

    /**
     * The range of BITPOS, whose start is argument {@code at}; the end is the string's where it is not given. What lies before
     * the string is taken for its first byte or bit. The unit is looked at before the end.
     */
    static BitRange searched(Arguments arguments, int at, long bytes) {
        long start = arguments.integer(at);
        boolean bits = unitIsBit(arguments, at + 2);
        return of(start, at + 1 < arguments.size() ? arguments.integer(at + 1) : -1, bits, bytes);
    }

    private static BitRange of(long start, long end, boolean bits, long bytes) {
        long total = bits ? bytes * 8 : bytes;
        long first = start < 0 ? Math.max(0, start + total) : start;
        long last = Math.min(end < 0 ? Math.max(0, end + total) : end, total - 1);
        if (first > last) {
            return EMPTY;
        }
        return bits ? new BitRange(first, last) : new BitRange(first * 8, last * 8 + 7);
    }

    private static boolean unitIsBit(Arguments arguments, int i) {
        if (i >= arguments.size() || arguments.is(i, "BYTE")) {
            return false;
        }
        if (!arguments.is(i, "BIT")) {
            throw CommandException.SYNTAX;
        }
        return true;
    }

    boolean isEmpty() {
        return first > last;
    }
}
