package io.releve.contracts;

import static io.releve.contracts.Samples.assertEmpty;
import static io.releve.contracts.Samples.assertText;
import static io.releve.contracts.Samples.put;
import static io.releve.contracts.Samples.string;
import static io.releve.contracts.Samples.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.releve.bytes.Bytes;
import io.releve.keyspace.Database;
import io.releve.keyspace.Keyspace;
import io.releve.keyspace.Value;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What a keyspace promises about expiry times. */
interface ExpiryContract {
    /** A fresh keyspace with 16 databases. */
    Keyspace keyspace();

    @Test
    default void expiryIsSetChangedAndCleared() {
        Database database = keyspace().database(0);
        put(database, "k", "v");
        assertEquals(Value.NEVER, string(database, "k").expireAt());
        assertEquals(0, database.expires());
        assertTrue(database.expire(text("k"), 1000));
        assertEquals(1000, string(database, "k").expireAt());
        assertEquals(1, database.expires());
        assertEquals(1000, database.nextExpiry());
        assertTrue(database.expire(text("k"), 2000));
        assertTrue(database.expire(text("k"), 2000));
        assertEquals(2000, database.nextExpiry());
        assertEquals(1, database.expires());
        assertTrue(database.expire(text("k"), Value.NEVER));
        assertTrue(database.expire(text("k"), Value.NEVER));
        assertEquals(Value.NEVER, string(database, "k").expireAt());
        assertEquals(Value.NEVER, database.nextExpiry());
        assertEquals(0, database.expires());
        assertText("v", database, "k");
        assertFalse(database.expire(text("none"), 1000));
        assertEquals(0, database.expires());
    }

    @Test
    default void putReplacesTheExpiryAndChangesInPlaceKeepIt() {
        Database database = keyspace().database(0);
        put(database, "k", "v", 500);
        put(database, "k", "w", 700);
        assertEquals(700, string(database, "k").expireAt());
        assertEquals(1, database.expires());
        string(database, "k").assign(text("x".repeat(9000)));
        string(database, "k").append(text("y"));
        string(database, "k").write(3, text("z"));
        string(database, "k").integer(5);
        assertEquals(700, string(database, "k").expireAt());
        assertEquals(700, database.nextExpiry());
        put(database, "k", "v");
        assertEquals(Value.NEVER, string(database, "k").expireAt());
        assertEquals(0, database.expires());
        assertEquals(Value.NEVER, database.nextExpiry());
    }

    @Test
    default void extremeTimesAreKept() {
        Database database = keyspace().database(0);
        long[] times = {Long.MAX_VALUE, 1, 0, 4_102_444_800_000L, 1L << 52, Long.MAX_VALUE - 1, 281_474_976_710_656L};
        for (int i = 0; i < times.length; i++) {
            put(database, "k" + i, "v", times[i]);
        }
        for (int i = 0; i < times.length; i++) {
            assertEquals(times[i], string(database, "k" + i).expireAt());
        }
        assertEquals(0, database.nextExpiry());
        Bytes key = new Bytes();
        long last = -1;
        for (int i = 0; i < times.length; i++) {
            assertTrue(database.firstExpired(Long.MAX_VALUE, key));
            long time = string(database, key).expireAt();
            assertTrue(time >= last);
            last = time;
            assertTrue(database.remove(key));
        }
        assertEmpty(database);
    }

    @Test
    default void expiredKeysStayUntilRemoved() {
        Database database = keyspace().database(0);
        put(database, "k", "v", 1);
        assertNotNull(database.find(text("k")));
        assertEquals(1, database.size());
        assertTrue(database.remove(text("k")));
        assertEmpty(database);
    }

    @Test
    default void theFirstToExpireIsFoundInOrder() {
        Random random = new Random(11);
        Database database = keyspace().database(3);
        Map<String, Long> times = new HashMap<>();
        for (int i = 0; i < 20_000; i++) {
            String key = "k" + random.nextInt(6000);
            int what = random.nextInt(10);
            if (what < 6) {
                long time = 1000 + random.nextInt(3000);
                put(database, key, "v" + i, time);
                times.put(key, time);
            } else if (what < 8 && times.containsKey(key)) {
                long time = random.nextInt(4) == 0 ? Value.NEVER : 1000 + random.nextInt(100_000);
                assertTrue(database.expire(text(key), time));
                times.put(key, time);
            } else {
                assertEquals(times.remove(key) != null, database.remove(text(key)));
            }
            if (i % 1000 == 0) {
                Samples.step(keyspace());
            }
        }
        times.values().removeIf(time -> time == Value.NEVER);
        assertEquals(times.size(), database.expires());
        Bytes key = new Bytes();
        for (long now = 0; !times.isEmpty(); now += 97) {
            long last = 0;
            while (database.firstExpired(now, key)) {
                long time = times.remove(key.latin1());
                assertTrue(time <= now, "not expired yet");
                assertTrue(time >= last, "not in order");
                assertEquals(time, database.nextExpiry());
                last = time;
                assertTrue(database.remove(key), "removed by the very view that was moved");
            }
            for (long time : times.values()) {
                assertTrue(time > now, "left out");
            }
        }
        assertEquals(0, database.expires());
        assertEquals(Value.NEVER, database.nextExpiry());
    }

    @Test
    default void manyKeysMayShareOneTime() {
        Database database = keyspace().database(0);
        for (int i = 0; i < 5000; i++) {
            put(database, "k" + i, "v", 777);
        }
        assertEquals(5000, database.expires());
        Bytes key = new Bytes();
        assertFalse(database.firstExpired(776, key));
        for (int i = 0; i < 5000; i++) {
            assertTrue(database.firstExpired(777, key));
            assertTrue(database.remove(key));
        }
        assertEmpty(database);
    }

    @Test
    default void theMeanRemainingLifeIsAbout() {
        Database database = keyspace().database(0);
        assertEquals(0, database.averageTtl(1_000_000));
        put(database, "eternal", "v");
        assertEquals(0, database.averageTtl(1_000_000));
        for (int i = 0; i < 1000; i++) {
            put(database, "k" + i, "v", 1_000_000 + 10_000);
        }
        long mean = database.averageTtl(1_000_000);
        assertTrue(mean > 5_000 && mean < 20_000, () -> "10,000 expected, about: " + mean);
    }
}
