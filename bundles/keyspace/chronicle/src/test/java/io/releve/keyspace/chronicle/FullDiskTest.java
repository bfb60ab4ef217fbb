package io.releve.keyspace.chronicle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.releve.bytes.Bytes;
import io.releve.keyspace.Database;
import io.releve.keyspace.Keyspace;
import io.releve.keyspace.KeyspaceSettings;
import io.releve.keyspace.StringValue;
import io.releve.keyspace.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FullDiskTest {
    @TempDir
    Path folder;

    private record Expected(byte[] content, long expireAt) {
    }

    @Test
    void aRefusedChangeChangesNothing() throws IOException {
        Keyspace keyspace = new ChronicleKeyspaceProvider().open(new KeyspaceSettings(folder, 1, 0, true));
        // no file can be made where a directory that is not empty stands
        Files.createDirectories(folder.resolve("extents-1.map.new/obstacle"));
        Files.createDirectories(folder.resolve("directory-0-1.map.new/obstacle"));
        Database database = keyspace.database(0);
        Map<String, Expected> model = new HashMap<>();
        Random random = new Random(9);
        int refused = 0;
        for (int i = 0; i < 60_000; i++) {
            String name = (i % 50 == 0 ? "k".repeat(600) : "k") + random.nextInt(3_000);
            String other = "k" + random.nextInt(3_000);
            Bytes key = Bytes.of(name);
            int limit = random.nextInt(20) == 0 ? 400_000 : 3_000;
            byte[] content = new byte[random.nextInt(limit)];
            random.nextBytes(content);
            Expected old = model.get(name);
            StringValue value = (StringValue) database.find(key);
            assertEquals(old == null, value == null);
            try {
                switch (random.nextInt(6)) {
                    case 0, 1 -> {
                        long expireAt = random.nextBoolean() ? Value.NEVER : random.nextInt(1_000);
                        database.putString(key, new Bytes(content), expireAt, 0);
                        model.put(name, new Expected(content, expireAt));
                    }
                    case 2 -> {
                        if (value != null) {
                            byte[] longer = Arrays.copyOf(old.content, old.content.length + content.length);
                            System.arraycopy(content, 0, longer, old.content.length, content.length);
                            value.append(new Bytes(content));
                            model.put(name, new Expected(longer, old.expireAt));
                        }
                    }
                    case 3 -> {
                        database.copy(key, database, Bytes.of(other));
                        if (old != null) {
                            model.put(other, old);
                        }
                    }
                    case 4 -> {
                        database.move(key, database, Bytes.of(other));
                        if (old != null) {
                            model.remove(name);
                            model.put(other, old);
                        }
                    }
                    default -> {
                        if (random.nextInt(4) == 0) {
                            assertEquals(old != null, database.remove(key));
                            model.remove(name);
                        }
                    }
                }
            } catch (Keyspace.FullException e) {
                assertTrue(e.getMessage().startsWith("OOM "), e.getMessage());
                refused++;
            }
            check(database, name, model.get(name));
            check(database, other, model.get(other));
        }
        assertTrue(refused > 100, "refused " + refused);
        model.forEach((name, expected) -> check(database, name, expected));
        assertEquals(model.size(), database.size());
        assertEquals(model.values().stream().filter(each -> each.expireAt != Value.NEVER).count(), database.expires());
        for (String name : model.keySet()) {
            assertTrue(database.remove(Bytes.of(name)));
        }
        assertEquals(0, keyspace.usedMemory());
        // give the directory to the clean-up of the test
        keyspace.close(true);
    }

    private static void check(Database database, String name, Expected expected) {
        Value value = database.find(Bytes.of(name));
        assertEquals(expected == null, value == null);
        if (expected != null) {
            assertArrayEquals(expected.content, ((StringValue) value).toByteArray());
            assertEquals(expected.expireAt, value.expireAt());
        }
    }
}
