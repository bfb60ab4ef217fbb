package io.releve.commands.sortedsets;

import io.releve.bytes.Bytes;
import io.releve.bytes.Numbers;
import io.releve.command.CommandException;
import java.util.Locale;

/** The texts of scores, weights, coordinates and distances: what C's strtod reads, with no blanks around it. */
public final class Score {
    private Score() {
    }

    /**
     * A number. As in Redis, one too large for a double is none, nor is one too small to differ from zero.
     *
     * @throws CommandException {@code otherwise} when it is none
     */
    public static double parse(Bytes text, CommandException otherwise) {
        double value = Numbers.decimal(text);
        if (Double.isNaN(value) || value == 0 && underflows(text) || Double.isInfinite(value) && !namesInfinity(text)) {
            throw otherwise;
        }
        return value;
    }

    private static boolean namesInfinity(Bytes text) {
        int first = text.byteAt(0);
        int letter = first == '-' || first == '+' ? text.byteAt(1) : first;
        return letter == 'i' || letter == 'I';
    }

    /** Whether a text that was read as zero has another digit than 0 before its exponent. */
    private static boolean underflows(Bytes text) {
        String lower = text.latin1().toLowerCase(Locale.ROOT);
        boolean hexadecimal = lower.indexOf('x') >= 0;
        int exponent = lower.indexOf(hexadecimal ? 'p' : 'e');
        String mantissa = exponent < 0 ? lower : lower.substring(0, exponent);
        return mantissa.chars().anyMatch(c -> c >= '1' && c <= '9' || hexadecimal && c >= 'a' && c <= 'f');
    }

    /**
     * The end of a range. Here Redis asks strtod alone: nothing at all is 0, blanks may precede, and what is too large
     * is infinite.
     *
     * @throws CommandException {@code otherwise} when it is none
     */
    static double bound(Bytes text, int from, CommandException otherwise) {
        int start = text.offset() + from;
        int end = text.offset() + text.length();
        if (start == end) {
            return 0;
        }
        while (start < end && isBlank(text.array()[start])) {
            start++;
        }
        double value = Numbers.decimal(new Bytes(text.array(), start, end - start));
        if (Double.isNaN(value)) {
            throw otherwise;
        }
        return value;
    }

    private static boolean isBlank(byte c) {
        return c == ' ' || c >= '\t' && c <= '\r';
    }
}
