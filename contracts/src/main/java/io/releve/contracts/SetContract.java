package io.releve.contracts;

import static io.releve.contracts.Samples.random;
import static io.releve.contracts.Samples.text;
import static io.releve.contracts.Views.members;
import static io.releve.contracts.Views.set;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.releve.bytes.Bytes;
import io.releve.keyspace.Keyspace;
import io.releve.keyspace.SetValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a keyspace promises about sets. */
interface SetContract {
    /** A fresh keyspace with 16 databases. */
    Keyspace keyspace();

    private SetValue setOf(String... members) {
        SetValue set = set(keyspace().database(0), "set");
        for (String member : members) {
            set.add(text(member));
        }
        return set;
    }

    @Test
    default void setMembersAreDistinct() {
        SetValue set = setOf("a", "b");
        assertFalse(set.add(text("a")));
        assertTrue(set.add(text("")));
        assertFalse(set.add(text("")));
        assertEquals(3, set.size());
        assertTrue(set.contains(text("")));
        assertFalse(set.contains(text("c")));
        assertTrue(set.remove(text("a")));
        assertFalse(set.remove(text("a")));
        assertFalse(set.contains(text("a")));
        assertEquals(List.of("b", ""), members(set));
    }

    @Test
    default void setsOfIntegersAreAscending() {
        SetValue set = setOf("5", "-3", "9223372036854775807", "0", "-9223372036854775808", "100000", "5");
        List<String> ascending = List.of("-9223372036854775808", "-3", "0", "5", "100000", "9223372036854775807");
        assertEquals(ascending, members(set));
        for (String no : new String[] {"-0", "05", "+5", "5.0", "9223372036854775808", "", "6", " 5", "x"}) {
            assertFalse(set.contains(text(no)), no);
            assertFalse(set.remove(text(no)), no);
        }
        assertTrue(set.remove(text("0")));
        assertTrue(set.add(text("05")));
        assertTrue(set.add(text("-0")));
        assertTrue(set.add(text("1")));
        assertEquals(List.of("-9223372036854775808", "-3", "5", "100000", "9223372036854775807", "05", "-0", "1"),
                members(set));
        assertTrue(set.contains(text("5")));
    }

    @Test
    default void smallSetsKeepTheOrderOfAddition() {
        SetValue set = setOf("z", "10", "a", "9");
        set.remove(text("10"));
        set.add(text("10"));
        set.add(text("a"));
        assertEquals(List.of("z", "a", "9", "10"), members(set));
    }

    @Test
    default void setMembersAreAnyBytesOfAnySize() {
        Random random = new Random(53);
        SetValue set = set(keyspace().database(0), "bytes");
        Set<Bytes> expected = new HashSet<>();
        for (int i = 0; i < 256; i++) {
            expected.add(new Bytes(new byte[] {(byte) i}));
            expected.add(new Bytes(new byte[] {(byte) i, 0}));
        }
        for (int size : new int[] {0, 64, 65, 1000, 1025, 5000, 70_000, 1 << 20, 1 << 20}) {
            expected.add(random(random, size).copy());
        }
        for (Bytes member : expected) {
            assertTrue(set.add(member));
        }
        for (Bytes member : expected) {
            assertTrue(set.contains(member));
            assertFalse(set.add(member));
        }
        Set<Bytes> seen = new HashSet<>();
        set.visit(member -> seen.add(member.copy()));
        assertEquals(expected, seen);
        assertEquals(expected.size(), set.size());
        List<Bytes> all = new ArrayList<>(expected);
        for (int i = 0; i < all.size(); i++) {
            assertTrue(set.remove(all.get(i)));
            assertFalse(set.contains(all.get(i)));
        }
        assertEquals(0, set.size());
    }

    @Test
    default void setVisitsStopWhenTold() {
        for (String prefix : new String[] {"", "m"}) {
            for (int size : new int[] {1, 10, 2000}) {
                SetValue set = set(keyspace().database(0), prefix + size);
                for (int i = 0; i < size; i++) {
                    assertTrue(set.add(text(prefix + i)));
                }
                int[] seen = new int[1];
                set.visit(member -> ++seen[0] < 7);
                assertEquals(Math.min(7, size), seen[0]);
                assertEquals(size, new HashSet<>(members(set)).size());
            }
        }
    }
}
