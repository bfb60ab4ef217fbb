package io.releve.sentinel.net;

import io.releve.sentinel.core.Link.Failure;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * Reads replies of RESP2 (redis.io, Redis serialization protocol) from bytes that come in pieces. A reply has at most
 * {@link #LARGEST} bytes and few levels; whoever sends anything else is not listened to any more. Each byte is looked at once.
 */
final class ReplyParser {
    /** Bytes of a reply, all of its elements together. */
    static final int LARGEST = 1 << 20;
    static final int DEEPEST = 7;
    private static final int LONGEST_LINE = 1 << 16;
    private static final int SMALL = 1 << 12;

    /** An array that is not complete. */
    private record Open(List<Object> elements, int size) {
    }

    /** The peer does not speak the protocol, or sends too much. */
    static final class BrokenException extends Exception {
        private static final long serialVersionUID = 1L;

        BrokenException(String message) {
            super(message, null, false, false);
        }
    }

    private byte[] buffer = new byte[SMALL];
    private int start;
    private int looked;
    private int end;
    /** Bytes of the bulk string whose header has been read, -1 outside. */
    private int bulk = -1;
    private int size;
    private final Deque<Open> open = new ArrayDeque<>();
    private Object reply;

    void append(ByteBuffer bytes) {
        if (start > 0) {
            System.arraycopy(buffer, start, buffer, 0, end - start);
            end -= start;
            looked -= start;
            start = 0;
            if (end == 0 && buffer.length > LARGEST / 4) {
                buffer = new byte[SMALL];
            }
        }
        if (buffer.length - end < bytes.remaining()) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, end + bytes.remaining()));
        }
        int length = bytes.remaining();
        bytes.get(buffer, end, length);
        end += length;
    }

    /** Whether there is a whole reply: {@link #reply}. */
    boolean next() throws BrokenException {
        while (true) {
            Object value;
            if (bulk >= 0) {
                if (end - start < bulk + 2) {
                    return false;
                }
                if (buffer[start + bulk] != '\r' || buffer[start + bulk + 1] != '\n') {
                    throw new BrokenException("a text that is longer than announced");
                }
                value = text(start, bulk);
                consume(bulk + 2);
                bulk = -1;
            } else {
                int length = line();
                if (length < 0) {
                    return false;
                }
                int kind = buffer[start];
                if (kind == '$' || kind == '*') {
                    long announced = number(start + 1, length - 1);
                    consume(length + 2);
                    if (announced > LARGEST - size || announced < -1) {
                        throw new BrokenException("a reply of more than " + LARGEST + " bytes");
                    }
                    if (kind == '$' && announced >= 0) {
                        bulk = (int) announced;
                        continue;
                    } else if (announced > 0) {
                        open.push(new Open(new ArrayList<>(), (int) announced));
                        if (open.size() > DEEPEST) {
                            throw new BrokenException("a reply of more than " + DEEPEST + " levels");
                        }
                        continue;
                    }
                    value = announced == 0 ? List.of() : null;
                } else {
                    value = switch (kind) {
                        case '+' -> text(start + 1, length - 1);
                        case '-' -> new Failure(text(start + 1, length - 1));
                        case ':' -> number(start + 1, length - 1);
                        default -> throw new BrokenException("no reply");
                    };
                    consume(length + 2);
                }
            }
            if (close(value)) {
                return true;
            }
        }
    }

    /** The reply that {@link #next} has found. */
    Object reply() {
        return reply;
    }

    /** Puts a value where it belongs. @return whether the reply is complete */
    private boolean close(Object value) {
        Object complete = value;
        while (!open.isEmpty()) {
            Open array = open.peek();
            array.elements.add(complete);
            if (array.elements.size() < array.size) {
                return false;
            }
            open.pop();
            complete = array.elements;
        }
        reply = complete;
        size = 0;
        return true;
    }

    /** Length of the line at hand without its end, at least 1; -1 while it is not complete. */
    private int line() throws BrokenException {
        for (; looked < end; looked++) {
            if (buffer[looked] == '\n') {
                int length = looked - start - 1;
                if (length < 1 || buffer[looked - 1] != '\r') {
                    throw new BrokenException("a line that does not end as it should");
                }
                return length;
            }
        }
        if (end - start > LONGEST_LINE) {
            throw new BrokenException("a line that does not end");
        }
        return -1;
    }

    private void consume(int bytes) throws BrokenException {
        start += bytes;
        looked = start;
        size += bytes;
        if (size > LARGEST) {
            throw new BrokenException("a reply of more than " + LARGEST + " bytes");
        }
    }

    private String text(int from, int length) {
        return new String(buffer, from, length, StandardCharsets.UTF_8);
    }

    private long number(int from, int length) throws BrokenException {
        try {
            if (length <= 20) {
                return Long.parseLong(new String(buffer, from, length, StandardCharsets.ISO_8859_1));
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new BrokenException("a number that is none");
    }
}
