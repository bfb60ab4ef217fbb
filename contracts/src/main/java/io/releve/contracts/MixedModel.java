package io.releve.contracts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.releve.bytes.Bytes;
import io.releve.keyspace.Database;
import io.releve.keyspace.EncodingLimits;
import io.releve.keyspace.Keyspace;
import io.releve.keyspace.StringValue;
import io.releve.keyspace.Type;
import io.releve.keyspace.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Keys of all types in several databases beside what they should be. Each operation is one call. */
final class MixedModel {
    /** Added to every seed: other numbers try other operations. */
    private static final String SEED = "releve.contracts.seed";

    private final long seed;
    private final EncodingLimits limits;
    private final Random random;
    private final int keys;
    private final int pool;
    private final List<Map<Bytes, Item>> models = new ArrayList<>();
    private Keyspace keyspace;
    private int steps;
    private Database[] databases;

    /** What is under a key: a collection, or a string. */
    private static final class Item {
        ValueModel collection;
        byte[] string;
        long expireAt = Value.NEVER;
    }

    MixedModel(Keyspace keyspace, EncodingLimits limits, long seed, int keys, int databases, int pool) {
        this.limits = limits;
        this.seed = seed + 1000 * Long.getLong(SEED, 0);
        this.random = new Random(this.seed);
        this.keys = keys;
        this.pool = pool;
        for (int i = 0; i < databases; i++) {
            models.add(new HashMap<>());
        }
        use(keyspace);
    }

    /** Goes on with a keyspace that should contain the same, each database under its number. */
    void use(Keyspace other) {
        keyspace = other;
        databases = new Database[models.size()];
        for (int i = 0; i < databases.length; i++) {
            databases[i] = other.database(i);
        }
    }

    void run(int operations, int comparisons) {
        for (int i = 0; i < operations; i++) {
            step();
            if (i % (1 + operations / comparisons) == 0) {
                compareAll();
            }
        }
        compareAll();
    }

    /** One random operation. */
    void step() {
        steps++;
        try {
            operation();
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("seed " + seed + ", operation " + steps + ": " + e, e);
        }
        keyspace.endCall();
    }

    private Bytes key() {
        int n = random.nextInt(keys);
        return Bytes.of(n % 17 == 0 ? "long".repeat(n % 300) + n : "k" + n);
    }

    private int index() {
        return random.nextInt(databases.length);
    }

    private void operation() {
        int d = index();
        Bytes key = key();
        int what = random.nextInt(1000);
        if (what < 650) {
            change(d, key);
        } else if (what < 700) {
            store(d, key, index());
        } else if (what < 740) {
            assertEquals(models.get(d).remove(key) != null, databases[d].remove(key));
        } else if (what < 800) {
            expire(d, key);
        } else if (what < 870) {
            transfer(d, key, index(), key());
        } else if (what < 890) {
            putString(d, key);
        } else if (what < 900) {
            removeExpired(d);
        } else if (what < 902 && random.nextInt(10) == 0) {
            databases[d].clear();
            models.get(d).clear();
        } else if (what < 905) {
            swap(d, index());
        } else if (what < 950) {
            Samples.step(keyspace);
        } else {
            compare(d, key);
        }
        assertEquals(models.get(d).size(), databases[d].size());
    }

    /** Swaps the numbers of two databases and those of their models. */
    private void swap(int a, int b) {
        keyspace.swap(a, b);
        Map<Bytes, Item> first = models.get(a);
        models.set(a, models.get(b));
        models.set(b, first);
        use(keyspace);
    }

    /** Changes up to three collections in turn within one call. */
    private void change(int d, Bytes key) {
        Bytes[] names = {key, key(), key()};
        Value[] views = new Value[names.length];
        Item[] items = new Item[names.length];
        int count = 1 + random.nextInt(names.length);
        Set<Bytes> distinct = new HashSet<>();
        for (int i = 0; i < count; i++) {
            if (distinct.add(names[i])) {
                items[i] = models.get(d).computeIfAbsent(names[i], k -> new Item());
                views[i] = open(d, names[i], items[i]);
            }
        }
        int steps = 1 + random.nextInt(random.nextInt(10) == 0 ? pool : 8);
        for (int step = 0; step < steps; step++) {
            int i = random.nextInt(count);
            if (items[i] != null && items[i].collection != null && items[i].collection.size() > 0) {
                items[i].collection.change(random, views[i]);
                if (items[i].collection.size() == 0) {
                    assertEquals(0, Views.size(views[i]));
                    assertNull(databases[d].find(names[i]), "an emptied collection has no key");
                    models.get(d).remove(names[i]);
                }
            }
        }
        for (int i = 0; i < count; i++) {
            if (items[i] != null && random.nextInt(4) == 0) {
                compare(d, names[i]);
            }
        }
    }

    private Value open(int d, Bytes name, Item item) {
        if (item.collection == null && item.string == null) {
            item.collection = ValueModel.of(Views.COLLECTIONS[random.nextInt(5)], limits, pool);
            Value value = databases[d].create(name, item.collection.type, 0);
            item.collection.add(random, value);
            return value;
        }
        Value value = databases[d].find(name);
        assertNotNull(value, () -> "lost: " + Samples.describe(name));
        return value;
    }

