package io.releve.contracts;

import static io.releve.contracts.Samples.put;
import static io.releve.contracts.Samples.settle;
import static io.releve.contracts.Samples.text;
import static io.releve.contracts.Views.COLLECTIONS;
import static io.releve.contracts.Views.add;
import static io.releve.contracts.Views.assertElements;
import static io.releve.contracts.Views.found;
import static io.releve.contracts.Views.remove;
import static io.releve.contracts.Views.size;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.releve.bytes.Bytes;
import io.releve.keyspace.Database;
import io.releve.keyspace.Keyspace;
import io.releve.keyspace.ListValue;
import io.releve.keyspace.StringValue;
import io.releve.keyspace.Type;
import io.releve.keyspace.Value;
import org.junit.jupiter.api.Test;

/** What a keyspace promises about the keys of all collections: how they come, go and move. */
interface CollectionContract {
    /** Numbers of elements: compact, large, and many pages of anything. */
    int[] SIZES = {1, 40, 700, 6000};

    /** A fresh keyspace with 16 databases. */
    Keyspace keyspace();

    private static Value fill(Value value, int count) {
        for (int i = 0; i < count; i++) {
            add(value, i + 1);
        }
        return value;
    }

    private Value make(Database database, String key, Type type, int count) {
        return fill(database.create(text(key), type, 5), count);
    }

    @Test
    default void emptiedCollectionsLoseTheirKey() {
        Database database = keyspace().database(0);
        for (Type type : COLLECTIONS) {
            for (int count : SIZES) {
                Value value = make(database, "k", type, count);
                assertTrue(database.expire(text("k"), 1000));
                for (int i = 0; i < count; i++) {
                    assertEquals(1, database.size());
                    remove(value, i + 1);
                    assertEquals(count - i - 1, size(value));
                }
                if (type == Type.STREAM) {
                    assertNotNull(database.find(text("k")));
                    assertTrue(database.remove(text("k")));
                }
                keyspace().endCall();
                assertNull(database.find(text("k")));
                Samples.assertEmpty(database);
                make(database, "k", type, 2);
                assertEquals(Value.NEVER, found(database, "k").expireAt());
                assertTrue(database.remove(text("k")));
                keyspace().endCall();
            }
        }
    }

    @Test
    default void detachedValuesAreAttachedInThePlaceOfAnything() {
        Keyspace keyspace = keyspace();
        for (Type type : COLLECTIONS) {
            for (int count : SIZES) {
                for (Type replaced : Type.values()) {
                    Database database = keyspace.database(3);
                    if (replaced == Type.STRING) {
                        put(database, "target", "old", 77);
                    } else {
                        make(database, "target", replaced, 300);
                        database.expire(text("target"), 77);
                    }
                    keyspace.endCall();
                    Value detached = fill(keyspace.database(2).detached(type), count);
                    assertSame(type, detached.type());
                    assertEquals(1, database.size());
                    assertSame(replaced, found(database, "target").type());
                    long expireAt = count == 40 ? 4711 : Value.NEVER;
                    database.attach(text("target"), detached, expireAt, 9);
                    keyspace.endCall();
                    Value value = found(database, "target");
                    assertSame(type, value.type());
                    assertElements(value, 1, count + 1);
                    assertEquals(expireAt, value.expireAt());
                    assertEquals(expireAt, database.nextExpiry());
                    assertEquals(9, value.access());
                    assertEquals(1, database.size());
                    assertEquals(0, keyspace.database(2).size());
                    add(value, 1_000_000);
                    assertEquals(count + 1, size(value));
                    database.clear();
                    keyspace.endCall();
                }
            }
        }
    }

    @Test
    default void emptyDetachedCollectionsRemoveTheKey() {
        Database database = keyspace().database(0);
        for (Type type : COLLECTIONS) {
            for (boolean emptied : new boolean[] {false, true}) {
                put(database, "target", "old", 77);
                Value detached = database.detached(type);
                if (emptied) {
                    fill(detached, 300);
                    for (int i = 0; i < 300; i++) {
                        remove(detached, i + 1);
                    }
                }
                assertEquals(0, size(detached));
                database.attach(text("target"), detached, 88, 1);
                keyspace().endCall();
                if (type == Type.STREAM) {
                    assertEquals(0, size(found(database, "target")));
                    assertTrue(database.remove(text("target")));
                }
                Samples.assertEmpty(database);
                database.attach(text("none"), database.detached(Type.SET), Value.NEVER, 1);
                keyspace().endCall();
                Samples.assertEmpty(database);
            }
        }
    }

