package io.releve.contracts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.releve.bytes.Bytes;
import io.releve.keyspace.Database;
import io.releve.keyspace.HashValue;
import io.releve.keyspace.ListValue;
import io.releve.keyspace.SetValue;
import io.releve.keyspace.SortedSetValue;
import io.releve.keyspace.StreamValue;
import io.releve.keyspace.Type;
import io.releve.keyspace.Value;
import java.util.ArrayList;
import java.util.List;

/** Collections of a database, made when they are not there, and their contents as text, one character a byte. */
final class Views {
    static final Type[] COLLECTIONS = {Type.LIST, Type.SET, Type.SORTED_SET, Type.HASH, Type.STREAM};

    private Views() {
    }

    private static Value value(Database database, String key, Type type) {
        Value value = database.find(Bytes.of(key));
        if (value == null) {
            value = database.create(Bytes.of(key), type, 0);
        }
        assertSame(type, value.type());
        return value;
    }

    static ListValue list(Database database, String key) {
        return (ListValue) value(database, key, Type.LIST);
    }

    static SetValue set(Database database, String key) {
        return (SetValue) value(database, key, Type.SET);
    }

    static SortedSetValue sortedSet(Database database, String key) {
        return (SortedSetValue) value(database, key, Type.SORTED_SET);
    }

    static HashValue hash(Database database, String key) {
        return (HashValue) value(database, key, Type.HASH);
    }

    static StreamValue stream(Database database, String key) {
        return (StreamValue) value(database, key, Type.STREAM);
    }

    /** Adds one element whose text depends on the number. */
    static void add(Value value, int number) {
        Bytes element = Bytes.of("element " + number);
        switch (value.type()) {
            case LIST -> ((ListValue) value).addLast(element);
            case SET -> assertTrue(((SetValue) value).add(element));
            case SORTED_SET -> assertTrue(((SortedSetValue) value).put(element, number));
            case HASH -> assertTrue(((HashValue) value).put(element, element));
            case STREAM -> ((StreamValue) value).add(number, 0, element);
            default -> throw new IllegalArgumentException(value.type().toString());
        }
    }

    /** Asserts that the elements with the numbers from {@code from} up to {@code to} are there, and no others. */
    static void assertElements(Value value, int from, int to) {
        assertEquals(to - from, size(value));
        for (int i = from; i < to; i += 1 + (to - from) / 50) {
            Bytes element = Bytes.of("element " + i);
            Bytes target = new Bytes();
            switch (value.type()) {
                case LIST -> {
                    assertTrue(((ListValue) value).get(i - from, target));
                    assertEquals(element, target);
                }
                case SET -> assertTrue(((SetValue) value).contains(element));
                case SORTED_SET -> assertEquals(i, ((SortedSetValue) value).score(element));
                case HASH -> {
                    assertTrue(((HashValue) value).get(element, target));
                    assertEquals(element, target);
                }
                case STREAM -> {
                    int number = i;
                    ((StreamValue) value).visit(i, 0, true, (ms, sequence, body) -> {
                        assertEquals(number, ms);
                        assertEquals(element, body);
                        return false;
                    });
                }
                default -> throw new IllegalArgumentException(value.type().toString());
            }
        }
    }

    /** Removes the element that {@link #add} added with the number; from a list the first. */
    static void remove(Value value, int number) {
        Bytes element = Bytes.of("element " + number);
        switch (value.type()) {
            case LIST -> ((ListValue) value).remove(0, 1);
            case SET -> assertTrue(((SetValue) value).remove(element));
            case SORTED_SET -> assertTrue(((SortedSetValue) value).remove(element));
            case HASH -> assertTrue(((HashValue) value).remove(element));
            case STREAM -> assertTrue(((StreamValue) value).remove(number, 0));
            default -> throw new IllegalArgumentException(value.type().toString());
        }
    }

    static long size(Value value) {
        return switch (value.type()) {
            case LIST -> ((ListValue) value).length();
            case SET -> ((SetValue) value).size();
            case SORTED_SET -> ((SortedSetValue) value).size();
            case HASH -> ((HashValue) value).size();
            case STREAM -> ((StreamValue) value).length();
            default -> throw new IllegalArgumentException(value.type().toString());
        };
    }

    static List<String> elements(ListValue list) {
        List<String> elements = new ArrayList<>();
        list.visit(0, true, (index, element) -> {
            assertEquals(elements.size(), index);
            return elements.add(element.latin1());
        });
        return elements;
    }

    static List<String> members(SetValue set) {
        List<String> members = new ArrayList<>();
        set.visit(member -> members.add(member.latin1()));
        return members;
    }

    /** Members in order, without their scores. */
    static List<String> members(SortedSetValue set) {
        List<String> members = new ArrayList<>();
        set.visit(0, true, (member, score) -> members.add(member.latin1()));
        return members;
    }

    /** {@code field=value}. */
    static List<String> pairs(HashValue hash) {
        List<String> pairs = new ArrayList<>();
        hash.visit((field, value) -> pairs.add(field.latin1() + "=" + value.latin1()));
        return pairs;
    }

    static String get(HashValue hash, String field) {
        Bytes target = new Bytes();
        return hash.get(Bytes.of(field), target) ? target.latin1() : null;
    }

    static String get(ListValue list, long index) {
        Bytes target = new Bytes();
        return list.get(index, target) ? target.latin1() : null;
    }

    /** The value under a key that must be there. */
    static Value found(Database database, String key) {
        Value value = database.find(Bytes.of(key));
        assertNotNull(value, () -> "no value under " + key);
        return value;
    }
}
