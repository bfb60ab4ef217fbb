package io.releve.cli;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Decodes replies (redis.io, RESP protocol specification). */
final class ReplyReader {
    private static final int MOST_BYTES = 1 << 30;
    private static final int DEEPEST = 128;

    private final InputStream in;

    ReplyReader(InputStream in) {
        this.in = new BufferedInputStream(in, 1 << 16);
    }

    /** Whether bytes have been read already that are not decoded. */
    boolean hasBuffered() throws IOException {
        return in.available() > 0;
    }

    /**
     * The next reply.
     *
     * @throws EOFException when the server has closed the connection
     * @throws IOException also when the bytes are no reply
     */
    Reply read() throws IOException {
        return read(0);
    }

    private Reply read(int depth) throws IOException {
        if (depth > DEEPEST) {
            throw new IOException("Protocol error: replies nested too deep");
        }
        int type = in.read();
        if (type < 0) {
            throw new EOFException("Server closed the connection");
        }
        byte[] line = line();
        return switch (type) {
            case '+' -> new Reply.Status(line);
            case '-' -> new Reply.Failure(line);
            case ':' -> new Reply.Whole(number(line));
            case ',' -> new Reply.Decimal(ascii(line), false);
            case '(' -> new Reply.Decimal(ascii(line), true);
            case '_' -> new Reply.Nil();
            case '#' -> new Reply.Truth(line.length == 1 && line[0] == 't');
            case '$' -> {
                byte[] bytes = blob(line);
                yield bytes == null ? new Reply.Nil() : new Reply.Bulk(bytes);
            }
            case '!' -> new Reply.Failure(blob(line));
            case '=' -> {
                byte[] bytes = blob(line);
                yield new Reply.Verbatim(java.util.Arrays.copyOfRange(bytes, Math.min(4, bytes.length), bytes.length));
            }
            case '*' -> several(Reply.Several.Kind.ARRAY, number(line), depth);
            case '~' -> several(Reply.Several.Kind.SET, number(line), depth);
            case '>' -> several(Reply.Several.Kind.PUSH, number(line), depth);
            case '%' -> several(Reply.Several.Kind.MAP, 2 * number(line), depth);
            case '|' -> {
                several(Reply.Several.Kind.MAP, 2 * number(line), depth);
                yield read(depth + 1);
            }
            default -> throw new IOException(
                    "Protocol error, got \"" + (char) type + "\" as reply type byte");
        };
    }

    private Reply several(Reply.Several.Kind kind, long count, int depth) throws IOException {
        if (count < 0) {
            return new Reply.Nil();
        }
        if (count > MOST_BYTES) {
            throw new IOException("Protocol error: reply of " + count + " items");
        }
        List<Reply> items = new ArrayList<>((int) Math.min(count, 1024));
        for (long i = 0; i < count; i++) {
            items.add(read(depth + 1));
        }
        return new Reply.Several(kind, items);
    }

    private byte[] blob(byte[] line) throws IOException {
        long length = number(line);
        if (length < 0) {
            return null;
        }
        if (length > MOST_BYTES) {
            throw new IOException("Protocol error: string of " + length + " bytes");
        }
        byte[] bytes = in.readNBytes((int) length);
        if (bytes.length < length || in.read() != '\r' || in.read() != '\n') {
            throw new EOFException("Server closed the connection");
        }
        return bytes;
    }

    private byte[] line() throws IOException {
        byte[] line = new byte[64];
        int length = 0;
        while (true) {
            int b = in.read();
            if (b < 0) {
                throw new EOFException("Server closed the connection");
            }
            if (b == '\r') {
                if (in.read() != '\n') {
                    throw new IOException("Protocol error: line without end");
                }
                return java.util.Arrays.copyOf(line, length);
            }
            if (length == line.length) {
                if (length >= 1 << 20) {
                    throw new IOException("Protocol error: line too long");
                }
                line = java.util.Arrays.copyOf(line, 2 * length);
            }
            line[length++] = (byte) b;
        }
    }

    private static long number(byte[] line) throws IOException {
        try {
            return Long.parseLong(ascii(line));
        } catch (NumberFormatException e) {
            throw new IOException("Protocol error: '" + ascii(line) + "' is not a number", e);
        }
    }

    private static String ascii(byte[] line) {
        return new String(line, StandardCharsets.ISO_8859_1);
    }
}
