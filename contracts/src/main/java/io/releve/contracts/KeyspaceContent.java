package io.releve.contracts;

import io.releve.bytes.Bytes;
import io.releve.keyspace.Keyspace;
import io.releve.keyspace.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * A deep copy of what is in a keyspace.
 *
 * @param databases by number: values by key
 */
public record KeyspaceContent(List<Map<Bytes, ValueContent>> databases) {
    /** Copies the first {@code count} databases. */
    public static KeyspaceContent of(Keyspace keyspace, int count, Function<Value, ValueContent> copy) {
        List<Map<Bytes, ValueContent>> databases = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Map<Bytes, ValueContent> content = new HashMap<>();
            long cursor = 0;
            do {
                List<Bytes> keys = new ArrayList<>();
                cursor = keyspace.database(i).scan(cursor, 1000, (key, value) -> keys.add(key.copy()));
                for (Bytes key : keys) {
                    content.put(key, copy.apply(keyspace.database(i).find(key)));
                    keyspace.endCall();
                }
            } while (cursor != 0);
            databases.add(content);
        }
        return new KeyspaceContent(databases);
    }

    /** Number of keys in all databases. */
    public long size() {
        return databases.stream().mapToLong(Map::size).sum();
    }

    /** The first difference in words, or null. */
    public String difference(KeyspaceContent other) {
        for (int i = 0; i < Math.max(databases.size(), other.databases.size()); i++) {
            Map<Bytes, ValueContent> mine = i < databases.size() ? databases.get(i) : Map.of();
            Map<Bytes, ValueContent> others = i < other.databases.size() ? other.databases.get(i) : Map.of();
            if (!mine.equals(others)) {
                TreeSet<Bytes> keys = new TreeSet<>(mine.keySet());
                keys.addAll(others.keySet());
                for (Bytes key : keys) {
                    ValueContent one = mine.get(key);
                    ValueContent two = others.get(key);
                    if (one == null || !one.equals(two)) {
                        return "database " + i + ", " + Samples.describe(key) + ": " + one + " and " + two;
                    }
                }
            }
        }
        return null;
    }
}
