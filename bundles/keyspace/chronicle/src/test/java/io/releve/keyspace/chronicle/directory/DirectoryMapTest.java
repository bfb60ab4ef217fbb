package io.releve.keyspace.chronicle.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.releve.chronicle.format.v1.Slice;
import io.releve.keyspace.chronicle.file.MapFile;
import io.releve.keyspace.chronicle.memory.KeyHash;
import io.releve.keyspace.chronicle.memory.Memory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.openhft.chronicle.map.ChronicleMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DirectoryMapTest {
    private static final int SEGMENTS = 4;

    @TempDir
    Path folder;
    private final KeyHash hashing = new KeyHash(new Random(7).longs(4).toArray());
    private final long key = Memory.allocate(Directory.MAX_KEY);
    private final long record = Memory.allocate(Directory.MAX_RECORD);

    @AfterEach
    void free() {
        Memory.free(key);
        Memory.free(record);
    }

    /** Keys from 4 to 512 bytes. */
    private int key(int number) {
        int length = 4 + number % 18 * 508 / 17;
        Memory.zero(key, length);
        Memory.putInt(key, number);
        return length;
    }

    private int record(int number, int size) {
        Memory.zero(record, size);
        Memory.putLong(record + size - 8, number);
        return size;
    }

    private long find(DirectoryMap map, int number) {
        int length = key(number);
        return map.find(hashing.hash(null, key, length), null, key, length);
    }

    /** The entries lie apart, the bits of all their chunks are set and no others, and they are as many as is said. */
    private static void assertSound(DirectoryMap map) {
        for (int segment = 0; segment < SEGMENTS; segment++) {
            TreeMap<Long, Integer> ends = new TreeMap<>();
            map.visit(segment, entry -> ends.put(entry, DirectoryMap.chunks(Entry.size(entry))));
            assertEquals(map.entries(segment), ends.size());
            int sum = 0;
            long end = 0;
            for (Map.Entry<Long, Integer> each : ends.entrySet()) {
                assertTrue(each.getKey() >= end);
                end = each.getKey() + (long) each.getValue() * DirectoryMap.CHUNK;
                sum += each.getValue();
            }
            assertEquals(map.usedChunks(segment), sum);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 9, 10, 11})
    void chronicleFindsAndChangesWhatWasEnteredDirectly(int seed) throws IOException {
        Path file = folder.resolve("d.map");
        DirectoryMap map = DirectoryMap.create(file, SEGMENTS);
        Random random = new Random(seed);
        List<Integer> numbers = new ArrayList<>();
        for (int number = 0; number < 20_000; number++) {
            int length = key(number);
            long hash = hashing.hash(null, key, length);
            int size = record(number, 32 + random.nextInt(225));
            long entry = map.insert(hash, key, length, record, size);
            boolean hasRoom = entry != 0;
            assertEquals(entry, find(map, number));
            if (hasRoom) {
                numbers.add(number);
            }
            // gaps of all sizes, and entries that Chronicle moves
            if (!numbers.isEmpty() && random.nextInt(hasRoom ? 3 : 2) == 0) {
                int other = numbers.remove(random.nextInt(numbers.size()));
                long old = find(map, other);
                long otherHash = hashing.hash(null, key, key(other));
                if (map.hasRoom(map.segment(otherHash), 49) && random.nextBoolean()) {
                    map.replace(otherHash, key, key(other), record, record(other, 32 + random.nextInt(225)));
                    numbers.add(other);
                } else {
                    map.remove(otherHash, old);
                }
            }
            if (number % 500 == 0) {
                assertSound(map);
            }
        }
        assertSound(map);
        map.close();
        try (ChronicleMap<Slice, Slice> chronicle = MapFile.open(MapFile.builder("directory"), file)) {
            assertEquals(numbers.size(), chronicle.longSize());
            for (int number : numbers) {
                int length = key(number);
                Slice slice = new Slice();
                slice.set(key, length, hashing.hash(null, key, length));
                assertTrue(chronicle.containsKey(slice));
                chronicle.remove(slice);
            }
            assertEquals(0, chronicle.longSize());
        }
        DirectoryMap emptied = DirectoryMap.open(file, SEGMENTS);
        for (int segment = 0; segment < SEGMENTS; segment++) {
            assertEquals(0, emptied.entries(segment));
            assertEquals(0, emptied.usedChunks(segment));
        }
        int length = key(1);
        assertNotEquals(0, emptied.insert(hashing.hash(null, key, length), key, length, record, record(1, 64)));
        emptied.close();
    }
}
