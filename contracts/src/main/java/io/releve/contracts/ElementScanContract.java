package io.releve.contracts;

import static io.releve.contracts.Samples.text;
import static io.releve.contracts.Views.hash;
import static io.releve.contracts.Views.set;
import static io.releve.contracts.Views.sortedSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.releve.bytes.Bytes;
import io.releve.keyspace.HashValue;
import io.releve.keyspace.Keyspace;
import io.releve.keyspace.SetValue;
import io.releve.keyspace.SortedSetValue;
import io.releve.keyspace.Type;
import io.releve.keyspace.Value;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a keyspace promises about HSCAN, SSCAN, ZSCAN and about random elements. */
interface ElementScanContract {
    Type[] SCANNED = {Type.SET, Type.SORTED_SET, Type.HASH};

    /** A fresh keyspace with 16 databases. */
    Keyspace keyspace();

    private Value make(String key, Type type) {
        return switch (type) {
            case SET -> set(keyspace().database(0), key);
            case SORTED_SET -> sortedSet(keyspace().database(0), key);
            default -> hash(keyspace().database(0), key);
        };
    }

    private static void add(Value value, String element) {
        if (value instanceof SetValue set) {
            assertTrue(set.add(text(element)));
        } else if (value instanceof SortedSetValue sortedSet) {
            assertTrue(sortedSet.put(text(element), element.hashCode()));
        } else {
            assertTrue(((HashValue) value).put(text(element), text("of " + element)));
        }
    }

    private static void remove(Value value, String element) {
        if (value instanceof SetValue set) {
            assertTrue(set.remove(text(element)));
        } else if (value instanceof SortedSetValue sortedSet) {
            assertTrue(sortedSet.remove(text(element)));
        } else {
            assertTrue(((HashValue) value).remove(text(element)));
        }
    }

    /** One step; what it shows beside the names must be right. */
    private static long step(Value value, long cursor, int count, Set<String> seen) {
        if (value instanceof SetValue set) {
            return set.scan(cursor, count, member -> seen.add(member.latin1()));
        }
        if (value instanceof SortedSetValue sortedSet) {
            return sortedSet.scan(cursor, count, (member, score) -> {
                assertEquals(member.latin1().hashCode(), score);
                return seen.add(member.latin1());
            });
        }
        return ((HashValue) value).scan(cursor, count, (field, content) -> {
            assertEquals("of " + field.latin1(), content.latin1());
            return seen.add(field.latin1());
        });
    }

    private static Set<String> scan(Value value, int count, Runnable between) {
        Set<String> seen = new HashSet<>();
        long cursor = 0;
        int steps = 0;
        do {
            cursor = step(value, cursor, count, seen);
            between.run();
            assertTrue(++steps < 1_000_000, "the scan has no end");
        } while (cursor != 0);
        return seen;
    }

    @Test
    default void aQuietScanSeesEveryElement() {
        for (Type type : SCANNED) {
            Value value = make("quiet" + type, type);
            int size = 0;
            for (int target : new int[] {1, 50, 1000, 20_000}) {
                for (; size < target; size++) {
                    add(value, "element:" + size);
                }
                for (int count : new int[] {1, 10, 1000, 1_000_000}) {
                    assertEquals(size, scan(value, count, () -> { }).size());
                }
            }
        }
    }

    @Test
    default void compactCollectionsAreScannedInOneStep() {
        for (Type type : SCANNED) {
            Value value = make("compact" + type, type);
            for (int i = 0; i < 60; i++) {
                add(value, "element:" + i);
            }
            assertEquals("listpack", value.encoding());
            Set<String> seen = new HashSet<>();
            assertEquals(0, step(value, 0, 1, seen));
            assertEquals(60, seen.size());
        }
    }

    @Test
    default void aStepOfElementsIsBounded() {
        for (Type type : SCANNED) {
            Value value = make("bounded" + type, type);
            for (int i = 0; i < 30_000; i++) {
                add(value, "element:" + i);
            }
            long cursor = 0;
            do {
                Set<String> seen = new HashSet<>();
                cursor = step(value, cursor, 10, seen);
                assertTrue(seen.size() <= 200, () -> seen.size() + " elements in a step of 10");
            } while (cursor != 0);
            Set<String> seen = new HashSet<>();
            step(value, 0, 5000, seen);
            assertTrue(seen.size() >= 1000, () -> "only " + seen.size() + " elements in a step of 5,000");
        }
    }

