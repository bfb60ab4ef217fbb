package io.releve.contracts;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.fail;

import io.releve.bytes.Bytes;
import io.releve.keyspace.Database;
import io.releve.keyspace.Keyspace;
import io.releve.keyspace.StringValue;
import io.releve.keyspace.Value;
import java.util.Arrays;
import java.util.Random;

/** Data and assertions that the keyspace contracts share. */
final class Samples {
    private static final long SLICE = 50_000_000L;

    private Samples() {
    }

    static Bytes text(String text) {
        return Bytes.of(text);
    }

    /** Random bytes inside a larger array, so that an ignored offset shows. */
    static Bytes random(Random random, int length) {
        byte[] array = new byte[length + 7];
        random.nextBytes(array);
        return new Bytes(array, 3, length);
    }

    static void put(Database database, String key, String value) {
        database.putString(text(key), text(value), Value.NEVER, 0);
    }

    static void put(Database database, String key, String value, long expireAt) {
        database.putString(text(key), text(value), expireAt, 0);
    }

    static StringValue string(Database database, Bytes key) {
        Value value = database.find(key);
        assertNotNull(value, () -> "no value under " + describe(key));
        return assertInstanceOf(StringValue.class, value);
    }

    static StringValue string(Database database, String key) {
        return string(database, text(key));
    }

    static void assertText(String expected, Database database, String key) {
        assertEquals(expected, new Bytes(string(database, key).toByteArray()).latin1(), key);
    }

    /** Compares the content as every reading method shows it. */
    static void assertContent(byte[] expected, StringValue value) {
        assertEquals(expected.length, value.length(), "length");
        byte[] actual = value.toByteArray();
        if (!Arrays.equals(expected, actual)) {
            fail("differs from byte " + Arrays.mismatch(expected, actual) + " on, of " + expected.length);
        }
        int from = expected.length / 3;
        int count = expected.length / 2;
        byte[] part = new byte[count + 2];
        value.copyTo(from, part, 1, count);
        assertArrayEquals(Arrays.copyOfRange(expected, from, from + count),
                Arrays.copyOfRange(part, 1, 1 + count), "a part");
        assertEquals(0, part[0] | part[count + 1], "bytes beside the part");
        for (int i = 0; i < expected.length; i += 1 + expected.length / 7) {
            assertEquals(expected[i] & 0xff, value.byteAt(i), "byteAt");
        }
    }

    /** Lets the keyspace finish its pending work. */
    static void settle(Keyspace keyspace) {
        for (int i = 0; i < 10_000; i++) {
            if (!keyspace.maintain(System.nanoTime() + SLICE)) {
                return;
            }
        }
        fail("maintain has no end");
    }

    /** A little pending work, as between two batches. */
    static void step(Keyspace keyspace) {
        keyspace.maintain(System.nanoTime() + 100_000);
    }

    static void assertEmpty(Database database) {
        assertEquals(0, database.size());
        assertEquals(0, database.expires());
        assertEquals(Value.NEVER, database.nextExpiry());
        assertFalse(database.firstExpired(Long.MAX_VALUE, new Bytes()));
    }

    static String describe(Bytes key) {
        return key.length() > 40 ? "a key of " + key.length() + " bytes" : "'" + key.latin1() + "'";
    }
}