    @Test
    default void forgottenDetachedValuesGoAway() {
        Keyspace keyspace = keyspace();
        Database database = keyspace.database(0);
        long[] after = new long[6];
        for (int round = 0; round < after.length; round++) {
            for (Type type : COLLECTIONS) {
                fill(database.detached(type), 3000);
                fill(database.detached(type), 20);
                keyspace.endCall();
            }
            settle(keyspace);
            Samples.assertEmpty(database);
            after[round] = keyspace.usedMemory();
        }
        assertEquals(after[1], after[after.length - 1], "memory of detached values is not given back");
    }

    @Test
    default void viewsStayValidWhileOtherKeysChange() {
        Keyspace keyspace = keyspace();
        for (int count : SIZES) {
            Database database = keyspace.database(count % 16);
            Value[] views = new Value[COLLECTIONS.length];
            for (int i = 0; i < views.length; i++) {
                views[i] = make(database, "view" + i, COLLECTIONS[i], count);
            }
            for (int i = 0; i < 5000; i++) {
                put(database, "other" + i, "v".repeat(i % 300), i % 2 == 0 ? 1000 + i : Value.NEVER);
                if (i % 100 == 0) {
                    for (Value view : views) {
                        add(view, count + 1 + i / 100);
                    }
                }
            }
            for (Value view : views) {
                assertElements(view, 1, count + 51);
            }
            for (int i = 0; i < 4000; i++) {
                assertTrue(database.move(text("other" + i), keyspace.database((count + 1) % 16), text("moved" + i)));
            }
            for (int i = 0; i < views.length; i++) {
                assertTrue(database.expire(text("view" + i), 123_456_789));
                assertTrue(database.copy(text("view" + i), database, text("copy" + i)));
                assertEquals(123_456_789, views[i].expireAt());
            }
            keyspace.swap(count % 16, (count + 2) % 16);
            database.remove(text("copy0"));
            make(database, "fresh", Type.HASH, 2000);
            for (int i = 0; i < views.length; i++) {
                remove(views[i], 1);
                assertElements(views[i], 2, count + 51);
                views[i].access(7);
                assertEquals(7, found(database, "view" + i).access());
                assertElements(found(database, "view" + i), 2, count + 51);
            }
            keyspace.endCall();
            for (int i = 0; i < views.length; i++) {
                assertElements(found(database, "view" + i), 2, count + 51);
                if (i > 0) {
                    assertElements(found(database, "copy" + i), 1, count + 51);
                }
            }
            database.clear();
            keyspace.database((count + 1) % 16).clear();
            keyspace.endCall();
        }
    }

    @Test
    default void viewsOfTheSameKeyAgree() {
        Database database = keyspace().database(0);
        for (Type type : COLLECTIONS) {
            make(database, "k", type, 1);
            keyspace().endCall();
            Value one = found(database, "k");
            Value two = found(database, "k");
            for (int i = 1; i < 3000; i++) {
                add(i % 3 == 0 ? one : two, i + 1);
                assertEquals(i + 1, size(one));
                assertEquals(i + 1, size(two));
            }
            assertElements(one, 1, 3001);
            assertElements(two, 1, 3001);
            for (int i = 0; i < 2999; i++) {
                remove(i % 3 == 0 ? two : one, i + 1);
            }
            assertElements(one, 3000, 3001);
            assertElements(two, 3000, 3001);
            assertTrue(database.remove(text("k")));
            keyspace().endCall();
        }
    }

    @Test
    default void valuesMoveAndAreCopiedWithTheirExpiry() {
        Keyspace keyspace = keyspace();
        for (Type type : COLLECTIONS) {
            for (int count : SIZES) {
                Database from = keyspace.database(0);
                for (Database to : new Database[] {from, keyspace.database(1)}) {
                    make(from, "source", type, count);
                    from.expire(text("source"), 4711);
                    make(to, "target", Type.LIST, 500);
                    keyspace.endCall();
                    assertTrue(from.copy(text("source"), to, text("copy")));
                    assertTrue(from.move(text("source"), to, text("target")));
                    keyspace.endCall();
                    assertNull(from.find(text("source")));
                    for (String key : new String[] {"target", "copy"}) {
                        assertElements(found(to, key), 1, count + 1);
                        assertEquals(4711, found(to, key).expireAt());
                    }
                    assertEquals(found(to, "target").encoding(), found(to, "copy").encoding());
                    assertEquals(2, to.size());
                    assertEquals(2, to.expires());
                    add(found(to, "copy"), 1_000_000);
                    remove(found(to, "copy"), 1);
                    add(found(to, "target"), 2_000_000);
                    assertEquals(count + 1, size(found(to, "target")));
                    assertEquals(count, size(found(to, "copy")));
                    assertTrue(to.remove(text("target")));
                    keyspace.endCall();
                    assertEquals(count, size(found(to, "copy")));
                    assertTrue(to.move(text("copy"), to, text("copy")));
                    assertEquals(count, size(found(to, "copy")));
                    to.clear();
                    keyspace.endCall();
                }
            }
        }
    }

