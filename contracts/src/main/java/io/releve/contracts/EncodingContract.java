package io.releve.contracts;

import static io.releve.contracts.Samples.text;
import static io.releve.contracts.Views.found;
import static io.releve.contracts.Views.hash;
import static io.releve.contracts.Views.list;
import static io.releve.contracts.Views.members;
import static io.releve.contracts.Views.set;
import static io.releve.contracts.Views.sortedSet;
import static io.releve.contracts.Views.stream;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.releve.keyspace.Database;
import io.releve.keyspace.EncodingLimits;
import io.releve.keyspace.HashValue;
import io.releve.keyspace.Keyspace;
import io.releve.keyspace.ListValue;
import io.releve.keyspace.SetValue;
import io.releve.keyspace.SortedSetValue;
import io.releve.keyspace.StreamValue;
import io.releve.keyspace.Type;
import io.releve.keyspace.Value;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Under which names a keyspace shows its representations: those of Redis 7.2, by the limits in force. */
interface EncodingContract {
    /** A fresh keyspace with 16 databases. */
    Keyspace keyspace();

    /** The limits it was opened with. */
    EncodingLimits limits();

    private Database database() {
        return keyspace().database(0);
    }

    @Test
    default void hashesGrowOutOfTheListpack() {
        HashValue hash = hash(database(), "entries");
        for (int i = 0; i < 512; i++) {
            hash.put(text("f" + i), text("v"));
        }
        assertEquals("listpack", hash.encoding());
        hash.put(text("f0"), text("w"));
        assertEquals("listpack", hash.encoding());
        hash.put(text("one more"), text("v"));
        assertEquals("hashtable", hash.encoding());
        for (int i = 0; i < 512; i++) {
            hash.remove(text("f" + i));
        }
        assertEquals("hashtable", hash.encoding(), "it never goes back");
        HashValue values = hash(database(), "values");
        values.put(text("f".repeat(64)), text("v".repeat(64)));
        assertEquals("listpack", values.encoding());
        values.put(text("f".repeat(64)), text("v".repeat(65)));
        assertEquals("hashtable", values.encoding());
        HashValue fields = hash(database(), "fields");
        fields.put(text("f".repeat(65)), text("v"));
        assertEquals("hashtable", fields.encoding());
        keyspace().endCall();
        assertEquals("hashtable", found(database(), "values").encoding());
    }

    @Test
    default void setsAreIntegersThenListpackThenTable() {
        SetValue integers = set(database(), "integers");
        for (int i = 0; i < 512; i++) {
            integers.add(text(Integer.toString(-i)));
        }
        assertEquals("intset", integers.encoding());
        integers.add(text("513"));
        assertEquals("hashtable", integers.encoding());
        SetValue mixed = set(database(), "mixed");
        mixed.add(text("7"));
        mixed.add(text("5"));
        assertEquals("intset", mixed.encoding());
        mixed.add(text("x"));
        assertEquals("listpack", mixed.encoding());
        assertEquals(List.of("5", "7", "x"), members(mixed));
        mixed.remove(text("x"));
        assertEquals("listpack", mixed.encoding(), "it never goes back");
        for (int i = 0; i < 126; i++) {
            mixed.add(text("member " + i));
        }
        assertEquals("listpack", mixed.encoding());
        mixed.add(text("one more"));
        assertEquals("hashtable", mixed.encoding());
        SetValue many = set(database(), "many integers");
        for (int i = 0; i < 128; i++) {
            many.add(text(Integer.toString(i)));
        }
        many.add(text("x"));
        assertEquals("hashtable", many.encoding());
        SetValue longMember = set(database(), "long");
        longMember.add(text("m".repeat(64)));
        assertEquals("listpack", longMember.encoding());
        longMember.add(text("m".repeat(65)));
        assertEquals("hashtable", longMember.encoding());
    }

