package io.releve.format.rdb;

import io.releve.bytes.Bytes;

/** Shows bytes that may be anything in an error: in quotes, what is not printable as {@code \xHH}. */
final class Quoted {
    private static final int LONGEST = 64;

    private Quoted() {
    }

    static String text(Bytes bytes) {
        StringBuilder text = new StringBuilder("'");
        for (int i = 0; i < Math.min(bytes.length(), LONGEST); i++) {
            int b = bytes.byteAt(i);
            if (b == '\'' || b == '\\') {
                text.append('\\').append((char) b);
            } else if (b < ' ' || b > '~') {
                text.append("\\x%02x".formatted(b));
            } else {
                text.append((char) b);
            }
        }
        return text.append(bytes.length() > LONGEST ? "...'" : "'").toString();
    }
}
