package io.releve.contracts;

import static io.releve.contracts.Samples.assertContent;
import static io.releve.contracts.Samples.assertText;
import static io.releve.contracts.Samples.put;
import static io.releve.contracts.Samples.random;
import static io.releve.contracts.Samples.string;
import static io.releve.contracts.Samples.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.releve.bytes.Bytes;
import io.releve.keyspace.Database;
import io.releve.keyspace.Keyspace;
import io.releve.keyspace.StringValue;
import io.releve.keyspace.Type;
import io.releve.keyspace.Value;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What a keyspace promises about strings. */
interface StringContract {
    /** A fresh keyspace with 16 databases. */
    Keyspace keyspace();

    @Test
    default void stringsOfAllSizesReadBack() {
        Random random = new Random(1);
        Database database = keyspace().database(0);
        int[] sizes = {0, 1, 2, 7, 8, 9, 19, 20, 21, 43, 44, 45, 63, 64, 65, 127, 128, 200, 255, 256, 257, 300, 511,
            512, 1000, 1023, 1024, 1025, 2000, 4095, 4096, 4097, 8191, 8192, 8193, 16384, 65535, 65536, 65537,
            1_000_000,
            (1 << 20) - 1, 1 << 20, (1 << 20) + 1, 5_000_001, 20 << 20};
        for (int size : sizes) {
            Bytes content = random(random, size);
            database.putString(text("size:" + size), content, Value.NEVER, 0);
            assertContent(content.toByteArray(), string(database, "size:" + size));
        }
        random.setSeed(1);
        for (int size : sizes) {
            assertContent(random(random, size).toByteArray(), string(database, "size:" + size));
        }
        assertEquals(sizes.length, database.size());
    }

    @Test
    default void aStringChangesBetweenAllSizes() {
        Random random = new Random(2);
        Database database = keyspace().database(0);
        int[] sizes = {0, 300, 10, 70_000, 64, 5000, 5001, 4999, 0, 3 << 20, 1, 250, 260, 250, 1 << 20, 20_000};
        for (boolean assign : new boolean[] {false, true}) {
            for (int size : sizes) {
                Bytes content = random(random, size);
                if (assign) {
                    StringValue value = string(database, "k");
                    value.assign(content);
                    assertContent(content.toByteArray(), value);
                } else {
                    database.putString(text("k"), content, Value.NEVER, 0);
                }
                assertContent(content.toByteArray(), string(database, "k"));
                assertEquals(1, database.size());
            }
        }
    }

    @Test
    default void keysAreBinaryAndOfAnyLength() {
        Random random = new Random(3);
        Database database = keyspace().database(0);
        int[] lengths = {0, 1, 2, 15, 16, 17, 100, 255, 256, 1000, 5000, 5001, 65_535, 65_536, 100_000, 1 << 20};
        for (int length : lengths) {
            database.putString(random(random, length), text("of " + length), Value.NEVER, 0);
        }
        database.putString(new Bytes(new byte[] {0}), text("zero"), Value.NEVER, 0);
        database.putString(new Bytes(new byte[] {0, 0}), text("zeros"), Value.NEVER, 0);
        random.setSeed(3);
        for (int length : lengths) {
            Bytes key = random(random, length);
            assertContent(text("of " + length).array(), string(database, key));
            Bytes other = key.copy();
            if (length > 0) {
                other.array()[length - 1] ^= 1;
                assertNull(database.find(other), "a key that differs in its last bit");
            }
        }
        assertContent(text("zero").array(), string(database, new Bytes(new byte[] {0})));
        assertContent(text("zeros").array(), string(database, new Bytes(new byte[] {0, 0})));
        assertEquals(lengths.length + 2, database.size());
        random.setSeed(3);
        for (int length : lengths) {
            assertTrue(database.remove(random(random, length)));
        }
        assertEquals(2, database.size());
    }

    @Test
    default void argumentsAreNotKept() {
        Database database = keyspace().database(0);
        for (int length : new int[] {5, 300, 70_000}) {
            byte[] key = new byte[length];
            byte[] content = new byte[length];
            Arrays.fill(key, (byte) 'k');
            Arrays.fill(content, (byte) 'v');
            byte[] expected = content.clone();
            Bytes original = new Bytes(key.clone());
            database.putString(new Bytes(key), new Bytes(content), Value.NEVER, 0);
            Arrays.fill(key, (byte) 'x');
            Arrays.fill(content, (byte) 'x');
            assertContent(expected, string(database, original));
            assertNull(database.find(new Bytes(key)));
        }
    }

