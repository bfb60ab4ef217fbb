package io.releve.contracts;

import static io.releve.contracts.Samples.random;
import static io.releve.contracts.Samples.text;
import static io.releve.contracts.Views.elements;
import static io.releve.contracts.Views.get;
import static io.releve.contracts.Views.list;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.releve.bytes.Bytes;
import io.releve.keyspace.Database;
import io.releve.keyspace.Keyspace;
import io.releve.keyspace.ListValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What a keyspace promises about lists. */
interface ListContract {
    /** A fresh keyspace with 16 databases. */
    Keyspace keyspace();

    private ListValue listOf(String... elements) {
        ListValue list = list(keyspace().database(0), "list");
        for (String element : elements) {
            list.addLast(text(element));
        }
        return list;
    }

    @Test
    default void listsGrowAtBothEnds() {
        ListValue list = listOf("c", "d");
        list.addFirst(text("b"));
        list.addFirst(text("a"));
        list.addLast(text("e"));
        assertEquals(List.of("a", "b", "c", "d", "e"), elements(list));
        assertEquals(5, list.length());
    }

    @Test
    default void listPositionsBeyondTheEndsAreEmpty() {
        ListValue list = listOf("a", "b", "c");
        for (long index : new long[] {-1, 3, 4, Long.MAX_VALUE, Long.MIN_VALUE, 1L << 32}) {
            Bytes target = text("unchanged");
            assertFalse(list.get(index, target));
            assertEquals(text("unchanged"), target);
            list.visit(index, true, (i, element) -> {
                throw new AssertionError("visited " + i);
            });
            list.visit(index, false, (i, element) -> {
                throw new AssertionError("visited " + i);
            });
        }
        assertEquals("a", get(list, 0));
        assertEquals("c", get(list, 2));
    }

    @Test
    default void listElementsAreSetAndInserted() {
        ListValue list = listOf("a", "b", "c");
        list.set(1, text("a longer one"));
        list.set(0, text(""));
        list.set(2, text("12345"));
        assertEquals(List.of("", "a longer one", "12345"), elements(list));
        list.insert(0, text("first"));
        list.insert(4, text("last"));
        list.insert(2, text("middle"));
        assertEquals(List.of("first", "", "middle", "a longer one", "12345", "last"), elements(list));
    }

    @Test
    default void listRangesAreRemoved() {
        for (int size : new int[] {1, 5, 100, 3000}) {
            Random random = new Random(size);
            for (int round = 0; round < 30; round++) {
                ListValue list = list(keyspace().database(0), "ranges");
                List<String> expected = new ArrayList<>();
                for (int i = 0; i < size; i++) {
                    String element = "element " + i + "x".repeat(i % 50);
                    list.addLast(text(element));
                    expected.add(element);
                }
                int from = round == 0 ? 0 : random.nextInt(size);
                int count = round == 0 ? size : round == 1 ? size - from : 1 + random.nextInt(size - from);
                list.remove(from, count);
                expected.subList(from, from + count).clear();
                assertEquals(expected.size(), list.length());
                if (expected.isEmpty()) {
                    assertNull(keyspace().database(0).find(text("ranges")));
                } else {
                    assertEquals(expected, elements(list));
                    assertTrue(keyspace().database(0).remove(text("ranges")));
                }
                keyspace().endCall();
            }
        }
    }

    @Test
    default void listsAreVisitedFromAnywhere() {
        ListValue list = list(keyspace().database(0), "visited");
        for (int i = 0; i < 5000; i++) {
            list.addLast(text("element " + i));
        }
        for (int from : new int[] {0, 1, 17, 2500, 4998, 4999}) {
            long[] next = {from};
            list.visit(from, true, (index, element) -> {
                assertEquals(next[0]++, index);
                assertEquals("element " + index, element.latin1());
                return true;
            });
            assertEquals(5000, next[0]);
            next[0] = from;
            list.visit(from, false, (index, element) -> {
                assertEquals(next[0]--, index);
                assertEquals("element " + index, element.latin1());
                return true;
            });
            assertEquals(-1, next[0]);
            int[] visited = new int[1];
            list.visit(from, from < 2500, (index, element) -> ++visited[0] < 2);
            assertEquals(2, visited[0]);
        }
    }

    @Test
    default void listElementsAreAnyBytes() {
        ListValue list = list(keyspace().database(0), "bytes");
        byte[] all = new byte[256];
        for (int i = 0; i < 256; i++) {
            all[i] = (byte) i;
            list.addLast(new Bytes(all, i, 1));
        }
        list.addLast(new Bytes(all));
        list.addFirst(new Bytes());
        list.insert(100, new Bytes());
        assertEquals(259, list.length());
        assertEquals("", get(list, 0));
        assertEquals("", get(list, 100));
        assertEquals("\u00ff", get(list, 257));
        assertEquals(new Bytes(all).latin1(), get(list, 258));
        for (String number : new String[] {"0", "-1", "127", "128", "-4096", "32768", "9223372036854775807",
            "-9223372036854775808", "-0", "007", "+1", " 1"}) {
            list.addLast(text(number));
            assertEquals(number, get(list, list.length() - 1));
        }
    }

