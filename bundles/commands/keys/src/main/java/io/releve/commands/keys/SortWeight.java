package io.releve.commands.keys;

import io.releve.bytes.Bytes;
import io.releve.bytes.Numbers;

/**
 * The number SORT sees in a text: what C's strtod makes of all of it. Blanks before it do no harm, a zero byte ends it,
 * nothing at all is 0.
 */
final class SortWeight {
    private SortWeight() {
    }

    /** NaN when it is no number or none that a double holds. */
    static double of(byte[] text, int length) {
        int from = 0;
        while (from < length && (text[from] == ' ' || text[from] >= 9 && text[from] <= 13)) {
            from++;
        }
        int end = from;
        while (end < length && text[end] != 0) {
            end++;
        }
        if (end == from) {
            return from == 0 ? 0 : Double.NaN;
        }
        double value = Numbers.decimal(new Bytes(text, from, end - from));
        boolean tooLarge = Double.isInfinite(value) && hasDigit(text, from, end, '0');
        boolean tooSmall = Math.abs(value) < Double.MIN_NORMAL && hasDigit(text, from, exponent(text, from, end), '1');
        return tooLarge || tooSmall ? Double.NaN : value;
    }

    private static int exponent(byte[] text, int from, int end) {
        boolean hexadecimal = end - from > 1 && (text[from + 1] | 0x20) == 'x'
                || end - from > 2 && (text[from + 2] | 0x20) == 'x';
        for (int i = from; i < end; i++) {
            int c = text[i] | 0x20;
            if (c == 'p' || c == 'e' && !hexadecimal) {
                return i;
            }
        }
        return end;
    }

    private static boolean hasDigit(byte[] text, int from, int end, int least) {
        for (int i = from; i < end; i++) {
            if (text[i] >= least && text[i] <= '9') {
                return true;
            }
        }
        return false;
    }
}