    @Test
    default void collectionsAreReplacedByStrings() {
        Database database = keyspace().database(0);
        for (Type type : COLLECTIONS) {
            for (int count : SIZES) {
                make(database, "k", type, count);
                database.expire(text("k"), 99);
                database.putString(text("k"), text("string"), Value.NEVER, 0);
                keyspace().endCall();
                assertEquals("string", new Bytes(((StringValue) database.find(text("k"))).toByteArray()).latin1());
                assertEquals(0, database.expires());
                assertTrue(database.remove(text("k")));
                make(database, "k", type, 1);
                assertElements(found(database, "k"), 1, 2);
                assertTrue(database.remove(text("k")));
                keyspace().endCall();
            }
        }
        Samples.assertEmpty(database);
    }

    @Test
    default void bytesOfAViewSurviveCallsOnOthers() {
        Database database = keyspace().database(0);
        for (int count : SIZES) {
            ListValue one = (ListValue) make(database, "one", Type.LIST, count);
            ListValue two = (ListValue) make(database, "two", Type.LIST, count);
            Value hash = make(database, "hash", Type.HASH, count);
            Bytes first = new Bytes();
            Bytes second = new Bytes();
            assertTrue(one.get(0, first));
            assertTrue(two.get(count - 1, second));
            assertElements(hash, 1, count + 1);
            add(hash, count + 1);
            two.addLast(first);
            assertEquals(text("element 1"), first);
            assertTrue(two.get(count, second));
            assertEquals(text("element 1"), second);
            for (int i = 0; i < 3; i++) {
                database.clear();
                keyspace().endCall();
            }
        }
    }

    @Test
    default void visitorsMayUseOtherValues() {
        Database database = keyspace().database(0);
        ListValue source = (ListValue) make(database, "source", Type.LIST, 2000);
        ListValue inner = (ListValue) make(database, "inner", Type.LIST, 3);
        Value copy = database.detached(Type.LIST);
        source.visit(0, true, (index, element) -> {
            int[] seen = new int[1];
            inner.visit(2, false, (i, other) -> {
                assertEquals("element " + (i + 1), other.latin1());
                return ++seen[0] < 2;
            });
            if (index % 100 == 0) {
                put(database, "other" + index, "v".repeat(200));
                make(database, "collection" + index, Type.SET, 30);
            }
            assertEquals("element " + (index + 1), element.latin1());
            ((ListValue) copy).addLast(element);
            return true;
        });
        database.attach(text("copy"), copy, Value.NEVER, 0);
        keyspace().endCall();
        assertElements(found(database, "copy"), 1, 2001);
        assertElements(found(database, "source"), 1, 2001);
    }

    @Test
    default void memoryFollowsTheElements() {
        Keyspace keyspace = keyspace();
        Database database = keyspace.database(0);
        for (Type type : COLLECTIONS) {
            Value value = make(database, "k", type, 1);
            long small = value.memory();
            assertTrue(small > 10 && small < 2000, () -> type + " of one element: " + small);
            for (int i = 1; i < 20_000; i++) {
                add(value, i + 1);
            }
            long large = found(database, "k").memory();
            assertTrue(large >= 20_000 * 12, () -> type + " of 20,000 elements: " + large);
            assertTrue(large <= 20_000 * 400, () -> type + " of 20,000 elements: " + large);
            long used = keyspace.usedMemory();
            assertTrue(used >= large, () -> type + " takes " + large + " of " + used);
            for (int i = 0; i < 19_999; i++) {
                remove(value, i + 1);
            }
            long shrunk = value.memory();
            assertTrue(shrunk < 20_000, () -> type + " of one element after many: " + shrunk);
            assertTrue(database.remove(text("k")));
            keyspace.endCall();
            settle(keyspace);
        }
    }

    @Test
    default void roomIsReservedOrRefused() {
        Keyspace keyspace = keyspace();
        assertThrows(Keyspace.FullException.class, () -> keyspace.reserve(1L << 60));
        keyspace.reserve(0);
        keyspace.reserve(8 << 20);
        Value list = keyspace.database(0).create(text("k"), Type.LIST, 0);
        byte[] content = new byte[1 << 20];
        for (int i = 0; i < 7; i++) {
            ((ListValue) list).addLast(new Bytes(content));
        }
        keyspace.endCall();
        assertEquals(7, size(found(keyspace.database(0), "k")));
        assertFalse(keyspace.database(0).find(text("k")).memory() < 7 << 20);
    }
}