    @Test
    default void sortedSetsGrowOutOfTheListpack() {
        SortedSetValue set = sortedSet(database(), "entries");
        for (int i = 0; i < 128; i++) {
            set.put(text("m" + i), i);
        }
        assertEquals("listpack", set.encoding());
        set.put(text("m0"), 7);
        assertEquals("listpack", set.encoding());
        set.put(text("one more"), 0);
        assertEquals("skiplist", set.encoding());
        set.remove(0, 100);
        assertEquals("skiplist", set.encoding(), "it never goes back");
        SortedSetValue longMember = sortedSet(database(), "long");
        longMember.put(text("m".repeat(64)), 1);
        assertEquals("listpack", longMember.encoding());
        longMember.put(text("m".repeat(65)), 1);
        assertEquals("skiplist", longMember.encoding());
    }

    @Test
    default void listsAreListpacksWhileTheyFitANode() {
        ListValue bytes = list(database(), "bytes");
        for (int i = 0; i < 75; i++) {
            bytes.addLast(text("x".repeat(100)));
        }
        assertEquals("listpack", bytes.encoding());
        for (int i = 0; i < 10; i++) {
            bytes.addFirst(text("x".repeat(100)));
        }
        assertEquals("quicklist", bytes.encoding(), "85 elements of 103 bytes are more than 8 KiB");
        bytes.remove(0, 35);
        assertEquals("quicklist", bytes.encoding(), "50 elements are more than a half");
        bytes.remove(0, 15);
        assertEquals("listpack", bytes.encoding(), "35 elements are less than a half");
        bytes.set(3, text("y".repeat(8000)));
        assertEquals("quicklist", bytes.encoding());
        bytes.set(3, text("y"));
        assertEquals("listpack", bytes.encoding());
        bytes.insert(3, text("z".repeat(8000)));
        assertEquals("quicklist", bytes.encoding());
        limits().set(EncodingLimits.LIST_SIZE, 10);
        ListValue counted = list(database(), "counted");
        for (int i = 0; i < 10; i++) {
            counted.addLast(text("x"));
        }
        assertEquals("listpack", counted.encoding());
        counted.addLast(text("x"));
        assertEquals("quicklist", counted.encoding());
        counted.remove(0, 5);
        assertEquals("quicklist", counted.encoding());
        counted.remove(0, 1);
        assertEquals("listpack", counted.encoding());
        limits().set(EncodingLimits.LIST_SIZE, -5);
        ListValue large = list(database(), "large");
        for (int i = 0; i < 600; i++) {
            large.addLast(text("x".repeat(100)));
        }
        assertEquals("listpack", large.encoding());
        for (int i = 0; i < 60; i++) {
            large.addLast(text("x".repeat(100)));
        }
        assertEquals("quicklist", large.encoding());
    }

    @Test
    default void limitsChangeAtRunTime() {
        Value[] values = {hash(database(), "hash"), set(database(), "set"), set(database(), "integers"),
            sortedSet(database(), "sorted set")};
        limits().set(EncodingLimits.HASH_ENTRIES, 3);
        limits().set(EncodingLimits.SET_ENTRIES, 3);
        limits().set(EncodingLimits.SET_INTSET_ENTRIES, 3);
        limits().set(EncodingLimits.SORTED_SET_ENTRIES, 3);
        for (int i = 0; i < 3; i++) {
            addTo(values, i);
        }
        assertEncodings(values, "listpack", "listpack", "intset", "listpack");
        addTo(values, 3);
        assertEncodings(values, "hashtable", "hashtable", "hashtable", "skiplist");
        database().clear();
        keyspace().endCall();
        limits().set(EncodingLimits.HASH_ENTRIES, 5000);
        limits().set(EncodingLimits.SET_ENTRIES, 5000);
        limits().set(EncodingLimits.SET_INTSET_ENTRIES, 5000);
        limits().set(EncodingLimits.SORTED_SET_ENTRIES, 5000);
        limits().set(EncodingLimits.HASH_VALUE, 100_000);
        limits().set(EncodingLimits.SET_VALUE, 100_000);
        limits().set(EncodingLimits.SORTED_SET_VALUE, 100_000);
        Value[] large = {hash(database(), "hash"), set(database(), "set"), set(database(), "integers"),
            sortedSet(database(), "sorted set")};
        for (int i = 0; i < 5000; i++) {
            addTo(large, i);
        }
        assertEncodings(large, "listpack", "listpack", "intset", "listpack");
        for (int i = 0; i < 30; i++) {
            String text = "x".repeat(90_000) + i;
            ((HashValue) large[0]).remove(text("m" + i));
            ((HashValue) large[0]).put(text(text), text(text));
            ((SetValue) large[1]).remove(text("m" + i));
            ((SetValue) large[1]).add(text(text));
            ((SortedSetValue) large[3]).remove(text("m" + i));
            ((SortedSetValue) large[3]).put(text(text), i);
        }
        assertEncodings(large, "listpack", "listpack", "intset", "listpack");
        assertEquals(5000, ((HashValue) large[0]).size());
        assertEquals(5000, members((SetValue) large[1]).size());
        assertEquals("m30", members((SetValue) large[1]).get(0), "the order of addition");
        assertEquals("4999", members((SetValue) large[2]).get(4999));
        assertEquals(5000, members((SortedSetValue) large[3]).size());
        limits().set(EncodingLimits.HASH_ENTRIES, 10);
        assertEquals("listpack", large[0].encoding(), "only a change converts");
        ((HashValue) large[0]).put(text("m100"), text("v"));
        assertEquals("hashtable", large[0].encoding());
    }

