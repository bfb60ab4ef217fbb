package io.releve.embedded.core;

import io.releve.bytes.Numbers;
import io.releve.embedded.Reply;
import io.releve.embedded.Reply.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads replies of our own engine out of bytes: they are complete and well-formed. */
final class ReplyParser {
    private final byte[] bytes;
    private int position;

    ReplyParser(byte[] bytes, int from) {
        this.bytes = bytes;
        position = from;
    }

    int position() {
        return position;
    }

    /** The next reply; attributes before it are left out. */
    Reply next() {
        int type = bytes[position];
        int start = position + 1;
        int end = lineEnd(bytes, start);
        position = end + 2;
        return switch (type) {
            case '+' -> Reply.of(Type.STATUS, Arrays.copyOfRange(bytes, start, end));
            case '-' -> Reply.of(Type.ERROR, Arrays.copyOfRange(bytes, start, end));
            case ':' -> Reply.integer(Numbers.integer(bytes, start, end - start));
            case ',' -> Reply.of(Type.DOUBLE, Arrays.copyOfRange(bytes, start, end));
            case '#' -> Reply.of(Type.BOOLEAN, Arrays.copyOfRange(bytes, start, end));
            case '(' -> Reply.of(Type.BIG_NUMBER, Arrays.copyOfRange(bytes, start, end));
            case '_' -> Reply.nil();
            case '$' -> bulk(Type.BULK, length(start, end));
            case '=' -> bulk(Type.VERBATIM, length(start, end));
            case '!' -> bulk(Type.ERROR, length(start, end));
            case '*' -> list(Type.LIST, length(start, end));
            case '~' -> list(Type.SET, length(start, end));
            case '>' -> list(Type.PUSH, length(start, end));
            case '%' -> list(Type.MAP, 2 * length(start, end));
            case '|' -> {
                list(Type.MAP, 2 * length(start, end));
                yield next();
            }
            default -> throw new IllegalStateException("a reply of type " + type);
        };
    }

    static int lineEnd(byte[] bytes, int from) {
        int end = from;
        while (bytes[end] != '\r') {
            end++;
        }
        return end;
    }

    private int length(int start, int end) {
        return (int) Numbers.integer(bytes, start, end - start);
    }

    private Reply bulk(Type type, int length) {
        if (length < 0) {
            return Reply.nil();
        }
        byte[] content = Arrays.copyOfRange(bytes, position, position + length);
        position += length + 2;
        return Reply.of(type, content);
    }

    private Reply list(Type type, int size) {
        if (size < 0) {
            return Reply.nil();
        }
        List<Reply> parts = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            parts.add(next());
        }
        return Reply.of(type, parts);
    }
}
