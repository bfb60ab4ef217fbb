package io.releve.bytes;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Numbers in the text form the protocol and the data commands use: integers are 64-bit signed decimals without
 * leading zeros, blanks or plus sign; anything else is not an integer.
 */
public final class Numbers {
    /** Longest text of a 64-bit integer: a sign and 19 digits. */
    public static final int MAX_INTEGER_LENGTH = 20;
    /** So many digits are always below 2^63. */
    private static final int SAFE_DIGITS = 18;
    /** Integers of this many characters are exact as doubles. */
    private static final int EXACT_DIGITS = 15;

    /** 10 to the power of 0 to 18, but the first is 0, which has a digit too. */
    private static final long[] POWERS = powers();
    private static final VarHandle PAIR = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    /** The two digits of 0 to 99. */
    private static final short[] PAIRS = pairs();

    private Numbers() {
    }

    private static long[] powers() {
        long[] powers = new long[19];
        long power = 1;
        for (int i = 1; i < powers.length; i++) {
            power *= 10;
            powers[i] = power;
        }
        return powers;
    }

    private static short[] pairs() {
        short[] pairs = new short[100];
        for (int i = 0; i < pairs.length; i++) {
            pairs[i] = (short) ('0' + i / 10 << Byte.SIZE | '0' + i % 10);
        }
        return pairs;
    }

    /** Whether the bytes are an integer in its one canonical form. */
    public static boolean isInteger(byte[] text, int from, int length) {
        if (length == 0 || length > MAX_INTEGER_LENGTH) {
            return false;
        }
        int i = from;
        int end = from + length;
        boolean negative = text[i] == '-';
        if (negative && ++i == end) {
            return false;
        }
        int first = text[i];
        if (first == '0') {
            return length == 1;
        }
        if (first < '1' || first > '9') {
            return false;
        }
        if (end - i <= SAFE_DIGITS) {
            while (++i < end) {
                if (text[i] < '0' || text[i] > '9') {
                    return false;
                }
            }
            return true;
        }
        long magnitude = 0;
        for (; i < end; i++) {
            int digit = text[i] - '0';
            if (digit < 0 || digit > 9) {
                return false;
            }
            if (magnitude > (Long.MAX_VALUE - digit) / 10
                    && !(negative && i == end - 1 && magnitude == Long.MAX_VALUE / 10 && digit == 8)) {
                return false;
            }
            magnitude = magnitude * 10 + digit;
        }
        return true;
    }

    public static boolean isInteger(Bytes text) {
        return isInteger(text.array(), text.offset(), text.length());
    }

    /** The integer that {@link #isInteger} has approved. */
    public static long integer(byte[] text, int from, int length) {
        int i = from;
        int end = from + length;
        boolean negative = text[i] == '-';
        if (negative) {
            i++;
        }
        long value = 0;
        for (; i < end; i++) {
            value = value * 10 + (text[i] - '0');
        }
        return negative ? -value : value;
    }

    public static long integer(Bytes text) {
        return integer(text.array(), text.offset(), text.length());
    }

    /**
     * The number that C's strtod reads from the whole text, without blanks around it: decimal, hexadecimal,
     * {@code inf}, {@code infinity}; NaN when it is none ({@code nan} is none).
     */
    public static double decimal(Bytes bytes) {
        if (bytes.length() <= EXACT_DIGITS && isInteger(bytes)) {
            return integer(bytes);
        }
        String text = bytes.latin1();
        if (text.isEmpty() || text.charAt(0) <= ' ') {
            return Double.NaN;
        }
        String unsigned = text.charAt(0) == '-' || text.charAt(0) == '+' ? text.substring(1) : text;
        String lower = unsigned.toLowerCase(Locale.ROOT);
        if (lower.equals("inf") || lower.equals("infinity")) {
            return text.charAt(0) == '-' ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
        boolean hexadecimal = lower.startsWith("0x");
        for (int i = 0; i < lower.length(); i++) {
            char c = lower.charAt(i);
            boolean allowed = c >= '0' && c <= '9' || c == '.' || c == '+' || c == '-' || c == 'e'
                    || hexadecimal && (c >= 'a' && c <= 'f' || c == 'x' || c == 'p');
            if (!allowed) {
                return Double.NaN;
            }
        }
        try {
            return Double.parseDouble(hexadecimal && lower.indexOf('p') < 0 ? text + "p0" : text);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    /** Number of characters of the decimal text of {@code value}. */
    public static int length(long value) {
        if (value < 0) {
            return value == Long.MIN_VALUE ? MAX_INTEGER_LENGTH : 1 + length(-value);
        }
        // a bit is log10(2), about 1233 / 4096, of a digit
        int digits = (Long.SIZE - Long.numberOfLeadingZeros(value | 1)) * 1233 >>> 12;
        return value >= POWERS[digits] ? digits + 1 : digits;
    }

    /** Writes the decimal text of {@code value} to {@code target[at..]} and returns the position after it. */
    public static int write(byte[] target, int at, long value) {
        if (value == Long.MIN_VALUE) {
            byte[] text = Long.toString(value).getBytes(StandardCharsets.ISO_8859_1);
            System.arraycopy(text, 0, target, at, text.length);
            return at + text.length;
        }
        int i = at;
        long rest = value;
        if (rest < 0) {
            target[i++] = '-';
            rest = -rest;
        }
        int end = i + length(rest);
        int k = end;
        for (; rest > Integer.MAX_VALUE; k -= 2) {
            long hundredth = rest / 100;
            PAIR.set(target, k - 2, PAIRS[(int) (rest - hundredth * 100)]);
            rest = hundredth;
        }
        int small = (int) rest;
        for (; small >= 10; k -= 2) {
            int hundredth = small / 100;
            PAIR.set(target, k - 2, PAIRS[small - hundredth * 100]);
            small = hundredth;
        }
        if (k > i) {
            target[i] = (byte) ('0' + small);
        }
        return end;
    }

    /**
     * A double as Redis replies it since 7.2 (a score, a RESP3 double): the shortest text that reads back as the same
     * number, integers of 64 bits with all their digits, {@code inf}, {@code -inf}, {@code nan}.
     */
    public static String text(double value) {
        if (Double.isNaN(value)) {
            return "nan";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "inf" : "-inf";
        }
        if (value == 0) {
            return 1 / value < 0 ? "-0" : "0";
        }
        long whole = (long) value;
        return whole == value && Math.abs(value) < 0x1p63 ? Long.toString(whole) : ShortestDecimal.text(value);
    }

    /** A decimal as INCRBYFLOAT stores it: at most 17 digits after the point, no exponent, no trailing zeros. */
    public static String text(BigDecimal value) {
        BigDecimal rounded = value.setScale(Math.min(Math.max(value.scale(), 0), 17), RoundingMode.HALF_EVEN);
        BigDecimal stripped = rounded.stripTrailingZeros();
        return stripped.signum() == 0 ? "0" : stripped.toPlainString();
    }
}
