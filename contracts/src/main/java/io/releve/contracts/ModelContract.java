package io.releve.contracts;

import static io.releve.contracts.Samples.random;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.releve.bytes.Bytes;
import io.releve.bytes.Numbers;
import io.releve.keyspace.Database;
import io.releve.keyspace.Keyspace;
import io.releve.keyspace.StringValue;
import io.releve.keyspace.Value;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Random operations on a keyspace and on plain maps, which must not differ. */
interface ModelContract {
    /** A fresh keyspace with 16 databases. */
    Keyspace keyspace();

    @Test
    default void smallValuesBehaveAsTheModel() {
        new Model(keyspace(), 101, 150, 3, new int[] {0, 300}).run(60_000);
    }

    @Test
    default void largerValuesBehaveAsTheModel() {
        new Model(keyspace(), 102, 60, 2, new int[] {1000, 5000}).run(20_000);
    }

    @Test
    default void mixedValuesBehaveAsTheModel() {
        new Model(keyspace(), 103, 40, 2, new int[] {0, 300, 5000, 200_000}).run(5_000);
    }

    @Test
    default void manyKeysBehaveAsTheModel() {
        new Model(keyspace(), 104, 30_000, 1, new int[] {0, 80}).run(200_000);
    }

    /** A keyspace beside its model. */
    final class Model {
        private static final int COMPARISONS = 8;

        private final Keyspace keyspace;
        private final Random random;
        private final int keys;
        private final int[] sizes;
        private final Database[] databases;
        private final Map<Bytes, Entry>[] models;

        /** What is stored under a key. */
        private record Entry(byte[] content, long expireAt) {
            Entry with(byte[] newContent) {
                return new Entry(newContent, expireAt);
            }
        }

        @SuppressWarnings({"unchecked", "rawtypes"})
        Model(Keyspace keyspace, long seed, int keys, int count, int[] sizes) {
            this.keyspace = keyspace;
            this.random = new Random(seed);
            this.keys = keys;
            this.sizes = sizes;
            databases = new Database[count];
            models = new Map[count];
            for (int i = 0; i < count; i++) {
                databases[i] = keyspace.database(i);
                models[i] = new HashMap();
            }
        }

        void run(int operations) {
            for (int i = 0; i < operations; i++) {
                operation();
                if (i % (operations / COMPARISONS) == 0) {
                    compareAll();
                }
            }
            compareAll();
        }

        /** One random operation. */
        void operation() {
            int d = random.nextInt(databases.length);
            Bytes key = key();
            int what = random.nextInt(1000);
            if (what < 300) {
                put(d, key);
            } else if (what < 550) {
                change(d, key);
            } else if (what < 700) {
                assertEquals(models[d].remove(key) != null, databases[d].remove(key));
            } else if (what < 800) {
                expire(d, key);
            } else if (what < 890) {
                transfer(d, key, random.nextInt(databases.length), key());
            } else if (what < 893) {
                swap(d, random.nextInt(databases.length));
            } else if (what < 894 && random.nextInt(20) == 0) {
                databases[d].clear();
                models[d].clear();
            } else if (what < 910) {
                Samples.step(keyspace);
            } else {
                compare(d, key);
            }
            assertEquals(models[d].size(), databases[d].size());
        }

        private Bytes key() {
            int n = random.nextInt(keys);
            return Bytes.of(n % 17 == 0 ? "long".repeat(n % 300) + n : "k" + n);
        }

        private Bytes content() {
            switch (random.nextInt(6)) {
                case 0:
                    return Bytes.of(Long.toString(random.nextLong() >> random.nextInt(64)));
                case 1:
                    return Bytes.of("same size");
                default:
                    int range = random.nextInt(sizes.length - 1);
                    return random(random, sizes[range] + random.nextInt(sizes[range + 1] - sizes[range] + 1));
            }
        }

        private long time() {
            return random.nextInt(3) == 0 ? Value.NEVER : 1_000_000 + random.nextInt(1_000_000);
        }

        private void put(int d, Bytes key) {
            Bytes content = content();
            long expireAt = time();
            databases[d].putString(key, content, expireAt, 1);
            models[d].put(key.copy(), new Entry(content.toByteArray(), expireAt));
        }

