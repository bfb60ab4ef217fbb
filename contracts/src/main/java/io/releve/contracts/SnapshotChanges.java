package io.releve.contracts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.releve.bytes.Bytes;
import io.releve.keyspace.Database;
import io.releve.keyspace.HashValue;
import io.releve.keyspace.Keyspace;
import io.releve.keyspace.ListValue;
import io.releve.keyspace.SetValue;
import io.releve.keyspace.SortedSetValue;
import io.releve.keyspace.StreamValue;
import io.releve.keyspace.StringValue;
import io.releve.keyspace.Type;
import io.releve.keyspace.Value;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** During a snapshot every kind of change hands out what it changes, once, and nothing that is not changed. */
interface SnapshotChanges {
    int SMALL = 5;
    int LARGE = 3000;
    int COUNT = 16;

    /** A fresh keyspace with 16 databases. */
    Keyspace keyspace();

    /** Changes of a value of each type that has the elements 0 to size - 1. */
    private static Map<String, Consumer<Value>> changes(Type type) {
        Bytes other = Bytes.of("other");
        Bytes first = Bytes.of("element 0");
        Map<String, Consumer<Value>> changes = new LinkedHashMap<>();
        switch (type) {
            case STRING -> {
                changes.put("integer", v -> ((StringValue) v).integer(7));
                changes.put("assign", v -> ((StringValue) v).assign(other));
                changes.put("append", v -> ((StringValue) v).append(other));
                changes.put("write part", v -> ((StringValue) v).write(2, other));
                changes.put("write beyond", v -> ((StringValue) v).write(100_000, other));
                changes.put("write byte", v -> ((StringValue) v).write(1, 'x'));
            }
            case LIST -> {
                changes.put("addFirst", v -> ((ListValue) v).addFirst(other));
                changes.put("addLast", v -> ((ListValue) v).addLast(other));
                changes.put("insert", v -> ((ListValue) v).insert(2, other));
                changes.put("set", v -> ((ListValue) v).set(2, other));
                changes.put("remove", v -> ((ListValue) v).remove(1, 2));
                changes.put("remove all", v -> ((ListValue) v).remove(0, LARGE));
            }
            case SET -> {
                changes.put("add", v -> ((SetValue) v).add(other));
                changes.put("remove", v -> ((SetValue) v).remove(first));
            }
            case HASH -> {
                changes.put("put new", v -> ((HashValue) v).put(other, other));
                changes.put("put", v -> ((HashValue) v).put(first, other));
                changes.put("put same size", v -> ((HashValue) v).put(first, Bytes.of("element 9")));
                changes.put("remove", v -> ((HashValue) v).remove(first));
            }
            case SORTED_SET -> {
                changes.put("put new", v -> ((SortedSetValue) v).put(other, 1.5));
                changes.put("put", v -> ((SortedSetValue) v).put(first, 1e9));
                changes.put("remove", v -> ((SortedSetValue) v).remove(first));
                changes.put("remove ranks", v -> ((SortedSetValue) v).remove(1, 2));
                changes.put("remove all ranks", v -> ((SortedSetValue) v).remove(0, LARGE));
            }
            case STREAM -> {
                changes.put("add", v -> ((StreamValue) v).add(1 << 20, 0, other));
                changes.put("remove", v -> ((StreamValue) v).remove(1, 0));
                changes.put("removeFirst", v -> ((StreamValue) v).removeFirst(2));
                changes.put("removeFirst all", v -> ((StreamValue) v).removeFirst(LARGE));
                changes.put("put record", v -> ((StreamValue) v).putRecord(other, other));
                changes.put("put unnamed record", v -> ((StreamValue) v).putRecord(new Bytes(), other));
                changes.put("remove record", v -> ((StreamValue) v).putRecord(Bytes.of("record"), null));
            }
            default -> throw new IllegalArgumentException(type.toString());
        }
        return changes;
    }

    /** Puts a value under a key; of a string the size is the number of bytes times ten. */
    private void fill(Database database, String key, Type type, int size) {
        Bytes name = Bytes.of(key);
        if (type == Type.STRING) {
            database.putString(name, Bytes.of("0123456789".repeat(size)), Value.NEVER, 0);
        } else {
            Value value = database.create(name, type, 0);
            for (int i = 0; i < size; i++) {
                Views.add(value, i);
            }
            if (value instanceof StreamValue stream) {
                stream.putRecord(Bytes.of("record"), Bytes.of("content"));
                stream.putRecord(new Bytes(), Bytes.of("unnamed"));
            }
        }
        keyspace().endCall();
    }