    @Test
    default void elementsThatStayAreSeenInAnyTurmoil() {
        Random random = new Random(61);
        for (Type type : SCANNED) {
            for (int round = 0; round < 6; round++) {
                Value value = make("turmoil" + type + round, type);
                Set<String> stable = new HashSet<>();
                for (int i = 0; i < 300; i++) {
                    add(value, "stable:" + i);
                    stable.add("stable:" + i);
                }
                int[] size = new int[1];
                int[] target = {round == 0 ? 50_000 : 0};
                if (round == 1) {
                    for (; size[0] < 50_000; size[0]++) {
                        add(value, "x:" + size[0]);
                    }
                }
                Set<String> seen = scan(value, 1 + random.nextInt(20), () -> {
                    if (size[0] == target[0]) {
                        target[0] = random.nextInt(4) == 0 ? 0 : random.nextInt(10_000);
                    }
                    int steps = random.nextInt(2000);
                    for (int i = 0; i < steps && size[0] != target[0]; i++) {
                        if (size[0] < target[0]) {
                            add(value, "x:" + size[0]++);
                        } else {
                            remove(value, "x:" + --size[0]);
                        }
                    }
                });
                assertTrue(seen.containsAll(stable), () -> type + ": an element was missed");
                assertTrue(keyspace().database(0).remove(text("turmoil" + type + round)));
                keyspace().endCall();
            }
        }
    }

    @Test
    default void anyNumberIsACursorOfElements() {
        Random random = new Random(62);
        for (Type type : SCANNED) {
            for (int size : new int[] {3, 3000}) {
                Value value = make("cursors" + type + size, type);
                for (int i = 0; i < size; i++) {
                    add(value, "element:" + i);
                }
                long[] odd = {1, -1, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 32, 1L << 48, 0xffffffffL, 3000, 4096};
                Set<String> seen = new HashSet<>();
                for (int i = 0; i < 200; i++) {
                    long cursor = i < odd.length ? odd[i] : random.nextLong();
                    for (int steps = 0; (cursor = step(value, cursor, 1000, seen)) != 0; steps++) {
                        assertTrue(steps < 10_000, "the scan has no end");
                    }
                }
            }
        }
    }

    private static String random(Value value, Random random) {
        Bytes element = new Bytes();
        if (value instanceof SetValue set) {
            set.random(random, element);
        } else if (value instanceof SortedSetValue sortedSet) {
            double score = sortedSet.random(random, element);
            assertEquals(element.latin1().hashCode(), score);
        } else {
            Bytes content = new Bytes();
            ((HashValue) value).random(random, element, content);
            assertEquals("of " + element.latin1(), content.latin1());
        }
        return element.latin1();
    }

    /** The chi-square statistic of the hits may exceed its mean by 5.5 deviations: one false alarm in 10 million. */
    private static void assertUniform(Value value, int size, int draws, long seed) {
        Random random = new Random(seed);
        Map<String, Integer> hits = new HashMap<>();
        for (int i = 0; i < draws; i++) {
            hits.merge(random(value, random), 1, Integer::sum);
        }
        assertEquals(size, hits.size(), "some element is never chosen");
        double expected = (double) draws / size;
        double statistic = hits.values().stream().mapToDouble(n -> (n - expected) * (n - expected) / expected).sum();
        int freedom = size - 1;
        // Wilson and Hilferty's approximation of the distribution's upper end.
        double limit = freedom * Math.pow(1 - 2 / (9.0 * freedom) + 5.5 * Math.sqrt(2 / (9.0 * freedom)), 3);
        assertTrue(statistic < limit,
                () -> value.type() + " of " + size + " with seed " + seed + ": " + statistic + " > " + limit);
    }

    @Test
    default void randomElementsAreUniform() {
        for (Type type : SCANNED) {
            Value value = make("random" + type, type);
            int added = 0;
            for (int size : new int[] {1, 5, 100, 700, 3000}) {
                for (; added < size; added++) {
                    add(value, "element:" + added);
                }
                if (size > 1) {
                    assertUniform(value, size, size * 100, 63);
                } else {
                    assertEquals("element:0", random(value, new Random(63)));
                }
            }
            while (added > 20) {
                remove(value, "element:" + --added);
            }
            assertUniform(value, 20, 20_000, 64);
        }
        SetValue integers = set(keyspace().database(0), "integers");
        for (int i = 0; i < 300; i++) {
            integers.add(text(Integer.toString(i * i)));
        }
        assertEquals("intset", integers.encoding());
        assertUniform(integers, 300, 30_000, 65);
    }
}
