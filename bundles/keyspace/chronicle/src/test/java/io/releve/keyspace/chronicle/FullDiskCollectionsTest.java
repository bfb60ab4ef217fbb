package io.releve.keyspace.chronicle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.releve.bytes.Bytes;
import io.releve.keyspace.Database;
import io.releve.keyspace.HashValue;
import io.releve.keyspace.Keyspace;
import io.releve.keyspace.KeyspaceSettings;
import io.releve.keyspace.ListValue;
import io.releve.keyspace.SetValue;
import io.releve.keyspace.SortedSetValue;
import io.releve.keyspace.StreamValue;
import io.releve.keyspace.Type;
import io.releve.keyspace.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Collections of every kind while the disk is full: a refused change changes nothing, and nothing is lost. */
class FullDiskCollectionsTest {
    private static final int KEYS = 400;

    @TempDir
    Path folder;

    private final Random random = new Random(21);
    private Database database;

    @Test
    void aRefusedChangeChangesNothing() throws IOException {
        Keyspace keyspace = new ChronicleKeyspaceProvider().open(new KeyspaceSettings(folder, 1, 0, true));
        // no file can be made where a directory that is not empty stands
        Files.createDirectories(folder.resolve("extents-1.map.new/obstacle"));
        database = keyspace.database(0);
        Map<String, Integer> sums = new HashMap<>();
        int refused = 0;
        long id = 0;
        for (int i = 0; i < 60_000; i++) {
            String name = "k" + random.nextInt(KEYS);
            Bytes key = Bytes.of(name);
            Value value = database.find(key);
            assertEquals(sums.getOrDefault(name, 0), sum(value), name);
            try {
                if (value == null) {
                    value = database.create(key, Type.values()[1 + random.nextInt(5)], 0);
                    sums.put(name, sum(value));
                }
                if (random.nextInt(50) > 0) {
                    change(value, ++id);
                } else {
                    String other = "k" + random.nextInt(KEYS);
                    database.copy(key, database, Bytes.of(other));
                    sums.put(other, sum(database.find(key)));
                }
            } catch (Keyspace.FullException e) {
                refused++;
                assertEquals(sums.getOrDefault(name, 0), sum(database.find(key)), name);
                if (random.nextInt(4) == 0) {
                    database.remove(key);
                }
            }
            sums.put(name, sum(database.find(key)));
            keyspace.endCall();
            keyspace.maintain(System.nanoTime() + 100_000);
        }
        assertTrue(refused > 100, "refused " + refused);
        for (int i = 0; i < KEYS; i++) {
            database.remove(Bytes.of("k" + i));
        }
        keyspace.endCall();
        while (keyspace.maintain(System.nanoTime() + 1_000_000)) {
            // the rest of the removed collections
        }
        assertEquals(0, database.size());
        assertEquals(0, keyspace.usedMemory());
        keyspace.close(true);
    }

    private Bytes text() {
        int longest = random.nextInt(30) == 0 ? 60_000 : random.nextInt(10) == 0 ? 2_000 : 60;
        byte[] bytes = new byte[random.nextInt(longest)];
        random.nextBytes(bytes);
        return new Bytes(bytes);
    }

    private Bytes name() {
        int number = random.nextInt(300);
        return Bytes.of(random.nextInt(8) == 0 ? number + "x".repeat(1_500) : "" + number);
    }

    private void change(Value value, long id) {
        boolean adds = random.nextInt(4) > 0;
        switch (value.type()) {
            case LIST -> {
                ListValue list = (ListValue) value;
                if (adds || list.length() < 2) {
                    list.insert(random.nextInt((int) list.length() + 1), text());
                } else if (random.nextBoolean()) {
                    list.set(random.nextInt((int) list.length()), text());
                } else {
                    list.remove(random.nextInt((int) list.length()), 1);
                }
            }
            case HASH -> {
                HashValue hash = (HashValue) value;
                if (adds || hash.size() < 2) {
                    hash.put(name(), text());
                } else {
                    hash.remove(name());
                }
            }
            case SET -> {
                SetValue set = (SetValue) value;
                if (adds || set.size() < 2) {
                    set.add(name());
                } else {
                    set.remove(name());
                }
            }
            case SORTED_SET -> {
                SortedSetValue set = (SortedSetValue) value;
                if (adds || set.size() < 2) {
                    set.put(name(), random.nextInt(5) - 2);
                } else {
                    set.remove(name());
                }
            }
            default -> {
                StreamValue stream = (StreamValue) value;
                if (adds) {
                    stream.add(id, 0, text());
                } else if (random.nextBoolean()) {
                    stream.putRecord(random.nextBoolean() ? new Bytes() : name(), text());
                } else {
                    stream.removeFirst(1);
                }
            }
        }
    }

    /** A number that hardly stays the same when an element or its place changes. */
    private static int sum(Value value) {
        if (value == null) {
            return 0;
        }
        int[] sum = {value.type().ordinal()};
        switch (value.type()) {
            case LIST -> ((ListValue) value).visit(0, true, (i, element) -> {
                sum[0] = 31 * sum[0] + element.hashCode();
                return true;
            });
            case HASH -> ((HashValue) value).visit((field, content) -> {
                sum[0] += 31 * field.hashCode() ^ content.hashCode();
                return true;
            });
            case SET -> ((SetValue) value).visit(member -> {
                sum[0] += 31 * member.hashCode();
                return true;
            });
            case SORTED_SET -> ((SortedSetValue) value).visit(0, true, (member, score) -> {
                sum[0] = 31 * sum[0] + member.hashCode() + Double.hashCode(score);
                return true;
            });
            default -> {
                ((StreamValue) value).visit(0, 0, true, (milliseconds, sequence, content) -> {
                    sum[0] = 31 * sum[0] + content.hashCode() + (int) milliseconds;
                    return true;
                });
                ((StreamValue) value).visitRecords(new Bytes(), (name, content) -> {
                    sum[0] = 31 * sum[0] + name.hashCode() + content.hashCode();
                    return true;
                });
            }
        }
        return sum[0];
    }
}
