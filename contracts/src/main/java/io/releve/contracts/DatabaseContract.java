package io.releve.contracts;

import static io.releve.contracts.Samples.assertEmpty;
import static io.releve.contracts.Samples.assertText;
import static io.releve.contracts.Samples.put;
import static io.releve.contracts.Samples.random;
import static io.releve.contracts.Samples.string;
import static io.releve.contracts.Samples.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.releve.bytes.Bytes;
import io.releve.keyspace.Database;
import io.releve.keyspace.Keyspace;
import io.releve.keyspace.Value;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What a keyspace promises about databases, moving between them, and memory. */
interface DatabaseContract {
    /** A fresh keyspace with 16 databases. */
    Keyspace keyspace();

    @Test
    default void databasesAreSeparate() {
        Keyspace keyspace = keyspace();
        for (int i = 0; i < 16; i++) {
            assertEquals(i, keyspace.database(i).index());
            assertSame(keyspace.database(i), keyspace.database(i));
            put(keyspace.database(i), "k", "in " + i, 1000 + i);
        }
        for (int i = 0; i < 16; i++) {
            assertText("in " + i, keyspace.database(i), "k");
            assertEquals(1, keyspace.database(i).size());
            assertEquals(1000 + i, keyspace.database(i).nextExpiry());
        }
        assertTrue(keyspace.database(7).remove(text("k")));
        assertFalse(keyspace.database(7).remove(text("k")));
        assertNull(keyspace.database(7).find(text("k")));
        assertNotNull(keyspace.database(8).find(text("k")));
    }

    @Test
    default void moveTakesValueAndExpiry() {
        Random random = new Random(21);
        for (int size : new int[] {0, 3, 250, 4000, 100_000, 3 << 20}) {
            Database from = keyspace().database(0);
            for (Database to : new Database[] {from, keyspace().database(5)}) {
                Bytes content = random(random, size);
                from.putString(text("source"), content, 4711, 0);
                put(to, "target", "old", 99);
                assertFalse(from.move(text("none"), to, text("target")));
                assertText("old", to, "target");
                assertTrue(from.move(text("source"), to, text("target")));
                assertNull(from.find(text("source")));
                Samples.assertContent(content.toByteArray(), string(to, "target"));
                assertEquals(4711, string(to, "target").expireAt());
                assertEquals(4711, to.nextExpiry());
                assertEquals(1, to.size());
                assertEquals(1, to.expires());
                assertTrue(to.move(text("target"), to, text("a key that is much longer than " + "that ".repeat(99))));
                assertEquals(1, to.expires());
                to.clear();
                assertEmpty(from);
            }
        }
    }

    @Test
    default void moveOntoItselfChangesNothing() {
        Database database = keyspace().database(0);
        put(database, "k", "v", 55);
        assertTrue(database.move(text("k"), database, text("k")));
        assertText("v", database, "k");
        assertEquals(1, database.size());
        assertEquals(1, database.expires());
    }

    @Test
    default void copyLeavesTheOriginal() {
        Random random = new Random(22);
        for (int size : new int[] {0, 3, 250, 4000, 100_000, 3 << 20}) {
            Database from = keyspace().database(1);
            for (Database to : new Database[] {from, keyspace().database(2)}) {
                Bytes content = random(random, size);
                from.putString(text("source"), content, 4711, 0);
                put(to, "target", "old");
                assertFalse(from.copy(text("none"), to, text("target")));
                assertTrue(from.copy(text("source"), to, text("target")));
                Samples.assertContent(content.toByteArray(), string(to, "target"));
                assertEquals(4711, string(to, "target").expireAt());
                string(to, "target").append(text("tail"));
                string(to, "target").write(0, '!');
                Samples.assertContent(content.toByteArray(), string(from, "source"));
                assertTrue(from.remove(text("source")));
                assertEquals(size + 4, string(to, "target").length());
                assertEquals(1, to.size());
                to.clear();
            }
        }
        Database database = keyspace().database(1);
        put(database, "n", "12");
        assertTrue(database.copy(text("n"), database, text("m")));
        string(database, "m").integer(13);
        assertText("12", database, "n");
        assertEquals("int", string(database, "m").encoding());
    }

    @Test
    default void swapExchangesNumbersNotViews() {
        Keyspace keyspace = keyspace();
        Database zero = keyspace.database(0);
        Database one = keyspace.database(1);
        put(zero, "a", "zero");
        put(one, "b", "one", 1000);
        keyspace.swap(0, 1);
        assertSame(one, keyspace.database(0));
        assertSame(zero, keyspace.database(1));
        assertEquals(1, zero.index());
        assertEquals(0, one.index());
        assertText("zero", zero, "a");
        assertText("one", keyspace.database(0), "b");
        assertEquals(1, keyspace.database(0).expires());
        keyspace.swap(1, 1);
        assertEquals(1, zero.index());
        assertNotSame(keyspace.database(0), keyspace.database(1));
        assertTrue(zero.move(text("a"), one, text("a")));
        assertEquals(2, one.size());
    }

