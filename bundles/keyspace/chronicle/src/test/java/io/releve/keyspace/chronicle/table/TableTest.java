package io.releve.keyspace.chronicle.table;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.releve.bytes.Bytes;
import io.releve.keyspace.chronicle.extent.Contents;
import io.releve.keyspace.chronicle.extent.PageAllocator;
import io.releve.keyspace.chronicle.extent.Unpacker;
import io.releve.keyspace.chronicle.memory.KeyHash;
import io.releve.keyspace.chronicle.memory.Memory;
import io.releve.keyspace.chronicle.memory.Packed;
import io.releve.keyspace.chronicle.memory.Scratch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableTest {
    @TempDir
    Path folder;
    private final ExecutorService background = Executors.newSingleThreadExecutor();
    private final KeyHash hashing = new KeyHash(new long[] {0x1234567, 0x9876543210L, -77, 0x5555aaaa1111L});
    private PageAllocator pages;
    private Contents contents;
    private Unpacker unpacker;
    private final Scratch bucket = new Scratch();

    @BeforeEach
    void open() throws IOException {
        pages = new PageAllocator(folder, background);
        pages.start();
        contents = new Contents(pages);
        unpacker = new Unpacker(contents);
    }

    @AfterEach
    void close() {
        pages.close();
        background.shutdown();
    }

    private Table table(int values) {
        Table table = new Table(pages, contents, hashing, values);
        table.at(pages.allocate(Table.ROOT, PageAllocator.TYPE_ROOT), 0).create();
        return table;
    }

    private static Bytes key(Random random, int range) {
        int number = random.nextInt(range);
        byte[] key = new byte[number % 97 == 0 ? 1000 + number % 3000 : number % 40];
        new Random(number).nextBytes(key);
        return new Bytes(key);
    }

    @Test
    void behavesLikeAMapAndGivesEverythingBack() {
        long empty = pages.usedBytes();
        Table table = table(Table.PACKED);
        Map<Bytes, byte[]> model = new HashMap<>();
        Random random = new Random(5);
        for (int i = 0; i < 150_000; i++) {
            int growing = i / 30_000 % 2 == 0 ? 70 : 20;
            Bytes key = key(random, 20_000);
            byte[] value = new byte[random.nextInt(200) == 0 ? random.nextInt(5000) : random.nextInt(30)];
            random.nextBytes(value);
            if (random.nextInt(100) < growing) {
                assertEquals(model.put(key, value) == null, table.put(key, new Bytes(value)));
            } else {
                assertEquals(model.remove(key) != null, table.remove(key));
            }
            Bytes other = key(random, 20_000);
            check(table, other, model.get(other));
            assertEquals(model.size(), table.size());
            if (i % 30_000 == 29_999) {
                verify(table, model);
            }
        }
        assertTrue(table.memory() > 0);
        Table copy = table(Table.PACKED);
        copy.copyOf(table);
        verify(copy, model);
        while (!copy.dismantle(10)) {
            verify(table, model.size());
        }
        for (Bytes key : model.keySet()) {
            assertTrue(table.remove(key));
        }
        assertEquals(0, table.size());
        assertEquals(1, table.buckets());
        while (!table.dismantle(3)) {
            assertFalse(table.buckets() > 1);
        }
        assertEquals(0, table.memory());
        assertEquals(2 * pages.capacity(pages.allocate(Table.ROOT, PageAllocator.TYPE_ROOT)) + 32, pages.usedBytes()
                - empty - pages.capacity(pages.allocate(Table.ROOT, PageAllocator.TYPE_ROOT)) - 16);
    }

    private void check(Table table, Bytes key, byte[] expected) {
        long cell = table.find(key);
        assertEquals(expected != null, cell != 0);
        if (expected != null) {
            Bytes value = new Bytes();
            unpacker.read(table.value(cell), value);
            assertArrayEquals(expected, value.toByteArray());
        }
    }

    private void verify(Table table, int size) {
        assertEquals(size, table.size());
    }

    private void verify(Table table, Map<Bytes, byte[]> model) {
        model.forEach((key, value) -> check(table, key, value));
        Set<Bytes> seen = new HashSet<>();
        for (long i = 0; i < table.buckets(); i++) {
            visit(table, i, seen);
        }
        assertEquals(model.keySet(), seen);
    }

    private int visit(Table table, long number, Set<Bytes> seen) {
        int count = table.load(number, bucket);
        int at = Table.FIRST_CELL;
        for (int i = 0; i < count; i++) {
            Bytes key = new Bytes();
            boolean outside = Packed.isOutside(bucket.array(), at);
            at = unpacker.read(bucket.array(), at, key) + (outside ? Table.HASH : 0);
            seen.add(key.copy());
            at = unpacker.read(bucket.array(), at, key);
        }
        return count;
    }

    @Test
    void memoryStaysCloseToWhatTheContentNeeds() {
        long before = pages.usedBytes();
        Table table = table(Table.FIXED);
        Random random = new Random(6);
        int members = 200_000;
        for (int i = 0; i < members; i++) {
            table.put(member(i), i);
        }
        double fresh = (pages.usedBytes() - before) / (double) members;
        assertEquals(pages.usedBytes() - before, table.memory() + pageSize(Table.ROOT), 1);
        assertTrue(fresh < (1 + 14 + 8) * 1.45, "bytes a member " + fresh);
        for (int i = 0; i < 3 * members; i++) {
            int victim = random.nextInt(members);
            table.remove(member(victim));
            if (random.nextInt(3) != 0) {
                table.put(member(victim), i);
            }
        }
        double mixed = (pages.usedBytes() - before) / (double) table.size();
        assertTrue(mixed < 1.3 * fresh, "fresh " + fresh + " mixed " + mixed);
    }

    private long pageSize(int content) {
        long page = pages.allocate(content, PageAllocator.TYPE_ROOT);
        long size = pages.capacity(page) + PageAllocator.HEADER;
        pages.free(page);
        return size;
    }

    private static Bytes member(int number) {
        return Bytes.of(String.format("member:%07d", number));
    }

    @Test
    void aScanMissesNothingThatStays() {
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            Table table = table(Table.NONE);
            Set<Bytes> staying = new HashSet<>();
            int size = 1 + random.nextInt(3000);
            for (int i = 0; i < size; i++) {
                table.add(member(i));
                staying.add(member(i));
            }
            Set<Bytes> seen = new HashSet<>();
            long cursor = 0;
            int at = size;
            int removed = size / 10;
            boolean grow = random.nextBoolean();
            do {
                long level = table.level();
                for (long i = cursor & level - 1; i < table.buckets(); i += level) {
                    int count = table.load(i, bucket);
                    int position = Table.FIRST_CELL;
                    for (int k = 0; k < count; k++) {
                        Bytes key = new Bytes();
                        position = unpacker.read(bucket.array(), position, key);
                        seen.add(key.copy());
                    }
                }
                cursor = table.after(cursor);
                for (int k = random.nextInt(60); k > 0; k--) {
                    if (grow) {
                        table.add(member(at++));
                    } else if (removed < size) {
                        table.remove(member(removed));
                        staying.remove(member(removed++));
                    }
                }
                grow ^= random.nextInt(200) == 0;
            } while (cursor != 0);
            staying.removeAll(seen);
            assertTrue(staying.isEmpty(), "seed " + seed + " missed " + staying);
        }
    }

    @Test
    void randomCellsAreUniform() {
        Table table = table(Table.FIXED);
        int members = 500;
        for (int i = 0; i < members; i++) {
            table.put(member(i), i);
        }
        Random random = new Random(8);
        int draws = 500_000;
        int[] hits = new int[members];
        for (int i = 0; i < draws; i++) {
            hits[(int) Memory.getLong(table.value(table.random(random)))]++;
        }
        double expected = draws / (double) members;
        double chi = Arrays.stream(hits).mapToDouble(hit -> (hit - expected) * (hit - expected) / expected).sum();
        // mean 499, standard deviation 32
        assertTrue(chi < 499 + 5 * 32, "chi-square " + chi);
        assertNotEquals(0, table.memory());
    }
}
