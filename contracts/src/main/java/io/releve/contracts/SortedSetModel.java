package io.releve.contracts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.releve.bytes.Bytes;
import io.releve.keyspace.EncodingLimits;
import io.releve.keyspace.SortedSetValue;
import io.releve.keyspace.Type;
import io.releve.keyspace.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

final class SortedSetModel extends ValueModel {
    private final Map<Bytes, Double> scores = new HashMap<>();
    private final List<Item> order = new ArrayList<>();
    private boolean large;

    private record Item(Bytes member, double score) implements Comparable<Item> {
        @Override
        public int compareTo(Item other) {
            return score < other.score ? -1 : score > other.score ? 1 : member.compareTo(other.member);
        }
    }

    SortedSetModel(EncodingLimits limits, int pool) {
        super(Type.SORTED_SET, limits, pool);
    }

    @Override
    ValueModel duplicate() {
        SortedSetModel copy = new SortedSetModel(limits, pool);
        copy.scores.putAll(scores);
        copy.order.addAll(order);
        copy.large = large;
        return copy;
    }

    @Override
    long size() {
        return order.size();
    }

    private static double score(Random random) {
        return switch (random.nextInt(12)) {
            case 0 -> Double.POSITIVE_INFINITY;
            case 1 -> Double.NEGATIVE_INFINITY;
            case 2 -> random.nextInt(2) == 0 ? 0.0 : -0.0;
            case 3, 4, 5 -> random.nextInt(5);
            default -> random.nextGaussian() * 1000;
        };
    }

    @Override
    void add(Random random, Value value) {
        Bytes member = element(random.nextInt(pool));
        double score = score(random);
        Double old = scores.get(member);
        assertEquals(old == null, ((SortedSetValue) value).put(member, score));
        if (old != null) {
            order.remove(Collections.binarySearch(order, new Item(member, old)));
        }
        scores.put(member, score);
        Item item = new Item(member, score);
        order.add(-1 - Collections.binarySearch(order, item), item);
        large |= old == null && (order.size() > limits.sortedSetEntries()
                || member.length() > limits.sortedSetValue());
    }

    @Override
    void change(Random random, Value value) {
        SortedSetValue set = (SortedSetValue) value;
        int what = random.nextInt(20);
        if (order.isEmpty() || what < 12) {
            add(random, value);
        } else if (what < 18) {
            Bytes member = element(random.nextInt(pool));
            Double old = scores.remove(member);
            assertEquals(old != null, set.remove(member));
            if (old != null) {
                order.remove(Collections.binarySearch(order, new Item(member, old)));
            }
        } else {
            int from = what == 18 ? 0 : random.nextInt(order.size());
            int count = Math.min(order.size() - from, 1 + random.nextInt(4));
            removeRange(set, from, count);
        }
        assertEquals(order.size(), set.size());
    }

    private void removeRange(SortedSetValue set, int from, int count) {
        set.remove(from, count);
        List<Item> range = order.subList(from, from + count);
        range.forEach(item -> scores.remove(item.member));
        range.clear();
    }

    @Override
    void removeAt(double position, Value value) {
        removeRange((SortedSetValue) value, (int) (position * order.size()), 1);
    }

    @Override
    void compareContent(Random random, Value value) {
        SortedSetValue set = (SortedSetValue) value;
        assertEquals(order.size(), set.size());
        assertEquals(large ? "skiplist" : "listpack", set.encoding());
        for (boolean upwards : new boolean[] {true, false}) {
            int from = order.isEmpty() ? 0 : random.nextInt(order.size());
            int[] next = {from};
            set.visit(from, upwards, (member, score) -> {
                assertItem(order.get(next[0]), member, score);
                next[0] += upwards ? 1 : -1;
                return true;
            });
            assertEquals(order.isEmpty() ? 0 : upwards ? order.size() : -1, next[0]);
        }
        Set<Bytes> scanned = new HashSet<>();
        long cursor = 0;
        do {
            cursor = set.scan(cursor, 100, (member, score) -> {
                assertTrue(scores.get(member) == score);
                return scanned.add(member.copy());
            });
        } while (cursor != 0);
        assertEquals(scores.keySet(), scanned);
        for (int i = 0; i < 20; i++) {
            Bytes member = element(random.nextInt(pool));
            Double score = scores.get(member);
            assertEquals(score == null ? -1 : Collections.binarySearch(order, new Item(member, score)),
                    set.rank(member));
            assertTrue(score == null ? Double.isNaN(set.score(member)) : score == set.score(member));
            double limit = score(random);
            assertEquals(order.stream().filter(item -> item.score < limit).count(), set.rank(limit, false));
            assertEquals(order.stream().filter(item -> item.score <= limit).count(), set.rank(limit, true));
        }
    }

    private static void assertItem(Item expected, Bytes member, double score) {
        assertEquals(expected.member, member);
        assertTrue(expected.score == score, () -> expected.score + " is not " + score);
    }
}
