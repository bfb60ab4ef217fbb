package io.releve.contracts;

import static io.releve.contracts.Samples.put;
import static io.releve.contracts.Samples.random;
import static io.releve.contracts.Samples.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.releve.bytes.Bytes;
import io.releve.keyspace.Database;
import io.releve.keyspace.Keyspace;
import io.releve.keyspace.StringValue;
import io.releve.keyspace.Value;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a keyspace promises about SCAN and random picks. */
interface ScanContract {
    /** A fresh keyspace with 16 databases. */
    Keyspace keyspace();

    /** Runs a whole scan with something done between its steps and returns what was seen. */
    private Set<String> scan(Database database, int count, Runnable between) {
        Set<String> seen = new HashSet<>();
        long cursor = 0;
        int steps = 0;
        do {
            cursor = database.scan(cursor, count, (key, value) -> seen.add(key.latin1()));
            between.run();
            assertTrue(++steps < 1_000_000, "the scan has no end");
        } while (cursor != 0);
        return seen;
    }

    @Test
    default void aQuietScanSeesEveryKeyWithItsValue() {
        Database database = keyspace().database(0);
        for (int size : new int[] {0, 1, 10, 1000, 20_000}) {
            for (int i = (int) database.size(); i < size; i++) {
                put(database, "key:" + i, "value of " + i, i % 2 == 0 ? 1_000_000L + i : Value.NEVER);
            }
            for (int count : new int[] {1, 10, 100, 100_000}) {
                if (count == 1 && size > 1000) {
                    continue;
                }
                assertEquals(size, scan(database, count, () -> { }).size());
            }
        }
        Map<String, String> seen = new HashMap<>();
        long cursor = 0;
        do {
            cursor = database.scan(cursor, 10, (key, value) -> {
                StringValue string = assertInstanceOf(StringValue.class, value);
                seen.put(key.latin1(), new Bytes(string.toByteArray()).latin1());
                int number = Integer.parseInt(key.latin1().substring(4));
                assertEquals(number % 2 == 0 ? 1_000_000L + number : Value.NEVER, value.expireAt());
            });
        } while (cursor != 0);
        assertEquals(20_000, seen.size());
        seen.forEach((key, value) -> assertEquals("value of " + key.substring(4), value));
    }

    @Test
    default void aStepIsBounded() {
        Database database = keyspace().database(0);
        for (int i = 0; i < 50_000; i++) {
            put(database, "key:" + i, "v");
        }
        long cursor = 0;
        int[] visited = new int[1];
        do {
            visited[0] = 0;
            cursor = database.scan(cursor, 10, (key, value) -> visited[0]++);
            assertTrue(visited[0] <= 5000, () -> visited[0] + " keys in a step of 10");
        } while (cursor != 0);
        cursor = database.scan(0, 10_000, (key, value) -> visited[0]++);
        assertTrue(visited[0] >= 1000, () -> "only " + visited[0] + " keys in a step of 10,000");
    }

    @Test
    default void keysThatStayAreSeenWhileTheDatabaseGrows() {
        Database database = keyspace().database(0);
        Set<String> stable = new HashSet<>();
        for (int i = 0; i < 3000; i++) {
            put(database, "stable:" + i, "v");
            stable.add("stable:" + i);
        }
        int[] next = new int[1];
        Set<String> seen = scan(database, 20, () -> {
            for (int i = 0; i < 500 && next[0] < 200_000; i++) {
                put(database, "more:" + next[0]++, "w");
            }
            Samples.step(keyspace());
        });
        assertTrue(next[0] >= 500, "it grew");
        assertTrue(seen.containsAll(stable), "a key was missed");
    }

    @Test
    default void keysThatStayAreSeenWhileTheDatabaseShrinks() {
        Database database = keyspace().database(0);
        Set<String> stable = new HashSet<>();
        for (int i = 0; i < 100_000; i++) {
            put(database, "going:" + i, "w");
            if (i % 50 == 0) {
                put(database, "stable:" + i, "v");
                stable.add("stable:" + i);
            }
        }
        int[] next = new int[1];
        Set<String> seen = scan(database, 20, () -> {
            for (int i = 0; i < 1000 && next[0] < 100_000; i++) {
                assertTrue(database.remove(text("going:" + next[0]++)));
            }
            Samples.step(keyspace());
        });
        assertTrue(seen.containsAll(stable), "a key was missed");
    }

