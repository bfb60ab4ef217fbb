package io.releve.contracts;

import static io.releve.contracts.Samples.put;
import static io.releve.contracts.Samples.random;
import static io.releve.contracts.Samples.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.releve.bytes.Bytes;
import io.releve.keyspace.Database;
import io.releve.keyspace.Keyspace;
import io.releve.keyspace.StringValue;
import io.releve.keyspace.Value;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What a keyspace promises to who loads data. */
interface LoadContract {
    /** A fresh keyspace with 16 databases. */
    Keyspace keyspace();

    @Test
    default void whatIsLoadedIsThereAsIfItHadBeenPut() {
        int keys = 200_000;
        Random random = new Random(47);
        byte[][] contents = new byte[keys][];
        Database loaded = keyspace().database(3);
        Database other = keyspace().database(4);
        for (int i = 0; i < keys; i++) {
            int length = i % 1000 == 0 ? 5000 : random.nextInt(60);
            Bytes content = i % 7 == 0 ? text("" + random.nextInt()) : random(random, length);
            contents[i] = content.toByteArray();
            assertTrue(loaded.load(name(i), content, expireAt(i), i & 0xffffff));
            if (i % 5000 == 0) {
                loaded.expect(2L * i);
                assertTrue(other.load(name(i), content, Value.NEVER, 0));
            }
        }
        assertTrue(loaded.loaded());
        assertTrue(loaded.loaded());
        assertTrue(other.loaded());
        assertEquals(keys, loaded.size());
        assertEquals(keys / 2, loaded.expires());
        assertEquals(keys / 5000, other.size());
        assertEquals(1_001, loaded.nextExpiry());
        for (int i = 0; i < keys; i++) {
            Value value = loaded.find(name(i));
            Samples.assertContent(contents[i], (StringValue) value);
            assertEquals(expireAt(i), value.expireAt());
            assertEquals(i & 0xffffff, value.access());
        }
    }

    private static long expireAt(int number) {
        return number % 2 == 0 ? Value.NEVER : 1000 + number;
    }

    /** Every hundredth is longer than others. */
    private static Bytes name(int number) {
        return text(number % 100 == 0 ? "a key with a number ".repeat(30) + number : "k" + number);
    }

    @Test
    default void aKeyThatIsThereIsNoticed() {
        Database database = keyspace().database(0);
        put(database, "there", "1");
        boolean isNew = database.load(text("there"), text("2"), Value.NEVER, 0);
        assertFalse(isNew & database.loaded());
        assertEquals(1, database.size());
        isNew = database.load(text("twice"), text("1"), Value.NEVER, 0);
        isNew &= database.load(text("twice"), text("2"), Value.NEVER, 0);
        assertFalse(isNew & database.loaded());
        assertEquals(2, database.size());
        assertTrue(database.load(text("third"), text("3"), Value.NEVER, 0) & database.loaded());
        assertEquals(3, database.size());
    }

    @Test
    default void aDatabaseThatIsClearedForgetsWhatIsBeingLoaded() {
        Database database = keyspace().database(0);
        assertTrue(database.load(text("a"), text("1"), Value.NEVER, 0));
        database.clear();
        assertTrue(database.load(text("b"), text("2"), Value.NEVER, 0));
        assertTrue(database.loaded());
        assertNull(database.find(text("a")));
        assertEquals(1, database.size());
        assertTrue(database.load(text("c"), text("3"), Value.NEVER, 0));
    }
}