        private void expire(int d, Bytes key) {
            long expireAt = time();
            Entry entry = models[d].get(key);
            assertEquals(entry != null, databases[d].expire(key, expireAt));
            if (entry != null) {
                models[d].put(key.copy(), new Entry(entry.content, expireAt));
            }
        }

        private void transfer(int d, Bytes key, int t, Bytes newKey) {
            Entry entry = models[d].get(key);
            if (random.nextBoolean()) {
                assertEquals(entry != null, databases[d].move(key, databases[t], newKey));
                models[d].remove(key);
            } else if (d == t && key.equals(newKey)) {
                return;
            } else {
                assertEquals(entry != null, databases[d].copy(key, databases[t], newKey));
            }
            if (entry != null) {
                models[t].put(newKey.copy(), entry);
            }
            compare(d, key);
            compare(t, newKey);
        }

        private void swap(int a, int b) {
            keyspace.swap(databases[a].index(), databases[b].index());
            assertEquals(databases[a], keyspace.database(databases[a].index()));
        }

        private void change(int d, Bytes key) {
            Entry entry = models[d].get(key);
            Value found = databases[d].find(key);
            if (entry == null) {
                assertNull(found);
                return;
            }
            StringValue value = (StringValue) found;
            byte[] now = entry.content;
            Bytes content = content();
            switch (random.nextInt(5)) {
                case 0 -> {
                    value.assign(content);
                    now = content.toByteArray();
                }
                case 1 -> {
                    value.append(content);
                    now = Arrays.copyOf(now, now.length + content.length());
                    content.copyTo(0, now, entry.content.length, content.length());
                }
                case 2 -> {
                    if (content.length() == 0) {
                        return;
                    }
                    int offset = random.nextInt(now.length + 50);
                    value.write(offset, content);
                    now = Arrays.copyOf(now, Math.max(now.length, offset + content.length()));
                    content.copyTo(0, now, offset, content.length());
                }
                case 3 -> {
                    long number = random.nextLong() >> random.nextInt(64);
                    value.integer(number);
                    now = Bytes.of(Long.toString(number)).array();
                }
                default -> {
                    if (now.length == 0) {
                        return;
                    }
                    int index = random.nextInt(now.length);
                    now = now.clone();
                    now[index] = (byte) random.nextInt();
                    value.write(index, now[index] & 0xff);
                }
            }
            models[d].put(key.copy(), entry.with(now));
            Samples.assertContent(now, value);
            compare(d, key);
        }

        private void compare(int d, Bytes key) {
            Entry entry = models[d].get(key);
            Value value = databases[d].find(key);
            if (entry == null) {
                assertNull(value, () -> "there is nothing under " + Samples.describe(key));
            } else {
                assertNotNull(value, () -> "lost: " + Samples.describe(key));
                compare(entry, value);
            }
        }

        private void compare(Entry entry, Value value) {
            StringValue string = (StringValue) value;
            assertEquals(entry.expireAt, value.expireAt());
            Samples.assertContent(entry.content, string);
            boolean integer = Numbers.isInteger(entry.content, 0, entry.content.length);
            assertEquals(integer, string.isInteger());
            if (integer) {
                assertEquals(Numbers.integer(entry.content, 0, entry.content.length), string.integer());
            }
        }

        private void compareAll() {
            for (int d = 0; d < databases.length; d++) {
                Map<Bytes, Entry> model = models[d];
                Database database = databases[d];
                Set<Bytes> seen = new HashSet<>();
                long cursor = 0;
                do {
                    cursor = database.scan(cursor, 500, (key, value) -> {
                        Entry entry = model.get(key);
                        assertNotNull(entry, () -> "should not be there: " + Samples.describe(key));
                        compare(entry, value);
                        seen.add(key.copy());
                    });
                } while (cursor != 0);
                assertEquals(model.size(), seen.size());
                long[] times = model.values().stream().mapToLong(Entry::expireAt)
                        .filter(time -> time != Value.NEVER).sorted().toArray();
                assertEquals(times.length, database.expires());
                assertEquals(times.length == 0 ? Value.NEVER : times[0], database.nextExpiry());
                if (times.length > 0) {
                    Bytes first = new Bytes();
                    assertFalse(database.firstExpired(times[0] - 1, first));
                    assertTrue(database.firstExpired(times[0], first));
                    assertEquals(times[0], model.get(first).expireAt);
                }
            }
        }
    }
}
