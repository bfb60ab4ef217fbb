package io.releve.contracts;

import io.releve.bytes.Bytes;
import io.releve.keyspace.HashValue;
import io.releve.keyspace.ListValue;
import io.releve.keyspace.SetValue;
import io.releve.keyspace.SortedSetValue;
import io.releve.keyspace.StreamValue;
import io.releve.keyspace.StringValue;
import io.releve.keyspace.Type;
import io.releve.keyspace.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A copy of all that a value shows when it is read from one end to the other.
 *
 * @param encoding empty when it does not matter
 * @param expireAt ms since the epoch, or {@link Value#NEVER}
 * @param elements in the order in which they are shown where that is defined, else ascending; a field and its content, a
 *                 score and its member are one element
 */
public record ValueContent(Type type, String encoding, long expireAt, List<Bytes> elements) {
    private static final String[] ORDERED = {"listpack", "intset"};

    /** Everything, as far as it can be relied on. */
    public static ValueContent exact(Value value) {
        return exact(value, () -> { });
    }

    /**
     * The same.
     *
     * @param pause called between two elements
     */
    static ValueContent exact(Value value, Runnable pause) {
        String encoding = value.encoding();
        long expireAt = value.expireAt();
        List<Bytes> elements = read(value, pause);
        if (!List.of(ORDERED).contains(encoding)) {
            sortUnordered(value.type(), elements);
        }
        return new ValueContent(value.type(), encoding, expireAt, elements);
    }

    /** Without the encoding, and the order of what a client must not rely on. */
    public static ValueContent loose(Value value) {
        List<Bytes> elements = read(value, () -> { });
        sortUnordered(value.type(), elements);
        return new ValueContent(value.type(), "", value.expireAt(), elements);
    }

    private static void sortUnordered(Type type, List<Bytes> elements) {
        if (type == Type.SET || type == Type.HASH) {
            Collections.sort(elements);
        }
    }

    private static List<Bytes> read(Value value, Runnable pause) {
        List<Bytes> elements = new ArrayList<>();
        switch (value.type()) {
            case STRING -> {
                pause.run();
                elements.add(new Bytes(((StringValue) value).toByteArray()));
            }
            case LIST -> ((ListValue) value).visit(0, true, (index, element) -> add(elements, element.copy(), pause));
            case SET -> ((SetValue) value).visit(member -> add(elements, member.copy(), pause));
            case HASH -> ((HashValue) value).visit((field, content) -> add(elements, pair(field, content), pause));
            case SORTED_SET -> ((SortedSetValue) value).visit(0, true,
                    (member, score) -> add(elements, pair(Bytes.of(Double.toString(score)), member), pause));
            case STREAM -> {
                ((StreamValue) value).visit(0, 0, true, (ms, sequence, body) ->
                        add(elements, pair(Bytes.of(ms + "-" + sequence), body), pause));
                ((StreamValue) value).visitRecords(new Bytes(), (name, content) ->
                        add(elements, pair(name, content), pause));
            }
            default -> throw new IllegalArgumentException(value.type().toString());
        }
        long size = value.type() == Type.STRING ? 1 : Views.size(value);
        if (value.type() != Type.STREAM && size != elements.size()) {
            throw new AssertionError("a size of " + size + ", but " + elements.size() + " elements: " + value.type());
        }
        return elements;
    }

    private static boolean add(List<Bytes> elements, Bytes element, Runnable pause) {
        elements.add(element);
        pause.run();
        return true;
    }

    /** Length of the first, then both. */
    private static Bytes pair(Bytes one, Bytes two) {
        byte[] bytes = new byte[4 + one.length() + two.length()];
        for (int i = 0; i < 4; i++) {
            bytes[i] = (byte) (one.length() >> 8 * (3 - i));
        }
        one.copyTo(0, bytes, 4, one.length());
        two.copyTo(0, bytes, 4 + one.length(), two.length());
        return new Bytes(bytes);
    }

    /** Short: there may be a hundred thousand elements. */
    @Override
    public String toString() {
        return type + " " + encoding + " of " + elements.size() + " elements, expiring at " + expireAt + ", "
                + Integer.toHexString(elements.hashCode());
    }
}