    @Test
    default void listElementsMayBeLarge() {
        Random random = new Random(51);
        ListValue list = list(keyspace().database(0), "large");
        List<Bytes> expected = new ArrayList<>();
        int[] sizes = {1 << 20, 10, 70_000, 0, 5000, 1 << 20, 300, 4096, 3 << 20};
        for (int size : sizes) {
            Bytes element = random(random, size);
            list.addLast(element);
            expected.add(element.copy());
        }
        Bytes first = random(random, 1 << 20);
        list.addFirst(first);
        expected.add(0, first.copy());
        Bytes middle = random(random, 200_000);
        list.insert(4, middle);
        expected.add(4, middle.copy());
        Bytes replaced = random(random, 1 << 20);
        list.set(3, replaced);
        expected.set(3, replaced.copy());
        list.set(1, text("small"));
        expected.set(1, text("small"));
        long[] next = new long[1];
        list.visit(0, true, (index, element) -> {
            assertEquals(expected.get((int) index), element);
            next[0]++;
            return true;
        });
        assertEquals(expected.size(), next[0]);
        Bytes target = new Bytes();
        for (int i = 0; i < expected.size(); i++) {
            assertTrue(list.get(i, target));
            assertEquals(expected.get(i), target);
        }
        list.remove(0, list.length());
        assertEquals(0, list.length());
    }

    @Test
    default void listsAreQueuesInBothDirections() {
        ListValue list = list(keyspace().database(0), "queue");
        list.addLast(text("0"));
        int first = 0;
        int last = 0;
        for (int round = 0; round < 20; round++) {
            for (int i = 0; i < 1000; i++) {
                if (round % 4 < 2) {
                    list.addLast(text(Integer.toString(++last)));
                } else {
                    list.addFirst(text(Integer.toString(--first)));
                }
            }
            for (int i = 0; i < 900; i++) {
                if (round % 2 == 0) {
                    assertEquals(Integer.toString(first++), get(list, 0));
                    list.remove(0, 1);
                } else {
                    assertEquals(Integer.toString(last--), get(list, list.length() - 1));
                    list.remove(list.length() - 1, 1);
                }
            }
            assertEquals(last - first + 1, list.length());
            assertEquals(Integer.toString(first + 50), get(list, 50));
        }
    }

    /** A size of an element: of twenty one is up to 1,400 bytes, of four hundred one up to 300,000. */
    static int size(Random random, int usual) {
        int kind = random.nextInt(400);
        return random.nextInt(kind == 0 ? 300_000 : kind < 20 ? 1400 : usual);
    }

    @Test
    default void elementsOfEverySizeLieSideBySide() {
        Database database = keyspace().database(0);
        for (int round = 0; round < 150; round++) {
            Random random = new Random(round);
            ListValue list = list(database, "sizes");
            int usual = 1 + random.nextInt(300);
            List<Bytes> expected = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                int at = random.nextInt(expected.size() + 1);
                Bytes element = random(random, size(random, usual)).copy();
                list.insert(at, element);
                expected.add(at, element);
            }
            List<Bytes> found = new ArrayList<>();
            list.visit(0, true, (index, element) -> found.add(element.copy()));
            assertEquals(expected, found);
            database.remove(text("sizes"));
            keyspace().endCall();
        }
    }

    @Test
    default void manyElementsAreAddedAtOnce() {
        Random random = new Random(7);
        ListValue list = list(keyspace().database(0), "list");
        List<Bytes> expected = new ArrayList<>();
        for (int round = 0; round < 30; round++) {
            int longest = random.nextInt(4) == 0 ? 3000 : 40;
            List<Bytes> added = new ArrayList<>();
            for (int i = random.nextInt(2000); i > 0; i--) {
                added.add(random(random, random.nextInt(longest)));
            }
            int[] next = {0};
            boolean fails = round % 3 == 2;
            ListValue.ElementSource source = target -> {
                if (next[0] == added.size()) {
                    if (fails) {
                        throw new IllegalStateException();
                    }
                    return false;
                }
                Bytes element = added.get(next[0]++);
                target.set(element.array(), element.offset(), element.length());
                return true;
            };
            if (fails) {
                assertThrows(IllegalStateException.class, () -> list.addAll(source));
                assertTrue(list.length() >= expected.size() && list.length() <= expected.size() + added.size());
            } else {
                list.addAll(source);
                assertEquals(expected.size() + added.size(), list.length());
            }
            expected.addAll(added.subList(0, (int) list.length() - expected.size()));
            int[] at = {0};
            list.visit(0, true, (index, element) -> {
                assertEquals(expected.get(at[0]++), element);
                return true;
            });
            assertEquals(expected.size(), at[0]);
            for (int i = random.nextInt(1000); i > 0 && list.length() > 1; i--) {
                long index = random.nextBoolean() ? list.length() - 1 : random.nextInt((int) list.length());
                list.remove(index, 1);
                expected.remove((int) index);
            }
        }
    }
}
