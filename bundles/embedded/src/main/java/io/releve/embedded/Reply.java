package io.releve.embedded;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * The reply to a command as it came: a value of RESP2 or RESP3 (redis.io, "Redis serialization protocol specification").
 * The accessors convert where nothing is lost, so that they do for both protocols, and throw {@link ReleveException}
 * otherwise.
 */
public final class Reply {
    /** Types of replies. */
    public enum Type {
        STATUS, ERROR, INTEGER, BULK, NULL, LIST, MAP, SET, PUSH, DOUBLE, BOOLEAN, BIG_NUMBER, VERBATIM
    }

    private final Type type;
    /** {@code byte[]} or {@code List<Reply>}; null for NULL and INTEGER. */
    private final Object content;
    private final long number;

    private Reply(Type type, Object content, long number) {
        this.type = type;
        this.content = content;
        this.number = number;
    }

    /** One without parts; {@code content} is its text. */
    public static Reply of(Type type, byte[] content) {
        return new Reply(type, content, 0);
    }

    /** One with parts; of a map, keys and values in turn. */
    public static Reply of(Type type, List<Reply> parts) {
        return new Reply(type, parts, 0);
    }

    public static Reply integer(long value) {
        return new Reply(Type.INTEGER, null, value);
    }

    public static Reply nil() {
        return new Reply(Type.NULL, null, 0);
    }

    public Type type() {
        return type;
    }

    public boolean isNull() {
        return type == Type.NULL;
    }

    public boolean isError() {
        return type == Type.ERROR;
    }

    /** The content of a string, a status, a number; null for null. */
    public byte[] bytes() {
        return switch (type) {
            case NULL -> null;
            case INTEGER -> Long.toString(number).getBytes(StandardCharsets.US_ASCII);
            case BOOLEAN -> ascii(((byte[]) content)[0] == 't' ? "1" : "0");
            case VERBATIM -> Arrays.copyOfRange((byte[]) content, 4, ((byte[]) content).length);
            default -> {
                if (content instanceof byte[] bytes) {
                    yield bytes;
                }
                throw wrong("a string");
            }
        };
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** {@link #bytes} read as UTF-8. */
    public String text() {
        byte[] bytes = bytes();
        return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
    }

    /** A 64-bit integer, also when it came as text. */
    public long integer() {
        if (type == Type.INTEGER) {
            return number;
        }
        try {
            return Long.parseLong(text());
        } catch (NumberFormatException e) {
            throw wrong("an integer");
        }
    }

    /** A double, also when it came as text or integer; {@code inf}, {@code -inf} and {@code nan} are understood. */
    public double decimal() {
        String text = String.valueOf(text());
        return switch (text) {
            case "inf" -> Double.POSITIVE_INFINITY;
            case "-inf" -> Double.NEGATIVE_INFINITY;
            case "nan" -> Double.NaN;
            default -> {
                try {
                    yield Double.parseDouble(text);
                } catch (NumberFormatException e) {
                    throw wrong("a number");
                }
            }
        };
    }

    /** Whether it is 1, true or OK; null, 0 and false are not. */
    public boolean flag() {
        return switch (type) {
            case NULL -> false;
            case INTEGER -> number != 0;
            case BOOLEAN -> ((byte[]) content)[0] == 't';
            case STATUS -> "OK".equals(text());
            default -> throw wrong("yes or no");
        };
    }

    /** The parts of a list, set or map (keys and values in turn); null for null. */
    @SuppressWarnings("unchecked")
    public List<Reply> list() {
        if (type == Type.NULL) {
            return null;
        }
        if (content instanceof List<?> list) {
            return (List<Reply>) list;
        }
        throw wrong("a list");
    }

    /** The same with pairs that are lists of two laid out flat: what RESP3 nests and RESP2 does not. */
    public List<Reply> flat() {
        List<Reply> parts = list();
        if (parts == null || parts.isEmpty() || parts.get(0).type != Type.LIST) {
            return parts;
        }
        List<Reply> flat = new ArrayList<>(2 * parts.size());
        parts.forEach(part -> flat.addAll(part.list()));
        return flat;
    }

    /** This, or the error it is thrown. */
    public Reply orThrow() {
        if (type == Type.ERROR) {
            throw new ErrorReplyException(text());
        }
        return this;
    }

    private ReleveException wrong(String wanted) {
        return isError() ? new ErrorReplyException(new String((byte[]) content, StandardCharsets.UTF_8))
                : new ReleveException("The reply is not " + wanted + " but " + this);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Reply reply && type == reply.type && number == reply.number
                && (content instanceof byte[] bytes && reply.content instanceof byte[] others
                        ? Arrays.equals(bytes, others) : Objects.equals(content, reply.content));
    }

    @Override
    public int hashCode() {
        return Objects.hash(type, number, content instanceof byte[] bytes ? Arrays.hashCode(bytes) : content);
    }

    @Override
    public String toString() {
        return switch (type) {
            case NULL -> "null";
            case INTEGER -> Long.toString(number);
            case STATUS, DOUBLE, BIG_NUMBER -> new String((byte[]) content, StandardCharsets.UTF_8);
            case ERROR -> "(error) " + new String((byte[]) content, StandardCharsets.UTF_8);
            case BOOLEAN -> Boolean.toString(flag());
            case BULK, VERBATIM -> '"' + text() + '"';
            default -> content.toString();
        };
    }
}