    @Test
    default void changesThroughViews() {
        Database database = keyspace().database(2);
        for (Type type : Type.values()) {
            for (int size : new int[] {SMALL, LARGE}) {
                changes(type).forEach((name, change) -> {
                    fill(database, "key", type, size);
                    fill(database, "beside", type, size);
                    try (SnapshotWatch watch = new SnapshotWatch(keyspace(), COUNT)) {
                        change.accept(database.find(Bytes.of("key")));
                        keyspace().endCall();
                        assertTrue(watch.handedOut() <= 1, () -> name + " handed out what it did not change");
                        Value value = database.find(Bytes.of("key"));
                        if (value != null) {
                            value.access(5);
                        }
                        database.find(Bytes.of("beside")).access(6);
                        watch.finish();
                        assertEquals(2, watch.handedOut(), name);
                    } catch (AssertionError e) {
                        throw new AssertionError(type + ", " + size + ", " + name + ": " + e, e);
                    }
                    database.clear();
                });
            }
        }
    }

    @Test
    default void accessIsNoChange() {
        for (Type type : Type.values()) {
            fill(keyspace().database(0), "key", type, SMALL);
            try (SnapshotWatch watch = new SnapshotWatch(keyspace(), COUNT)) {
                keyspace().database(0).find(Bytes.of("key")).access(77);
                assertEquals(0, watch.handedOut());
                watch.finish();
            }
            keyspace().database(0).clear();
        }
    }

    /** Changes of a database 1 that has the keys {@code key}, {@code beside} and {@code untouched}; 2 has {@code key}. */
    private Map<String, Consumer<Keyspace>> changesOfKeys() {
        Bytes key = Bytes.of("key");
        Bytes beside = Bytes.of("beside");
        Bytes fresh = Bytes.of("new");
        Map<String, Consumer<Keyspace>> changes = new LinkedHashMap<>();
        changes.put("remove", k -> k.database(1).remove(key));
        changes.put("expire", k -> k.database(1).expire(key, 99));
        changes.put("expire and persist", k -> {
            k.database(1).expire(key, 99);
            k.database(1).expire(key, Value.NEVER);
        });
        changes.put("overwrite", k -> k.database(1).putString(key, Bytes.of("x"), 5, 0));
        changes.put("create", k -> k.database(1).putString(fresh, Bytes.of("x"), 5, 0));
        changes.put("rename", k -> k.database(1).move(key, k.database(1), fresh));
        changes.put("rename onto another", k -> k.database(1).move(key, k.database(1), beside));
        changes.put("rename there and back", k -> {
            k.database(1).move(key, k.database(1), fresh);
            k.database(1).move(fresh, k.database(1), key);
        });
        changes.put("move", k -> k.database(1).move(beside, k.database(2), beside));
        changes.put("move onto another", k -> k.database(1).move(key, k.database(2), key));
        changes.put("copy", k -> k.database(1).copy(key, k.database(2), fresh));
        changes.put("copy onto another", k -> k.database(1).copy(key, k.database(2), key));
        changes.put("swap", k -> k.swap(1, 2));
        changes.put("swap and change", k -> {
            k.swap(1, 2);
            k.database(2).putString(key, Bytes.of("1"), Value.NEVER, 0);
            k.database(1).remove(key);
            k.swap(2, 3);
            k.database(3).remove(beside);
        });
        changes.put("clear", k -> k.database(1).clear());
        changes.put("clear and fill", k -> {
            k.database(1).clear();
            fill(k.database(1), "key", Type.SET, SMALL);
            k.swap(1, 2);
            k.database(1).clear();
        });
        changes.put("attach", k -> {
            Value value = k.database(3).detached(Type.LIST);
            ((ListValue) value).addLast(Bytes.of("x"));
            k.database(1).attach(key, value, Value.NEVER, 0);
        });
        changes.put("attach nothing", k -> k.database(1).attach(key, k.database(3).detached(Type.HASH), Value.NEVER, 0));
        changes.put("remove and create", k -> {
            k.database(1).remove(key);
            fill(k.database(1), "key", Type.HASH, SMALL);
            k.database(1).remove(key);
            fill(k.database(1), "key", Type.STREAM, SMALL);
        });
        return changes;
    }

    @Test
    default void changesOfKeysAndDatabases() {
        for (Type type : Type.values()) {
            for (int size : new int[] {SMALL, LARGE}) {
                changesOfKeys().forEach((name, change) -> {
                    for (String key : new String[] {"key", "beside", "untouched"}) {
                        fill(keyspace().database(1), key, type, size);
                        keyspace().database(1).expire(Bytes.of(key), 1000);
                    }
                    fill(keyspace().database(2), "key", type, SMALL + 1);
                    SnapshotWatch watch = new SnapshotWatch(keyspace(), COUNT);
                    try {
                        change.accept(keyspace());
                        keyspace().endCall();
                        Samples.step(keyspace());
                        watch.finish();
                        assertEquals(4, watch.handedOut());
                    } catch (AssertionError e) {
                        throw new AssertionError(type + ", " + size + ", " + name + ": " + e, e);
                    }
                    for (int i = 0; i < COUNT; i++) {
                        keyspace().database(i).clear();
                    }
                });
            }
        }
    }
}
