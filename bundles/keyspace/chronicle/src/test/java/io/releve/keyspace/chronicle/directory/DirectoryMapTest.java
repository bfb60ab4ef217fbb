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
import java.util.Random;
import net.openhft.chronicle.map.ChronicleMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

    /** Keys from 1 to 300 bytes. */
    private int key(int number) {
        int length = 4 + number % 17 * 18;
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

    @Test
    void chronicleFindsAndChangesWhatWasEnteredDirectly() throws IOException {
        Path file = folder.resolve("d.map");
        DirectoryMap map = DirectoryMap.create(file, SEGMENTS);
        Random random = new Random(8);
        List<Integer> numbers = new ArrayList<>();
        for (int number = 0; number < 20_000; number++) {
            int length = key(number);
            long hash = hashing.hash(null, key, length);
            int size = record(number, 32 + random.nextInt(200));
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
                if (map.hasRoom(map.segment(otherHash), 40) && random.nextBoolean()) {
                    map.replace(otherHash, key, key(other), record, record(other, 40 + random.nextInt(200)));
                    numbers.add(other);
                } else {
                    map.remove(otherHash, old);
                }
            }
        }
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
