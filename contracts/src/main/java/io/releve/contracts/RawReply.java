package io.releve.contracts;

import java.util.ArrayList;
import java.util.List;

/** Reads a raw reply, of either protocol, one byte a character. */
public final class RawReply {
    private final String raw;
    private int position;

    private RawReply(String raw) {
        this.raw = raw;
    }

    /**
     * The content of a reply: null, a {@link Long}, a {@link List} (maps flat) or a {@link String}; errors begin with a
     * minus sign, other lines do not show their type.
     */
    public static Object parse(String raw) {
        RawReply reader = new RawReply(raw);
        Object reply = reader.next();
        if (reader.position != raw.length()) {
            throw new IllegalArgumentException("more than one reply: " + raw);
        }
        return reply;
    }

    /** The contents of any number of replies or messages, one after the other. */
    public static List<Object> parseAll(String raw) {
        RawReply reader = new RawReply(raw);
        List<Object> all = new ArrayList<>();
        while (reader.position < raw.length()) {
            all.add(reader.next());
        }
        return all;
    }

    private Object next() {
        char type = raw.charAt(position);
        int end = raw.indexOf("\r\n", position);
        String line = raw.substring(position + 1, end);
        position = end + 2;
        return switch (type) {
            case '-' -> "-" + line;
            case ':' -> Long.valueOf(line);
            case '_' -> null;
            case '$', '=', '!' -> bulk(Integer.parseInt(line));
            case '*', '~', '>' -> list(Integer.parseInt(line));
            case '%' -> list(2 * Integer.parseInt(line));
            default -> line;
        };
    }

    private String bulk(int length) {
        if (length < 0) {
            return null;
        }
        String content = raw.substring(position, position + length);
        position += length + 2;
        return content;
    }

    private List<Object> list(int size) {
        if (size < 0) {
            return null;
        }
        List<Object> list = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            list.add(next());
        }
        return list;
    }
}
