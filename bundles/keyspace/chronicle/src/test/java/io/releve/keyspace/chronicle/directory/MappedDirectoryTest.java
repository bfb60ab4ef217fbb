package io.releve.keyspace.chronicle.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.releve.keyspace.Keyspace.FullException;
import io.releve.keyspace.chronicle.memory.KeyHash;
import io.releve.keyspace.chronicle.memory.Memory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MappedDirectoryTest {
    @TempDir
    Path folder;
    private final ExecutorService background = Executors.newSingleThreadExecutor();
    private final KeyHash hashing = new KeyHash(new Random(5).longs(4).toArray());
    private final long key = Memory.allocate(Directory.MAX_KEY);
    private final long record = Memory.allocate(Directory.MAX_RECORD);
    private MappedDirectory directory;

    @BeforeEach
    void open() throws IOException {
        directory = MappedDirectory.create(folder, "d", hashing, background);
    }

    @AfterEach
    void close() {
        directory.close();
        background.shutdown();
        Memory.free(key);
        Memory.free(record);
    }

    private long find(String name) {
        byte[] bytes = name.getBytes();
        return directory.find(hash(bytes), bytes, Memory.ARRAY, bytes.length);
    }

    private long hash(byte[] bytes) {
        return hashing.hash(bytes, Memory.ARRAY, bytes.length);
    }

    private void put(String name, int size, long mark) {
        byte[] bytes = name.getBytes();
        Memory.copy(bytes, 0, key, bytes.length);
        Record.initialize(record, 0, 0, mark);
        Memory.putLong(record + size - 8, mark);
        long entry = directory.put(hash(bytes), find(name), key, bytes.length, record, size);
        assertEquals(mark, Record.expireAt(Entry.record(entry)));
    }

    @Test
    void agreesWithAHashMapThroughThreeGrowths() throws IOException {
        Random random = new Random(6);
        Map<String, Long> model = new HashMap<>();
        Map<String, Integer> sizes = new HashMap<>();
        List<String> known = new ArrayList<>();
        for (int i = 0; i < 600_000; i++) {
            int dice = random.nextInt(10);
            if (dice < 6 || known.isEmpty()) {
                String name = "key:" + random.nextInt(1 << 30);
                int size = 32 + random.nextInt(random.nextInt(8) == 0 ? 224 : 40);
                put(name, size, i);
                if (model.put(name, (long) i) == null) {
                    known.add(name);
                }
                sizes.put(name, size);
            } else if (dice < 8) {
                String name = known.get(random.nextInt(known.size()));
                int size = 32 + random.nextInt(224);
                put(name, size, i);
                model.put(name, (long) i);
                sizes.put(name, size);
            } else {
                int victim = random.nextInt(known.size());
                String name = known.set(victim, known.get(known.size() - 1));
                known.remove(known.size() - 1);
                directory.remove(hash(name.getBytes()), find(name));
                model.remove(name);
                assertEquals(0, find(name));
            }
            if (i % 100 == 0) {
                directory.maintain(System.nanoTime() + 20_000);
                assertEquals(0, find("absent:" + i));
            }
            if (i % 200_000 == 199_999) {
                DirectoryState state = directory.state();
                directory.close();
                directory = MappedDirectory.open(folder, state, hashing, background);
            }
        }
        assertTrue(directory.state().segments() >= 4 * MappedDirectory.FIRST_SEGMENTS);
        assertEquals(model.size(), directory.size());
        long bytes = 0;
        for (Map.Entry<String, Long> each : model.entrySet()) {
            long entry = find(each.getKey());
            assertNotEquals(0, entry, each.getKey());
            long at = Entry.record(entry);
            assertEquals(each.getValue(), Record.expireAt(at));
            assertEquals(sizes.get(each.getKey()), Entry.recordSize(entry));
            assertEquals(each.getValue(), Memory.getLong(at + Entry.recordSize(entry) - 8));
            assertEquals(entry, directory.find(hash(each.getKey().getBytes()), each.getValue()));
            bytes += directory.usedBytes(entry);
        }
        assertEquals(bytes, directory.usedBytes());
    }

    @Test
    void scanMeetsEveryPermanentKeyThroughGrowth() {
        Random random = new Random(7);
        for (int i = 0; i < 40_000; i++) {
            put("stays:" + i, 88, i);
        }
        int segments = directory.state().segments();
        Set<String> seen = new HashSet<>();
        byte[] name = new byte[64];
        long cursor = 0;
        int added = 0;
        do {
            cursor = directory.scan(cursor, 1_000, entry -> {
                Memory.copy(Entry.key(entry), name, 0, Entry.keyLength(entry));
                seen.add(new String(name, 0, Entry.keyLength(entry)));
            });
            for (int i = 0; i < 2_000; i++) {
                put("comes:" + added++, 88, i);
            }
            directory.maintain(System.nanoTime() + random.nextInt(200_000));
        } while (cursor != 0 && added < 1_000_000);
        assertEquals(0, cursor);
        assertTrue(directory.state().segments() > segments);
        for (int i = 0; i < 40_000; i++) {
            assertTrue(seen.contains("stays:" + i), "missing " + i);
        }
        // any number is a cursor
        for (long any : new long[] {-1, Long.MIN_VALUE, 1L << 62, 12_345_678_901L}) {
            directory.scan(any, 10, entry -> { });
        }
    }

    @Test
    void growsAtOnceToWhatIsExpectedAndGoesOnAfterARestart() throws IOException {
        int keys = 120_000;
        directory.expect(8L * keys);
        int stored = 0;
        while (directory.state().moved() == null && stored < keys) {
            byte[] name = ("key:" + stored).getBytes();
            directory.expectHash(hash(name));
            put("key:" + stored, 88, stored++);
        }
        directory.maintain(System.nanoTime() + 1_000);
        DirectoryState state = directory.state();
        assertEquals(MappedDirectory.FIRST_SEGMENTS, state.segments());
        directory.close();
        directory = MappedDirectory.open(folder, state, hashing, background);
        Random random = new Random(9);
        byte[] name = new byte[64];
        Set<String> seen = new HashSet<>();
        long cursor = 0;
        do {
            cursor = directory.scan(cursor, 100, entry -> {
                Memory.copy(Entry.key(entry), name, 0, Entry.keyLength(entry));
                assertTrue(seen.add(new String(name, 0, Entry.keyLength(entry))));
            });
            assertNotEquals(0, directory.random(random));
        } while (cursor != 0);
        assertEquals(stored, seen.size());
        while (stored < keys) {
            put("key:" + stored, 88, stored++);
        }
        while (directory.maintain(System.nanoTime() + 1_000_000)) {
            continue;
        }
        assertTrue(directory.state().segments() >= 8 * MappedDirectory.FIRST_SEGMENTS);
        for (int i = 0; i < keys; i++) {
            assertNotEquals(0, find("key:" + i));
        }
    }

    @Test
    void refusesWhatTheDiskHasNoRoomForAndLosesNothing() throws Exception {
        Path obstacle = Files.createDirectories(folder.resolve("d-1.map.new/obstacle"));
        int[] stored = {0};
        assertThrows(FullException.class, () -> {
            while (true) {
                put("key:" + stored[0], 88, stored[0]);
                stored[0]++;
            }
        });
        assertTrue(stored[0] > 50_000, "stored " + stored[0]);
        assertEquals(stored[0], directory.size());
        // growing records must not lose them either
        int refused = 0;
        for (int i = 0; i < stored[0]; i++) {
            try {
                put("key:" + i, 240, i);
            } catch (FullException e) {
                refused++;
            }
        }
        assertTrue(refused > 0);
        for (int i = 0; i < stored[0]; i++) {
            assertEquals(i, Record.expireAt(Entry.record(find("key:" + i))));
        }
        Files.delete(obstacle);
        Files.delete(obstacle.getParent());
        Thread.sleep(1_100);
        for (int i = 0; i < 2 * stored[0]; i++) {
            put("key:" + i, 88, i);
        }
        for (int i = 0; i < 2 * stored[0]; i++) {
            assertEquals(i, Record.expireAt(Entry.record(find("key:" + i))));
        }
    }

    @Test
    void randomPicksAllKeys() {
        for (int i = 0; i < 200; i++) {
            put("key:" + i, 88, i);
        }
        int[] picked = new int[200];
        Random random = new Random(8);
        for (int i = 0; i < 40_000; i++) {
            picked[(int) Record.expireAt(Entry.record(directory.random(random)))]++;
        }
        for (int count : picked) {
            assertTrue(count > 120 && count < 300, "picked " + count);
        }
    }
}
