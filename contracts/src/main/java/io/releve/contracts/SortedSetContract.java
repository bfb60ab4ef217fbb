package io.releve.contracts;

import static io.releve.contracts.Samples.random;
import static io.releve.contracts.Samples.text;
import static io.releve.contracts.Views.members;
import static io.releve.contracts.Views.sortedSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.releve.bytes.Bytes;
import io.releve.keyspace.Database;
import io.releve.keyspace.Keyspace;
import io.releve.keyspace.SortedSetValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What a keyspace promises about sorted sets. */
interface SortedSetContract {
    /** A fresh keyspace with 16 databases. */
    Keyspace keyspace();

    private SortedSetValue letters() {
        SortedSetValue set = sortedSet(keyspace().database(0), "letters");
        set.put(text("b"), 2);
        set.put(text("a"), 2);
        set.put(text("c"), 1);
        set.put(text("low"), Double.NEGATIVE_INFINITY);
        set.put(text("high"), Double.POSITIVE_INFINITY);
        return set;
    }

    @Test
    default void sortedSetsAreOrderedByScoreThenBytes() {
        SortedSetValue set = letters();
        assertEquals(List.of("low", "c", "a", "b", "high"), members(set));
        assertEquals(Double.POSITIVE_INFINITY, set.score(text("high")));
        assertEquals(Double.NEGATIVE_INFINITY, set.score(text("low")));
        assertTrue(Double.isNaN(set.score(text("none"))));
        assertFalse(set.put(text("c"), 3));
        assertFalse(set.put(text("c"), 3));
        assertEquals(List.of("low", "a", "b", "c", "high"), members(set));
        assertTrue(set.put(text(""), 2));
        assertEquals(List.of("low", "", "a", "b", "c", "high"), members(set));
        assertEquals(6, set.size());
        assertFalse(set.remove(text("none")));
        assertTrue(set.remove(text("a")));
        assertEquals(List.of("low", "", "b", "c", "high"), members(set));
    }

    @Test
    default void sortedSetRanksCountFromTheLowest() {
        SortedSetValue set = letters();
        assertEquals(0, set.rank(text("low")));
        assertEquals(2, set.rank(text("a")));
        assertEquals(4, set.rank(text("high")));
        assertEquals(-1, set.rank(text("none")));
        assertEquals(0, set.rank(Double.NEGATIVE_INFINITY, false));
        assertEquals(1, set.rank(Double.NEGATIVE_INFINITY, true));
        assertEquals(2, set.rank(2, false));
        assertEquals(4, set.rank(2, true));
        assertEquals(2, set.rank(1.5, true));
        assertEquals(4, set.rank(Double.POSITIVE_INFINITY, false));
        assertEquals(5, set.rank(Double.POSITIVE_INFINITY, true));
    }

    @Test
    default void bothZerosAreOneScoreInSortedSets() {
        SortedSetValue set = sortedSet(keyspace().database(0), "zeros");
        set.put(text("b"), 0.0);
        set.put(text("a"), -0.0);
        set.put(text("c"), -0.0);
        assertEquals(List.of("a", "b", "c"), members(set));
        assertEquals(0, set.rank(0.0, false));
        assertEquals(0, set.rank(-0.0, false));
        assertEquals(3, set.rank(-0.0, true));
        assertEquals(3, set.rank(0.0, true));
        assertFalse(set.put(text("b"), -0.0));
        assertEquals(1, set.rank(text("b")));
        assertTrue(set.score(text("b")) == 0);
        assertTrue(set.remove(text("a")));
        assertEquals(2, set.size());
    }

    @Test
    default void extremeScoresAreKeptExactly() {
        double[] scores = {Double.MIN_VALUE, -Double.MIN_VALUE, Double.MAX_VALUE, -Double.MAX_VALUE, 1 / 3.0, 1e-300,
            Double.MIN_NORMAL, 9007199254740993.0, Math.PI, 1, 1.0000000000000002, -1};
        for (int copies : new int[] {1, 50}) {
            SortedSetValue set = sortedSet(keyspace().database(0), "extremes " + copies);
            for (int i = 0; i < scores.length * copies; i++) {
                assertTrue(set.put(text("m" + i), scores[i % scores.length]));
            }
            for (int i = 0; i < scores.length * copies; i++) {
                assertEquals(scores[i % scores.length], set.score(text("m" + i)));
            }
            double[] last = {Double.NEGATIVE_INFINITY};
            set.visit(0, true, (member, score) -> {
                assertTrue(score >= last[0]);
                last[0] = score;
                return true;
            });
        }
    }