    @Test
    default void canonicalIntegersAreIntegers() {
        Database database = keyspace().database(0);
        long[] numbers = {0, 1, -1, 9, 10, -10, 127, 128, 255, 256, 32767, 32768, 99_999, 1L << 31, -(1L << 31),
            1L << 32, 999_999_999_999_999_999L, Long.MAX_VALUE, Long.MIN_VALUE, Long.MIN_VALUE + 1};
        for (long number : numbers) {
            put(database, "n", Long.toString(number));
            StringValue value = string(database, "n");
            assertTrue(value.isInteger(), () -> number + " is an integer");
            assertEquals(number, value.integer());
            assertEquals("int", value.encoding());
            assertContent(text(Long.toString(number)).array(), value);
            put(database, "m", "text");
            StringValue assigned = string(database, "m");
            assigned.integer(number);
            assertEquals(number, assigned.integer());
            assertEquals("int", assigned.encoding());
            assertContent(text(Long.toString(number)).array(), string(database, "m"));
        }
        for (String word : new String[] {"", "-", "+1", "01", "-0", "00", "1 ", " 1", "1.0", "9223372036854775808",
            "-9223372036854775809", "12345678901234567890", "1e3", "0x1", "123456789012345678901", "a", "-a", "1a"}) {
            put(database, "n", word);
            StringValue value = string(database, "n");
            assertFalse(value.isInteger(), () -> "'" + word + "' is no integer");
            assertContent(text(word).array(), value);
        }
    }

    @Test
    default void anIntegerGrowsAndShrinksInPlace() {
        Database database = keyspace().database(0);
        put(database, "n", "9", 5_000_000);
        StringValue value = string(database, "n");
        for (long number : new long[] {10, -99_999, Long.MIN_VALUE, 3, Long.MAX_VALUE, 0}) {
            value.integer(number);
            assertEquals(number, string(database, "n").integer());
            assertText(Long.toString(number), database, "n");
            assertEquals(5_000_000, string(database, "n").expireAt());
        }
        StringValue big = string(database, "n");
        big.assign(random(new Random(4), 100_000));
        string(database, "n").integer(42);
        assertText("42", database, "n");
    }

    @Test
    default void encodingsAreNamedAsRedisNamesThem() {
        Database database = keyspace().database(0);
        put(database, "k", "12");
        assertEquals("int", string(database, "k").encoding());
        put(database, "k", "x".repeat(44));
        assertEquals("embstr", string(database, "k").encoding());
        put(database, "k", "x".repeat(45));
        assertEquals("raw", string(database, "k").encoding());
        put(database, "k", "");
        assertEquals("embstr", string(database, "k").encoding());
        string(database, "k").append(text("a"));
        assertEquals("raw", string(database, "k").encoding());
        put(database, "k", "12");
        string(database, "k").append(text("3"));
        assertEquals("raw", string(database, "k").encoding());
        assertTrue(string(database, "k").isInteger(), "raw digits are an integer");
        assertEquals(123, string(database, "k").integer());
        string(database, "k").integer(124);
        assertEquals("int", string(database, "k").encoding());
        string(database, "k").write(1, text("x"));
        assertEquals("raw", string(database, "k").encoding());
        string(database, "k").assign(text("abc"));
        assertEquals("embstr", string(database, "k").encoding());
        string(database, "k").write(0, 'b');
        assertEquals("raw", string(database, "k").encoding());
        string(database, "k").assign(text("7"));
        assertEquals("int", string(database, "k").encoding());
        assertEquals(Type.STRING, database.find(text("k")).type());
    }

    @Test
    default void appendAddsAtTheEnd() {
        Random random = new Random(5);
        Database database = keyspace().database(0);
        byte[] expected = {};
        database.putString(text("k"), new Bytes(), 99, 0);
        for (int size : new int[] {0, 1, 1, 5, 40, 1, 200, 1, 1, 700, 3000, 1, 0, 60_000, 1, 1, 1_500_000, 17, 4096}) {
            Bytes tail = random(random, size);
            StringValue value = string(database, "k");
            value.append(tail);
            int before = expected.length;
            expected = Arrays.copyOf(expected, before + size);
            System.arraycopy(tail.toByteArray(), 0, expected, before, size);
            assertContent(expected, value);
            assertContent(expected, string(database, "k"));
            assertEquals(99, value.expireAt());
        }
        put(database, "n", "-5");
        string(database, "n").append(text("0"));
        assertText("-50", database, "n");
    }