    @Test
    default void clearEmptiesAtOnce() {
        Keyspace keyspace = keyspace();
        Database database = keyspace.database(0);
        put(keyspace.database(1), "other", "stays");
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < 5000; i++) {
                put(database, "k" + i, "v".repeat(i % 700), i % 3 == 0 ? 1000 + i : Value.NEVER);
            }
            database.clear();
            assertEmpty(database);
            assertNull(database.find(text("k17")));
            assertEquals(0, database.scan(0, 100_000, (key, value) -> assertNull(key, "nothing to visit")));
            assertFalse(database.randomKey(new Random(1), new Bytes()));
            put(database, "k17", "new");
            assertEquals(1, database.size());
            Samples.settle(keyspace);
            assertText("new", database, "k17");
            database.clear();
        }
        assertText("stays", keyspace.database(1), "other");
    }

    @Test
    default void memoryGoesUpAndDown() {
        Keyspace keyspace = keyspace();
        Database database = keyspace.database(0);
        Samples.settle(keyspace);
        long empty = keyspace.usedMemory();
        assertTrue(empty >= 0);
        byte[] content = new byte[10_000];
        Arrays.fill(content, (byte) 'x');
        for (int i = 0; i < 2000; i++) {
            database.putString(text("k" + i), new Bytes(content), Value.NEVER, 0);
        }
        long full = keyspace.usedMemory();
        assertTrue(full - empty >= 2000L * 10_000, () -> "too little: " + (full - empty));
        assertTrue(full - empty <= 3L * 2000 * 10_000, () -> "too much: " + (full - empty));
        assertTrue(string(database, "k1").memory() >= 10_000);
        assertTrue(string(database, "k1").memory() <= 30_000);
        for (int i = 0; i < 1000; i++) {
            assertTrue(database.remove(text("k" + i)));
        }
        Samples.settle(keyspace);
        long half = keyspace.usedMemory();
        assertTrue(half < full - 5_000_000, () -> "not given back: " + (full - half));
        database.clear();
        Samples.settle(keyspace);
        long cleared = keyspace.usedMemory();
        assertTrue(cleared - empty < 2_000_000, () -> "not given back: " + (cleared - empty));
        for (int i = 0; i < 20_000; i++) {
            put(database, "small" + i, "v");
        }
        long small = keyspace.usedMemory();
        assertTrue(small - cleared >= 20_000L * 8, () -> "too little: " + (small - cleared));
        long tiny = string(database, "small1").memory();
        assertTrue(tiny >= 7 && tiny < 1000, () -> "of a small key: " + tiny);
    }

    @Test
    default void memoryFollowsTheSizeOfValues() {
        Keyspace keyspace = keyspace();
        Database database = keyspace.database(0);
        for (int i = 0; i < 500; i++) {
            put(database, "put" + i, "v");
            put(database, "append" + i, "v");
        }
        Samples.settle(keyspace);
        long small = keyspace.usedMemory();
        Bytes content = text("x".repeat(20_000));
        for (int i = 0; i < 500; i++) {
            database.putString(text("put" + i), content, Value.NEVER, 0);
            string(database, "append" + i).append(content);
        }
        long large = keyspace.usedMemory();
        assertTrue(large - small >= 1000L * 20_000, () -> "too little: " + (large - small));
        for (int i = 0; i < 500; i++) {
            put(database, "put" + i, "w");
            string(database, "append" + i).integer(i);
        }
        Samples.settle(keyspace);
        long after = keyspace.usedMemory();
        assertTrue(after - small < 4_000_000, () -> "not given back: " + (after - small));
    }

    @Test
    default void overwritingDoesNotLeak() {
        Keyspace keyspace = keyspace();
        Database database = keyspace.database(0);
        Random random = new Random(23);
        long most = 0;
        for (int round = 0; round < 40; round++) {
            for (int i = 0; i < 200; i++) {
                database.putString(text("k" + i), random(random, random.nextInt(20_000)), Value.NEVER, 0);
            }
            Samples.settle(keyspace);
            if (round == 10) {
                most = keyspace.usedMemory() * 2;
            }
        }
        assertTrue(keyspace.usedMemory() < most, "grows although the data does not");
    }

    @Test
    default void figuresAreThere() {
        Keyspace keyspace = keyspace();
        assertFalse(keyspace.provider().isBlank());
        assertFalse(keyspace.origin().isBlank());
        assertFalse(keyspace.restored());
        assertNotNull(keyspace.details());
        for (String name : keyspace.details().keySet()) {
            assertTrue(name.matches("[a-z0-9_]+"), name);
        }
    }
}
