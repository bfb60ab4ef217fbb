package io.releve.contracts;

import static io.releve.contracts.Samples.random;
import static io.releve.contracts.Samples.text;
import static io.releve.contracts.Views.get;
import static io.releve.contracts.Views.hash;
import static io.releve.contracts.Views.pairs;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.releve.bytes.Bytes;
import io.releve.keyspace.HashValue;
import io.releve.keyspace.Keyspace;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a keyspace promises about hashes. */
interface HashContract {
    /** A fresh keyspace with 16 databases. */
    Keyspace keyspace();

    @Test
    default void hashFieldsAreSetReplacedAndRemoved() {
        HashValue hash = hash(keyspace().database(0), "hash");
        assertTrue(hash.put(text("f"), text("1")));
        assertFalse(hash.put(text("f"), text("another")));
        assertTrue(hash.put(text("g"), text("")));
        assertTrue(hash.put(text(""), text("of the empty field")));
        assertEquals(3, hash.size());
        assertEquals("another", get(hash, "f"));
        assertEquals("", get(hash, "g"));
        assertEquals("of the empty field", get(hash, ""));
        assertNull(get(hash, "F"));
        Bytes target = text("unchanged");
        assertFalse(hash.get(text("none"), target));
        assertEquals(text("unchanged"), target);
        assertFalse(hash.remove(text("none")));
        assertTrue(hash.remove(text("g")));
        assertFalse(hash.remove(text("g")));
        assertEquals(List.of("f=another", "=of the empty field"), pairs(hash));
    }

    @Test
    default void smallHashesKeepTheOrderOfAddition() {
        HashValue hash = hash(keyspace().database(0), "hash");
        for (String field : List.of("z", "a", "m", "10", "9", "b")) {
            hash.put(text(field), text("v"));
        }
        hash.put(text("a"), text("a longer value, replaced"));
        hash.put(text("m"), text(""));
        hash.remove(text("10"));
        hash.put(text("10"), text("again"));
        assertEquals(List.of("z=v", "a=a longer value, replaced", "m=", "9=v", "b=v", "10=again"), pairs(hash));
    }

    @Test
    default void hashFieldsAndValuesAreAnyBytes() {
        HashValue hash = hash(keyspace().database(0), "bytes");
        byte[] all = new byte[256];
        for (int i = 0; i < 256; i++) {
            all[i] = (byte) i;
            assertTrue(hash.put(new Bytes(all, i, 1), new Bytes(all, 0, i)));
        }
        Bytes target = new Bytes();
        for (int round = 0; round < 2; round++) {
            assertEquals(256, hash.size());
            for (int i = 0; i < 256; i++) {
                assertTrue(hash.get(new Bytes(all, i, 1), target));
                assertEquals(new Bytes(all, 0, i), target);
                assertFalse(hash.put(new Bytes(all, i, 1), new Bytes(all, 0, i)));
            }
        }
    }

    @Test
    default void hashFieldsAndValuesMayBeLarge() {
        Random random = new Random(52);
        HashValue hash = hash(keyspace().database(0), "large");
        Map<Bytes, Bytes> expected = new HashMap<>();
        int[] sizes = {0, 10, 70, 1000, 1100, 5000, 70_000, 1 << 20};
        for (int round = 0; round < 3; round++) {
            for (int fieldSize : sizes) {
                if (fieldSize > 0 || round == 0) {
                    Bytes field = random(random, fieldSize);
                    Bytes value = random(random, sizes[random.nextInt(sizes.length)]);
                    assertTrue(hash.put(field, value));
                    expected.put(field.copy(), value.copy());
                }
            }
        }
        for (Bytes field : expected.keySet()) {
            Bytes value = random(random, sizes[random.nextInt(sizes.length)]);
            assertFalse(hash.put(field, value));
            expected.put(field, value.copy());
        }
        Bytes target = new Bytes();
        expected.forEach((field, value) -> {
            assertTrue(hash.get(field, target));
            assertEquals(value, target);
        });
        Set<Bytes> seen = new HashSet<>();
        hash.visit((field, value) -> {
            assertEquals(expected.get(field), value);
            return seen.add(field.copy());
        });
        assertEquals(expected.keySet(), seen);
        for (Bytes field : List.copyOf(expected.keySet())) {
            assertTrue(hash.remove(field));
            assertFalse(hash.get(field, target));
        }
        assertEquals(0, hash.size());
    }

    @Test
    default void hashVisitsStopWhenTold() {
        for (int size : new int[] {1, 10, 2000}) {
            HashValue hash = hash(keyspace().database(0), "hash " + size);
            for (int i = 0; i < size; i++) {
                hash.put(text("f" + i), text("v" + i));
            }
            int[] seen = new int[1];
            hash.visit((field, value) -> {
                assertEquals(field.latin1().substring(1), value.latin1().substring(1));
                return ++seen[0] < 7;
            });
            assertEquals(Math.min(7, size), seen[0]);
            assertEquals(size, new HashSet<>(pairs(hash)).size());
        }
    }
}
