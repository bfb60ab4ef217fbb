package io.releve.command;

import io.releve.bytes.Bytes;
import io.releve.bytes.Glob;

/**
 * Cursor and options of SCAN, HSCAN, SSCAN and ZSCAN (redis.io/commands/scan).
 *
 * @param count about how many elements a step is to visit, at least 1
 * @param pattern which keys, fields or members are shown; null: all
 * @param type Redis' name of the type of keys that are shown, in any case; null: all
 */
public record ScanOptions(int count, Glob pattern, String type) {
    private static final CommandException INVALID_CURSOR = new CommandException("ERR invalid cursor");
    private static final int DEFAULT_COUNT = 10;

    /**
     * Reads the options.
     *
     * @param from position of the first one
     * @param typed whether TYPE is one of them
     * @throws CommandException when they are wrong
     */
    public static ScanOptions parse(Arguments arguments, int from, boolean typed) {
        Glob pattern = null;
        String type = null;
        long count = DEFAULT_COUNT;
        for (int i = from; i < arguments.size(); i += 2) {
            if (i + 1 == arguments.size()) {
                throw CommandException.SYNTAX;
            }
            if (arguments.is(i, "COUNT")) {
                count = arguments.integer(i + 1);
                if (count < 1) {
                    throw CommandException.SYNTAX;
                }
            } else if (arguments.is(i, "MATCH")) {
                pattern = new Glob(arguments.get(i + 1));
            } else if (typed && arguments.is(i, "TYPE")) {
                type = arguments.get(i + 1).latin1();
            } else {
                throw CommandException.SYNTAX;
            }
        }
        return new ScanOptions((int) Math.min(count, Integer.MAX_VALUE),
                pattern != null && pattern.matchesAll() ? null : pattern, type);
    }

    /**
     * A cursor: an unsigned 64-bit number as C's strtoul reads it; a sign is allowed, and nothing at all is 0.
     *
     * @throws CommandException when it is none
     */
    public static long cursor(Bytes text) {
        String digits = text.latin1();
        boolean negative = digits.startsWith("-");
        if (negative || digits.startsWith("+")) {
            digits = digits.substring(1);
            if (digits.isEmpty() || digits.charAt(0) == '+') {
                throw INVALID_CURSOR;
            }
        }
        if (digits.isEmpty()) {
            return 0;
        }
        try {
            long number = Long.parseUnsignedLong(digits);
            return negative ? -number : number;
        } catch (NumberFormatException e) {
            throw INVALID_CURSOR;
        }
    }

    /** Whether a key, field or member is shown. */
    public boolean matches(Bytes element) {
        return pattern == null || pattern.matches(element);
    }
}
