package io.releve.format.aof;

import io.releve.keyspace.StringValue;

/** Finds out at which byte a command stops being one. Used when it is known that something is wrong with it. */
final class CommandCheck {
    private static final int MOST_DIGITS = 10;

    private final byte[] bytes;
    private final int end;
    /** Byte of the file at which the array begins. */
    private final long before;
    private int at;
    /** Where the number read last begins. */
    private int first;
    private boolean incomplete;

    /** @param at where the command begins */
    CommandCheck(byte[] bytes, int at, int end, long before) {
        this.bytes = bytes;
        this.at = at;
        this.end = end;
        this.before = before;
    }

    /** The damage, or null when there is none: then the command is whole or goes on beyond the end. */
    AofException damage() {
        try {
            long arguments = number('*');
            if (!incomplete && arguments == 0) {
                at = first;
                throw wrong("A command has no arguments");
            }
            for (long i = 0; i < arguments && !incomplete; i++) {
                long length = number('$');
                if (length > StringValue.MAX_LENGTH) {
                    at = first;
                    throw wrong("An argument of " + length + " bytes is longer than 512 MiB");
                }
                if (incomplete || length > end - at) {
                    return null;
                }
                at += (int) length;
                expect('\r', "the end of an argument");
                expect('\n', "the end of an argument");
            }
            return null;
        } catch (AofException e) {
            return e;
        }
    }

    private long number(char type) {
        expect(type, type == '*' ? "a command, which begins with *" : "an argument, which begins with $");
        long number = 0;
        first = at;
        while (at < end && bytes[at] >= '0' && bytes[at] <= '9') {
            number = 10 * number + bytes[at++] - '0';
            if (at - first > MOST_DIGITS || at - first > 1 && bytes[first] == '0' || number > Integer.MAX_VALUE) {
                at = first;
                throw wrong("The number " + (type == '*' ? "of arguments" : "of bytes") + " is not possible");
            }
        }
        if (at == end) {
            incomplete = true;
        } else if (at == first) {
            throw unexpected("a number");
        }
        expect('\r', "the end of a number");
        expect('\n', "the end of a number");
        return number;
    }

    private void expect(char c, String what) {
        if (at == end) {
            incomplete = true;
        } else if (bytes[at] != c) {
            throw unexpected(what);
        } else {
            at++;
        }
    }

    private AofException unexpected(String expected) {
        return wrong("There should be " + expected + ", and there is the byte 0x%02x".formatted(bytes[at]));
    }

    private AofException wrong(String sentence) {
        return new AofException(sentence, before + at);
    }
}
