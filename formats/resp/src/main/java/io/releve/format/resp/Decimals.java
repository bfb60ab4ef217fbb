package io.releve.format.resp;

import io.releve.bytes.Bytes;
import java.util.Locale;

/** Decimal numbers in the text form C's strtod accepts, without blanks around them. */
final class Decimals {
    private Decimals() {
    }

    /** The number, or NaN when the text is none. */
    static double parse(Bytes bytes) {
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
}
