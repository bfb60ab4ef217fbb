package io.releve.bytes;

/**
 * A finite double with a fraction, or beyond 64 bits, as the shortest decimal that reads back as the same number. Where
 * the point stands is the rule of Redis since 7.2: up to six digits follow the last one of a plain integer, a fraction has
 * up to six digits or a number of less than five digits before them; everything else has an exponent, without padding.
 */
final class ShortestDecimal {
    private static final int ZEROS_BEHIND = 7;
    private static final int LEAST_SCALE = -7;
    private static final int PLAIN_EXPONENT = 4;
    /** Since Java 19 only two digits may be one too many: {@link Double#toString} never shows a single one. */
    private static final long MOST_DOUBTED = Runtime.version().feature() < 19 ? Long.MAX_VALUE : 99;

    private long digits;
    /** Of the last digit. */
    private int exponent;

    private ShortestDecimal(double magnitude) {
        String text = Double.toString(magnitude);
        int end = text.indexOf('E');
        exponent = end < 0 ? 0 : Integer.parseInt(text, end + 1, text.length(), 10);
        int length = end < 0 ? text.length() : end;
        int point = text.indexOf('.');
        for (int i = 0; i < length; i++) {
            if (i != point) {
                digits = digits * 10 + text.charAt(i) - '0';
            }
        }
        exponent -= length - point - 1;
        while (digits % 10 == 0 || dropsDigit(magnitude)) {
            if (digits % 10 == 0) {
                digits /= 10;
                exponent++;
            }
        }
    }

    private boolean dropsDigit(double magnitude) {
        if (digits < 10 || digits > MOST_DOUBTED) {
            return false;
        }
        long nearer = (digits + 5) / 10;
        long other = 2 * (digits / 10) + 1 - nearer;
        for (long shorter : new long[] {nearer, other}) {
            if (shorter != 0 && Double.parseDouble(shorter + "E" + (exponent + 1)) == magnitude) {
                digits = shorter;
                exponent++;
                return true;
            }
        }
        return false;
    }

    static String text(double value) {
        ShortestDecimal decimal = new ShortestDecimal(Math.abs(value));
        StringBuilder text = new StringBuilder(32);
        if (value < 0) {
            text.append('-');
        }
        decimal.write(text);
        return text.toString();
    }

    private void write(StringBuilder text) {
        int start = text.length();
        text.append(digits);
        int count = text.length() - start;
        int first = exponent + count - 1;
        if (exponent >= 0 && first < count + ZEROS_BEHIND) {
            text.append("0".repeat(exponent));
        } else if (exponent < 0 && (exponent > LEAST_SCALE || Math.abs(first) < PLAIN_EXPONENT)) {
            if (first < 0) {
                text.insert(start, "0".repeat(-first));
            }
            text.insert(Math.max(start + 1, start + first + 1), '.');
        } else {
            if (count > 1) {
                text.insert(start + 1, '.');
            }
            text.append('e').append(first < 0 ? '-' : '+').append(Math.abs(first));
        }
    }
}
