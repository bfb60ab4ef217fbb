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

    /**
     * The bits of the range whose start is argument {@code at}; the end is the string's where it is not given.
     *
     * @param clamped whether a range that lies before the string is its first byte or bit, even when it ends before it starts
     */
    static BitRange parse(Arguments arguments, int at, long bytes, boolean clamped) {
        long start = arguments.integer(at);
        boolean ends = at + 1 < arguments.size();
        long given = ends ? arguments.integer(at + 1) : 0;
        boolean bits = at + 2 < arguments.size() && unitIsBit(arguments, at + 2);
        long total = bits ? bytes * 8 : bytes;
        long end = ends ? given : total - 1;
        long first = start < 0 ? Math.max(0, start + total) : start;
        long last = Math.min(end < 0 ? Math.max(0, end + total) : end, total - 1);
        if (first > last || start < 0 && end < 0 && start > end && !clamped) {
            return EMPTY;
        }
        return bits ? new BitRange(first, last) : new BitRange(first * 8, last * 8 + 7);
    }

    private static boolean unitIsBit(Arguments arguments, int i) {
        if (arguments.is(i, "BIT")) {
            return true;
        }
        if (!arguments.is(i, "BYTE")) {
            throw CommandException.SYNTAX;
        }
        return false;
    }

    boolean isEmpty() {
        return first > last;
    }
}