    @Test
    default void keysThatStayAreSeenInAnyTurmoil() {
        Random random = new Random(31);
        for (int round = 0; round < 8; round++) {
            Database database = keyspace().database(round);
            Set<String> stable = new HashSet<>();
            for (int i = 0; i < 1000; i++) {
                put(database, "stable:" + i, "v");
                stable.add("stable:" + i);
            }
            int[] size = new int[1];
            int[] target = new int[1];
            Set<String> seen = scan(database, 1 + random.nextInt(30), () -> {
                if (size[0] == target[0]) {
                    target[0] = random.nextInt(4) == 0 ? 0 : random.nextInt(20_000);
                }
                int steps = random.nextInt(6000);
                for (int i = 0; i < steps && size[0] != target[0]; i++) {
                    if (size[0] < target[0]) {
                        put(database, "x:" + size[0]++, "w");
                    } else {
                        database.remove(text("x:" + --size[0]));
                    }
                }
                int changed = random.nextInt(1000);
                database.putString(text("stable:" + changed), random(random, random.nextInt(400)), Value.NEVER, 0);
                Samples.step(keyspace());
            });
            assertTrue(seen.containsAll(stable), "a key was missed");
        }
    }

    @Test
    default void anyNumberIsACursor() {
        Random random = new Random(32);
        Database database = keyspace().database(0);
        for (int i = 0; i < 5000; i++) {
            put(database, "key:" + i, "v");
        }
        long[] odd = {1, -1, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 32, 1L << 48, 0xffffffffL, 5000, 4096};
        for (int i = 0; i < 200; i++) {
            long cursor = i < odd.length ? odd[i] : random.nextLong();
            for (int steps = 0; (cursor = database.scan(cursor, 1000, (key, value) -> { })) != 0; steps++) {
                assertTrue(steps < 10_000, "the scan has no end");
            }
        }
    }

    @Test
    default void randomKeysReachEveryKey() {
        Random random = new Random(33);
        Database database = keyspace().database(0);
        Bytes key = new Bytes();
        assertFalse(database.randomKey(random, key));
        put(database, "only", "v");
        assertTrue(database.randomKey(random, key));
        assertEquals("only", key.latin1());
        for (int i = 0; i < 99; i++) {
            put(database, "key:" + i, "v");
        }
        Map<String, Integer> hits = new HashMap<>();
        for (int i = 0; i < 100 * 200; i++) {
            assertTrue(database.randomKey(random, key));
            hits.merge(key.latin1(), 1, Integer::sum);
        }
        assertEquals(100, hits.size(), "some key is never picked");
        hits.forEach((name, count) -> assertTrue(count < 200 * 10, () -> name + " is picked too often: " + count));
        for (int i = 0; i < 99; i++) {
            assertTrue(database.remove(text("key:" + i)));
        }
        assertTrue(database.randomKey(random, key));
        assertEquals("only", key.latin1());
        assertTrue(database.remove(key));
        assertFalse(database.randomKey(random, key));
    }

    @Test
    default void aRandomKeyIsFoundAmongVeryFew() {
        Random random = new Random(34);
        Database database = keyspace().database(0);
        for (int i = 0; i < 50_000; i++) {
            put(database, "key:" + i, "v");
        }
        for (int i = 0; i < 50_000; i++) {
            if (i % 10_000 != 7) {
                assertTrue(database.remove(text("key:" + i)));
            }
        }
        Set<String> seen = new HashSet<>();
        Bytes key = new Bytes();
        for (int i = 0; i < 500; i++) {
            assertTrue(database.randomKey(random, key));
            seen.add(key.latin1());
        }
        assertEquals(5, seen.size());
    }

    @Test
    default void randomVolatileKeysHaveAnExpiryTime() {
        Random random = new Random(35);
        Database database = keyspace().database(0);
        Bytes key = new Bytes();
        for (int i = 0; i < 1000; i++) {
            put(database, "key:" + i, "v");
        }
        assertFalse(database.randomVolatileKey(random, key));
        for (int i = 0; i < 20; i++) {
            assertTrue(database.expire(text("key:" + i), 1000 + i));
        }
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 4000; i++) {
            assertTrue(database.randomVolatileKey(random, key));
            seen.add(key.latin1());
            assertTrue(database.find(key).expireAt() >= 1000);
        }
        assertEquals(20, seen.size());
    }
}
