package io.releve.format.rdb;

import io.releve.bytes.Bytes;

/**
 * Looks at keys with strings that stand one behind the other in a buffer, without reading them. It only guesses: at what it
 * does not expect it stops.
 */
final class StringAhead {
    private static final int MOST = 32;

    private final Bytes name = new Bytes();
    private byte[] buffer;
    private int at;
    private int end;

    /** @return the place behind the last key that was told, or {@code from} */
    int look(byte[] bytes, int from, int to, RdbVisitor visitor) {
        buffer = bytes;
        at = from;
        end = to;
        int behind = from;
        for (int i = 0; i < MOST && nextName(); i++) {
            visitor.ahead(name);
            if (!skipString()) {
                break;
            }
            behind = at;
        }
        return behind;
    }

    private boolean nextName() {
        if (at < end && (buffer[at] & 0xff) == Opcode.EXPIRE_MILLISECONDS) {
            at += 1 + Long.BYTES;
        }
        if (at >= end || buffer[at++] != RdbType.STRING.code()) {
            return false;
        }
        int length = length();
        if (length < 0 || length > end - at) {
            return false;
        }
        name.set(buffer, at, length);
        at += length;
        return true;
    }

    /** A length of up to 14 bits, or -1. */
    private int length() {
        if (end - at < 2) {
            return -1;
        }
        int first = buffer[at++];
        return first >>> 6 == 0 ? first : first >>> 6 == 1 ? (first & 0x3f) << 8 | buffer[at++] & 0xff : -1;
    }

    private boolean skipString() {
        int length = switch (at < end ? buffer[at] & 0xff : 0) {
            case RdbOutput.INT_8 -> 1 + 1;
            case RdbOutput.INT_16 -> 1 + Short.BYTES;
            case RdbOutput.INT_32 -> 1 + Integer.BYTES;
            case RdbOutput.LZF -> {
                at++;
                int compressed = length();
                yield length() < 0 ? -1 : compressed;
            }
            default -> length();
        };
        at += length;
        return length >= 0 && at <= end;
    }
}
