package io.releve.contracts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.releve.bytes.Bytes;
import io.releve.keyspace.EncodingLimits;
import io.releve.keyspace.HashValue;
import io.releve.keyspace.Type;
import io.releve.keyspace.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

final class HashModel extends ValueModel {
    private final Map<Bytes, Bytes> pairs = new LinkedHashMap<>();
    private boolean large;

    HashModel(EncodingLimits limits, int pool) {
        super(Type.HASH, limits, pool);
    }

    @Override
    ValueModel duplicate() {
        HashModel copy = new HashModel(limits, pool);
        copy.pairs.putAll(pairs);
        copy.large = large;
        return copy;
    }

    @Override
    long size() {
        return pairs.size();
    }

    @Override
    void add(Random random, Value value) {
        put(value, element(random.nextInt(pool)), content(random));
    }

    private void put(Value value, Bytes field, Bytes content) {
        assertEquals(!pairs.containsKey(field), ((HashValue) value).put(field, content));
        pairs.put(field, content.copy());
        large |= pairs.size() > limits.hashEntries()
                || Math.max(field.length(), content.length()) > limits.hashValue();
    }

    @Override
    void change(Random random, Value value) {
        HashValue hash = (HashValue) value;
        if (random.nextInt(5) < 3) {
            add(random, value);
        } else {
            Bytes field = element(random.nextInt(pool));
            assertEquals(pairs.remove(field) != null, hash.remove(field));
        }
        assertEquals(pairs.size(), hash.size());
    }

    @Override
    void removeAt(double position, Value value) {
        Bytes field = new Bytes();
        ((HashValue) value).random(new Random((long) (position * 1e9)), field, target);
        Bytes chosen = field.copy();
        assertEquals(pairs.get(chosen), target);
        assertTrue(((HashValue) value).remove(chosen));
        pairs.remove(chosen);
    }

    @Override
    void compareContent(Random random, Value value) {
        HashValue hash = (HashValue) value;
        assertEquals(pairs.size(), hash.size());
        assertEquals(large ? "hashtable" : "listpack", hash.encoding());
        List<Bytes> seen = new ArrayList<>();
        hash.visit((field, content) -> {
            assertEquals(pairs.get(field), content);
            return seen.add(field.copy());
        });
        if (large) {
            assertEquals(pairs.keySet(), new HashSet<>(seen));
            assertEquals(pairs.size(), seen.size());
        } else {
            assertEquals(List.copyOf(pairs.keySet()), seen, "the order of addition");
        }
        Set<Bytes> scanned = new HashSet<>();
        long cursor = 0;
        do {
            cursor = hash.scan(cursor, 100, (field, content) -> {
                assertEquals(pairs.get(field), content);
                return scanned.add(field.copy());
            });
        } while (cursor != 0);
        assertEquals(pairs.keySet(), scanned);
        for (int i = 0; i < 20; i++) {
            Bytes field = element(random.nextInt(pool));
            assertEquals(pairs.containsKey(field), hash.get(field, target));
            if (pairs.containsKey(field)) {
                assertEquals(pairs.get(field), target);
            }
        }
    }
}