    private static void addTo(Value[] values, int number) {
        ((HashValue) values[0]).put(text("m" + number), text("v"));
        ((SetValue) values[1]).add(text("m" + number));
        ((SetValue) values[2]).add(text(Integer.toString(number)));
        ((SortedSetValue) values[3]).put(text("m" + number), number);
    }

    private static void assertEncodings(Value[] values, String... encodings) {
        for (int i = 0; i < values.length; i++) {
            assertEquals(encodings[i], values[i].encoding());
        }
    }

    @Test
    default void withoutCompactEntriesAllAreLarge() {
        limits().set(EncodingLimits.HASH_ENTRIES, 0);
        limits().set(EncodingLimits.SET_ENTRIES, 0);
        limits().set(EncodingLimits.SET_INTSET_ENTRIES, 0);
        limits().set(EncodingLimits.SORTED_SET_ENTRIES, 0);
        Value[] values = {hash(database(), "hash"), set(database(), "set"), set(database(), "integers"),
            sortedSet(database(), "sorted set")};
        for (int i = 0; i < 3; i++) {
            addTo(values, i);
            assertEncodings(values, "hashtable", "hashtable", "hashtable", "skiplist");
        }
        Value detached = database().detached(Type.SORTED_SET);
        ((SortedSetValue) detached).put(text("m"), 1);
        database().attach(text("attached"), detached, Value.NEVER, 0);
        keyspace().endCall();
        assertEquals("skiplist", found(database(), "attached").encoding());
    }

    @Test
    default void nodesOfStreamsFollowTheLimits() {
        StreamValue counted = stream(database(), "counted");
        for (int i = 1; i <= 250; i++) {
            counted.add(i, 0, text("small"));
        }
        assertEquals("stream", counted.encoding());
        assertEquals(100, counted.firstNode());
        counted.removeFirst(30);
        assertEquals(70, counted.firstNode());
        counted.removeFirst(70);
        assertEquals(100, counted.firstNode());
        limits().set(EncodingLimits.STREAM_ENTRIES, 7);
        StreamValue fewer = stream(database(), "fewer");
        for (int i = 1; i <= 20; i++) {
            fewer.add(i, 0, text("small"));
        }
        assertEquals(7, fewer.firstNode());
        limits().set(EncodingLimits.STREAM_ENTRIES, 0);
        limits().set(EncodingLimits.STREAM_BYTES, 1000);
        StreamValue sized = stream(database(), "sized");
        for (int i = 1; i <= 200; i++) {
            sized.add(i, 0, text("x".repeat(90)));
        }
        long node = sized.firstNode();
        assertTrue(node >= 5 && node <= 11, () -> node + " entries of 90 bytes in a node of 1000");
    }
}
