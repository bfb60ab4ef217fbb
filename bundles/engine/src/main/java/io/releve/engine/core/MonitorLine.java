package io.releve.engine.core;

import io.releve.bytes.Bytes;
import io.releve.command.Arguments;
import io.releve.engine.Connection;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A request as MONITOR shows it, a simple string: {@code +1700000000.123456 [0 127.0.0.1:1234] "set" "k" "v"}, what is not
 * printable ASCII with escapes that {@link io.releve.bytes.QuotedWords} reads.
 */
final class MonitorLine {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final int FIRST = 256;
    /** A larger array is given back. */
    private static final int KEPT = 64 * 1024;
    private static final int MICROSECOND_DIGITS = 6;
    /** Most that a byte becomes. */
    private static final int ESCAPED = 4;
    private static final String UNIX_PORT = ":0";

    private byte[] bytes = new byte[FIRST];
    private int length;

    /** @return the line with its line break */
    byte[] render(long microseconds, int database, Connection from, Arguments request) {
        if (bytes.length > KEPT) {
            bytes = new byte[FIRST];
        }
        length = 0;
        String fraction = Long.toString(microseconds % 1_000_000);
        text("+" + microseconds / 1_000_000 + "." + "0".repeat(MICROSECOND_DIGITS - fraction.length()) + fraction
                + " [" + database + " " + address(from) + "]");
        for (int i = 0; i < request.size(); i++) {
            word(request.get(i));
        }
        text("\r\n");
        return Arrays.copyOf(bytes, length);
    }

    private static String address(Connection from) {
        if (from == null) {
            return "lua";
        }
        String address = from.remoteAddress();
        return from.kind() != Connection.Kind.UNIX ? address : "unix:"
                + (address.endsWith(UNIX_PORT) ? address.substring(0, address.length() - UNIX_PORT.length()) : address);
    }

    private void text(String ascii) {
        byte[] encoded = ascii.getBytes(StandardCharsets.UTF_8);
        room(encoded.length);
        System.arraycopy(encoded, 0, bytes, length, encoded.length);
        length += encoded.length;
    }

    private void word(Bytes word) {
        room(ESCAPED * (long) word.length() + 3);
        bytes[length++] = ' ';
        bytes[length++] = '"';
        byte[] array = word.array();
        for (int i = word.offset(); i < word.offset() + word.length(); i++) {
            escape(array[i]);
        }
        bytes[length++] = '"';
    }

    private void escape(byte c) {
        switch (c) {
            case '\\', '"' -> escaped(c);
            case '\n' -> escaped((byte) 'n');
            case '\r' -> escaped((byte) 'r');
            case '\t' -> escaped((byte) 't');
            case '\b' -> escaped((byte) 'b');
            case 7 -> escaped((byte) 'a');
            default -> {
                if (c >= ' ' && c < 0x7F) {
                    bytes[length++] = c;
                } else {
                    escaped((byte) 'x');
                    bytes[length++] = HEX[c >> 4 & 0xF];
                    bytes[length++] = HEX[c & 0xF];
                }
            }
        }
    }

    private void escaped(byte c) {
        bytes[length++] = '\\';
        bytes[length++] = c;
    }

    private void room(long more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, (int) Math.min(Integer.MAX_VALUE - 16L, Math.max(length + more, 2L * bytes.length)));
        }
    }
}