    @Test
    default void sortedSetsAreVisitedBothWaysFromAnyRank() {
        for (int size : new int[] {1, 60, 5000}) {
            SortedSetValue set = sortedSet(keyspace().database(0), "visited " + size);
            List<Integer> numbers = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                numbers.add(i);
            }
            Collections.shuffle(numbers, new Random(size));
            for (int number : numbers) {
                assertTrue(set.put(text(String.format("m%05d", number)), number / 3));
            }
            for (int from : new int[] {0, 1, size / 2, size - 1}) {
                if (from >= size) {
                    continue;
                }
                int[] next = {from};
                set.visit(from, true, (member, score) -> {
                    assertEquals(String.format("m%05d", next[0]), member.latin1());
                    assertEquals(next[0]++ / 3, score);
                    return true;
                });
                assertEquals(size, next[0]);
                next[0] = from;
                set.visit(from, false, (member, score) -> {
                    assertEquals(String.format("m%05d", next[0]--), member.latin1());
                    return true;
                });
                assertEquals(-1, next[0]);
                int[] seen = new int[1];
                set.visit(from, from == 0, (member, score) -> ++seen[0] < 3);
                assertEquals(Math.min(3, from == 0 ? size : from + 1), seen[0]);
            }
            for (long beyond : new long[] {-1, size, Long.MAX_VALUE, Long.MIN_VALUE}) {
                set.visit(beyond, true, (member, score) -> {
                    throw new AssertionError("visited beyond the ends");
                });
                set.visit(beyond, false, (member, score) -> {
                    throw new AssertionError("visited beyond the ends");
                });
            }
            for (int i = 0; i < size; i += 1 + size / 100) {
                assertEquals(i, set.rank(text(String.format("m%05d", i))));
                assertEquals(i / 3 * 3, set.rank(i / 3, false));
                assertEquals(Math.min(size, i / 3 * 3 + 3), set.rank(i / 3, true));
            }
        }
    }

    @Test
    default void equalScoresAreOrderedByUnsignedBytes() {
        Random random = new Random(54);
        for (int size : new int[] {20, 3000}) {
            SortedSetValue set = sortedSet(keyspace().database(0), "equal " + size);
            List<Bytes> members = new ArrayList<>();
            members.add(new Bytes());
            for (int i = 1; i < size; i++) {
                Bytes member = random(random, 1 + random.nextInt(6)).copy();
                if (!members.contains(member)) {
                    members.add(member);
                }
            }
            for (Bytes member : members) {
                assertTrue(set.put(member, 7));
            }
            Collections.sort(members);
            for (int i = 0; i < members.size(); i += 1 + size / 200) {
                assertEquals(i, set.rank(members.get(i)));
                assertEquals(i, set.rank(members.get(i), false));
                assertEquals(i + 1, set.rank(members.get(i), true));
                byte[] longer = members.get(i).toByteArray();
                Bytes after = new Bytes(Arrays.copyOf(longer, longer.length + 1));
                if (!members.contains(after)) {
                    assertEquals(i + 1, set.rank(after, false));
                    assertEquals(i + 1, set.rank(after, true));
                }
            }
            byte[] highest = {-1, -1, -1, -1, -1, -1, -1, -1};
            assertEquals(members.size(), set.rank(new Bytes(highest), true));
        }
    }

    @Test
    default void rangesOfRanksAreRemoved() {
        for (int size : new int[] {1, 50, 3000}) {
            Random random = new Random(size);
            for (int round = 0; round < 20; round++) {
                SortedSetValue set = sortedSet(keyspace().database(0), "ranges");
                List<String> expected = new ArrayList<>();
                for (int i = 0; i < size; i++) {
                    String member = String.format("m%05d", i);
                    set.put(text(member), i / 7);
                    expected.add(member);
                }
                int from = round == 0 ? 0 : random.nextInt(size);
                int count = round == 0 ? size : 1 + random.nextInt(size - from);
                set.remove(from, count);
                for (String gone : expected.subList(from, from + count)) {
                    assertTrue(Double.isNaN(set.score(text(gone))));
                }
                expected.subList(from, from + count).clear();
                assertEquals(expected.size(), set.size());
                assertEquals(expected, members(set));
                if (!expected.isEmpty()) {
                    String last = expected.get(expected.size() - 1);
                    assertEquals(expected.size() - 1, set.rank(text(last)));
                    assertTrue(keyspace().database(0).remove(text("ranges")));
                }
                keyspace().endCall();
            }
        }
    }

    @Test
    default void sortedSetMembersMayBeLarge() {
        Random random = new Random(55);
        SortedSetValue set = sortedSet(keyspace().database(0), "large");
        List<Bytes> members = new ArrayList<>();
        for (int size : new int[] {1 << 20, 64, 65, 1000, 1100, 5000, 70_000, 1 << 20, 0}) {
            Bytes member = random(random, size).copy();
            members.add(member);
            assertTrue(set.put(member, size % 3));
        }
        for (int i = 0; i < members.size(); i++) {
            assertFalse(set.put(members.get(i), i));
        }
        int[] next = new int[1];
        set.visit(0, true, (member, score) -> {
            assertEquals(next[0], score);
            assertEquals(members.get(next[0]++), member);
            return true;
        });
        assertEquals(members.size(), next[0]);
        for (int i = 0; i < members.size(); i++) {
            assertEquals(0, set.rank(members.get(i)));
            assertTrue(set.remove(members.get(i)));
        }
        assertEquals(0, set.size());
    }

    @Test
    default void membersOfEverySizeStandSideBySide() {
        Database database = keyspace().database(0);
        for (int round = 0; round < 150; round++) {
            Random random = new Random(round);
            SortedSetValue set = sortedSet(database, "sizes");
            int usual = 1 + random.nextInt(300);
            TreeMap<Double, Bytes> expected = new TreeMap<>();
            for (int i = 0; i < 300; i++) {
                double score = random.nextGaussian();
                Bytes member = random(random, ListContract.size(random, usual)).copy();
                if (set.put(member, score)) {
                    expected.put(score, member);
                } else {
                    expected.values().remove(member);
                    expected.put(score, member);
                }
            }
            List<Bytes> order = new ArrayList<>();
            set.visit(0, true, (member, score) -> {
                assertEquals(expected.get(score), member);
                return order.add(member.copy());
            });
            assertEquals(new ArrayList<>(expected.values()), order);
            database.remove(text("sizes"));
            keyspace().endCall();
        }
    }

    /** Both zeros are one score, of which each member keeps its own; few and many members, short and long ones. */
    @Test
    default void zerosKeepTheirSigns() {
        Random random = new Random(11);
        double[] scores = {0.0, -0.0, 0.0, -0.0, -Double.MIN_VALUE, Double.MIN_VALUE, 1, -1};
        for (int members : new int[] {5, 60, 3000}) {
            SortedSetValue set = sortedSet(keyspace().database(0), "zeros" + members);
            TreeMap<Bytes, Double> expected = new TreeMap<>();
            for (int i = 0; i < 5 * members; i++) {
                byte[] name = new byte[1 + random.nextInt(5) + (random.nextInt(40) == 0 ? 1400 : 0)];
                Arrays.fill(name, (byte) 'x');
                for (int at : new int[] {0, name.length / 2, name.length - 1}) {
                    name[at] = (byte) ('a' + random.nextInt(2 + members / 60));
                }
                Bytes member = new Bytes(name);
                if (expected.size() < members && random.nextInt(4) > 0) {
                    double score = scores[random.nextInt(scores.length)];
                    assertEquals(!expected.containsKey(member), set.put(member, score));
                    expected.compute(member, (any, old) -> old != null && old.doubleValue() == score ? old : score);
                } else if (expected.size() > 1) {
                    assertEquals(expected.remove(member) != null, set.remove(member));
                }
            }
            List<Bytes> order = new ArrayList<>(expected.keySet());
            order.sort((a, b) -> {
                double x = expected.get(a);
                double y = expected.get(b);
                return x < y ? -1 : x > y ? 1 : a.compareTo(b);
            });
            int[] at = {0};
            set.visit(0, true, (member, score) -> {
                assertEquals(order.get(at[0]++), member);
                assertEquals(expected.get(member), score);
                assertEquals(expected.get(member), set.score(member));
                return true;
            });
            assertEquals(order.size(), at[0]);
            for (int i = 0; i < order.size(); i++) {
                assertEquals(i, set.rank(order.get(i)));
            }
            for (double bound : scores) {
                assertEquals(order.stream().filter(m -> expected.get(m) < bound).count(), set.rank(bound, false));
                assertEquals(order.stream().filter(m -> expected.get(m) <= bound).count(), set.rank(bound, true));
            }
            long zeros = set.rank(0.0, true) - set.rank(-0.0, false);
            set.remove(set.rank(-0.0, false), zeros);
            assertEquals(order.size() - zeros, set.size());
            assertEquals(set.rank(0.0, false), set.rank(0.0, true));
        }
    }
}