    /** Builds a value aside and puts it in the place of what is there, or forgets it. */
    private void store(int d, Bytes key, int other) {
        Item item = new Item();
        item.collection = ValueModel.of(Views.COLLECTIONS[random.nextInt(5)], limits, pool);
        item.expireAt = time();
        Value value = databases[other].detached(item.collection.type);
        int steps = random.nextInt(random.nextInt(5) == 0 ? pool : 20);
        for (int i = 0; i < steps; i++) {
            item.collection.change(random, value);
        }
        if (random.nextInt(4) == 0) {
            return;
        }
        databases[d].attach(key, value, item.expireAt, 3);
        if (item.collection.size() == 0) {
            models.get(d).remove(key);
        } else {
            models.get(d).put(key, item);
        }
        compare(d, key);
    }

    private long time() {
        return random.nextInt(3) == 0 ? Value.NEVER : 1_000_000 + random.nextInt(1_000_000);
    }

    private void putString(int d, Bytes key) {
        Item item = new Item();
        Bytes content = ValueModel.content(random);
        item.string = content.toByteArray();
        item.expireAt = time();
        databases[d].putString(key, content, item.expireAt, 1);
        models.get(d).put(key, item);
    }

    private void expire(int d, Bytes key) {
        long expireAt = time();
        Item item = models.get(d).get(key);
        assertEquals(item != null, databases[d].expire(key, expireAt));
        if (item != null) {
            item.expireAt = expireAt;
        }
    }

    /** What is due goes, the earliest first. */
    private void removeExpired(int d) {
        long now = 1_000_000 + random.nextInt(200_000);
        Bytes key = new Bytes();
        while (databases[d].firstExpired(now, key)) {
            Bytes name = key.copy();
            Item item = models.get(d).remove(name);
            assertEquals(item.expireAt, databases[d].find(name).expireAt());
            databases[d].remove(name);
        }
        models.get(d).values().forEach(item -> assertTrue(item.expireAt == Value.NEVER || item.expireAt > now));
    }

    private void transfer(int d, Bytes key, int t, Bytes newKey) {
        boolean same = d == t && key.equals(newKey);
        Item item = models.get(d).get(key);
        if (random.nextBoolean()) {
            assertEquals(item != null, databases[d].move(key, databases[t], newKey));
            if (item != null) {
                models.get(d).remove(key);
                models.get(t).put(newKey, item);
            }
        } else if (!same) {
            assertEquals(item != null, databases[d].copy(key, databases[t], newKey));
            if (item != null) {
                Item copy = new Item();
                copy.expireAt = item.expireAt;
                copy.string = item.string;
                copy.collection = item.collection == null ? null : item.collection.duplicate();
                models.get(t).put(newKey, copy);
            }
        }
        compare(d, key);
        compare(t, newKey);
    }

    private void compare(int d, Bytes key) {
        Item item = models.get(d).get(key);
        Value value = databases[d].find(key);
        if (item == null) {
            assertNull(value, () -> "there is nothing under " + Samples.describe(key));
        } else {
            assertNotNull(value, () -> "lost: " + Samples.describe(key));
            compare(item, value);
        }
    }

    private void compare(Item item, Value value) {
        assertEquals(item.expireAt, value.expireAt());
        if (item.collection == null) {
            Samples.assertContent(item.string, (StringValue) value);
        } else {
            item.collection.compare(random, value);
        }
    }

    void compareAll() {
        for (int d = 0; d < databases.length; d++) {
            Map<Bytes, Item> model = models.get(d);
            Set<Bytes> seen = new HashSet<>();
            long cursor = 0;
            do {
                cursor = databases[d].scan(cursor, 500, (key, value) -> {
                    Item item = model.get(key);
                    assertNotNull(item, () -> "should not be there: " + Samples.describe(key));
                    assertEquals(item.collection == null ? Type.STRING : item.collection.type, value.type());
                    seen.add(key.copy());
                });
            } while (cursor != 0);
            assertEquals(model.keySet(), seen);
            for (Bytes key : model.keySet()) {
                compare(d, key);
                keyspace.endCall();
            }
            long[] times = model.values().stream().mapToLong(item -> item.expireAt)
                    .filter(time -> time != Value.NEVER).sorted().toArray();
            assertEquals(times.length, databases[d].expires());
            assertEquals(times.length == 0 ? Value.NEVER : times[0], databases[d].nextExpiry());
        }
    }

    /** Removes everything, each key in one of several ways. */
    void removeAll() {
        for (int d = 0; d < databases.length; d++) {
            for (Bytes key : List.copyOf(models.get(d).keySet())) {
                Item item = models.get(d).get(key);
                Value value = databases[d].find(key);
                int way = random.nextInt(4);
                if (way == 0 && item.collection != null) {
                    while (databases[d].find(key) != null && Views.size(value) > 0) {
                        item.collection.removeAt(random.nextDouble(), value);
                    }
                } else if (way == 1) {
                    databases[d].putString(key, Bytes.of("v"), Value.NEVER, 0);
                } else if (way == 2) {
                    databases[d].attach(key, databases[d].detached(Type.HASH), Value.NEVER, 0);
                }
                if (way < 3 || d % 2 == 0) {
                    databases[d].remove(key);
                    models.get(d).remove(key);
                }
                keyspace.endCall();
            }
            databases[d].clear();
            models.get(d).clear();
            Samples.assertEmpty(databases[d]);
            keyspace.endCall();
        }
    }
}
