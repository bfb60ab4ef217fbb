package io.releve.format.aof;

import io.releve.bytes.Bytes;
import java.util.function.Consumer;

/**
 * Looks at the keys of commands that stand one behind the other in a buffer, without reading the commands: the first
 * argument of each. It only guesses: at what it does not expect it stops.
 */
final class KeysAhead {
    private static final int MOST = 32;
    private static final int DIGITS = 6;

    private final Bytes key = new Bytes();
    private byte[] buffer;
    private int at;
    private int end;

    /** @return the place behind the last command that was looked at, or {@code from} */
    int look(byte[] bytes, int from, int to, Consumer<Bytes> keys) {
        buffer = bytes;
        at = from;
        end = to;
        int behind = from;
        for (int i = 0; i < MOST && command(keys); i++) {
            behind = at;
        }
        return behind;
    }

    private boolean command(Consumer<Bytes> keys) {
        int words = number('*');
        if (words < 2 || !skipWord()) {
            return false;
        }
        int length = number('$');
        if (length < 0 || length > end - at - 2) {
            return false;
        }
        keys.accept(key.set(buffer, at, length));
        at += length + 2;
        for (int i = 2; i < words; i++) {
            if (!skipWord()) {
                return false;
            }
        }
        return true;
    }

    private boolean skipWord() {
        int length = number('$');
        at += length + 2;
        return length >= 0 && at <= end;
    }

    /** A line with a sign and a number of a few digits; -1 when it is not one. */
    private int number(char sign) {
        if (at >= end || buffer[at] != sign) {
            return -1;
        }
        int number = 0;
        int limit = Math.min(end - 2, at + 1 + DIGITS);
        for (int i = at + 1; i < limit + 1; i++) {
            int digit = buffer[i] - '0';
            if (digit < 0 || digit > 9) {
                at = i + 2;
                return buffer[i] == '\r' ? number : -1;
            }
            number = 10 * number + digit;
        }
        return -1;
    }
}