    @Test
    default void manySmallAppendsAreLinear() {
        Database database = keyspace().database(0);
        put(database, "k", "");
        Bytes tail = text("0123456789");
        for (int i = 0; i < 100_000; i++) {
            string(database, "k").append(tail);
        }
        assertEquals(1_000_000, string(database, "k").length());
        assertEquals('7', string(database, "k").byteAt(999_997));
    }

    @Test
    default void writesOverwriteAndFillGaps() {
        Random random = new Random(6);
        Database database = keyspace().database(0);
        put(database, "k", "12345");
        byte[] expected = "12345".getBytes();
        int[][] writes = {{1, 2}, {5, 1}, {8, 0}, {10, 3}, {0, 300}, {299, 1}, {300, 1}, {500, 60}, {5000, 1},
            {4095, 2}, {70_000, 10}, {0, 0}, {1 << 20, 1}, {(1 << 20) - 5, 10}, {3_000_000, 100},
            {1, 2_000_000}, {7, 1}};
        for (int[] write : writes) {
            Bytes content = random(random, write[1]);
            StringValue value = string(database, "k");
            value.write(write[0], content);
            if (write[1] > 0) {
                expected = Arrays.copyOf(expected, Math.max(expected.length, write[0] + write[1]));
                System.arraycopy(content.toByteArray(), 0, expected, write[0], write[1]);
            } else if (value.length() != expected.length) {
                expected = Arrays.copyOf(expected, Math.max(expected.length, write[0]));
            }
            assertContent(expected, value);
            assertContent(expected, string(database, "k"));
        }
        for (int index : new int[] {0, 1, 300, 65_536, 3_000_000, expected.length - 1}) {
            int value = random.nextInt(256);
            string(database, "k").write(index, value);
            expected[index] = (byte) value;
        }
        assertContent(expected, string(database, "k"));
        put(database, "n", "100");
        string(database, "n").write(0, '9');
        assertText("900", database, "n");
        assertEquals(900, string(database, "n").integer());
    }

    @Test
    default void bytesThatWereCutOffDoNotComeBack() {
        Database database = keyspace().database(0);
        for (int size : new int[] {50, 500, 9000, 200_000}) {
            database.putString(text("k"), text("x".repeat(size)), Value.NEVER, 0);
            string(database, "k").assign(text("ab"));
            string(database, "k").write(size, text("c"));
            byte[] expected = new byte[size + 1];
            expected[0] = 'a';
            expected[1] = 'b';
            expected[size] = 'c';
            assertContent(expected, string(database, "k"));
        }
    }

    @Test
    default void aCreatedStringIsEmpty() {
        Database database = keyspace().database(0);
        Value created = database.create(text("k"), Type.STRING, 77);
        assertEquals(Type.STRING, created.type());
        assertEquals(0, ((StringValue) created).length());
        assertEquals(77, created.access());
        assertEquals(Value.NEVER, created.expireAt());
        ((StringValue) created).write(2, text("ab"));
        assertText("\0\0ab", database, "k");
        assertEquals(1, database.size());
    }

    @Test
    default void readingOutsideIsRefused() {
        Database database = keyspace().database(0);
        for (int size : new int[] {3, 300, 10_000}) {
            database.putString(text("k"), text("x".repeat(size)), Value.NEVER, 0);
            byte[] target = new byte[size + 10];
            StringValue value = string(database, "k");
            assertThrows(IndexOutOfBoundsException.class, () -> value.copyTo(1, target, 0, size));
            assertThrows(IndexOutOfBoundsException.class, () -> value.copyTo(-1, target, 0, 1));
            assertThrows(IndexOutOfBoundsException.class, () -> value.copyTo(0, target, 11, size));
        }
        put(database, "n", "1234");
        assertThrows(IndexOutOfBoundsException.class, () -> string(database, "n").copyTo(2, new byte[9], 0, 3));
    }

    @Test
    default void theAccessClockBelongsToTheKey() {
        Database database = keyspace().database(0);
        database.putString(text("k"), text("v"), Value.NEVER, 0xabcdef);
        assertEquals(0xabcdef, string(database, "k").access());
        database.putString(text("k"), text("w"), Value.NEVER, 7);
        assertEquals(0xabcdef, string(database, "k").access(), "that of an existing key stays");
        string(database, "k").access(0xffffff);
        assertEquals(0xffffff, string(database, "k").access());
        string(database, "k").assign(text("x".repeat(3000)));
        assertEquals(0xffffff, string(database, "k").access());
        database.remove(text("k"));
        database.putString(text("k"), text("v"), Value.NEVER, 7);
        assertEquals(7, string(database, "k").access());
    }
}
