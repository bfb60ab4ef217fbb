package io.releve.keyspace.chronicle.extent;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.releve.keyspace.Keyspace.FullException;
import io.releve.keyspace.chronicle.memory.Memory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PageAllocatorTest {
    @TempDir
    Path folder;
    private final ExecutorService background = Executors.newSingleThreadExecutor();
    private PageAllocator pages;

    @BeforeEach
    void open() throws IOException {
        pages = new PageAllocator(folder, background);
        pages.start();
    }

    @AfterEach
    void close() {
        pages.close();
        background.shutdown();
    }

    @Test
    void pagesNeverOverlapAndAllComeBack() {
        Random random = new Random(2);
        TreeMap<Long, Integer> live = new TreeMap<>();
        List<Long> order = new ArrayList<>();
        long asked = 0;
        for (int i = 0; i < 200_000; i++) {
            if (random.nextInt(100) < (i / 25_000 % 2 == 0 ? 60 : 40) || order.isEmpty()) {
                int size = random.nextInt(50) == 0 ? random.nextInt(200_000) : 1 + random.nextInt(3_000);
                long page = pages.allocate(size, PageAllocator.TYPE_CONTENT);
                int whole = pages.capacity(page) + PageAllocator.HEADER;
                assertTrue(whole >= size + PageAllocator.HEADER && whole < size + PageAllocator.HEADER + 80);
                Map.Entry<Long, Integer> before = live.lowerEntry(page);
                assertTrue(before == null || before.getKey() + before.getValue() <= page);
                Long after = live.ceilingKey(page);
                assertTrue(after == null || page + whole <= after);
                assertEquals(page >>> Extents.BITS, page + whole - 1 >>> Extents.BITS);
                Memory.putLong(pages.content(page), page);
                live.put(page, whole);
                order.add(page);
                asked += whole;
            } else {
                int victim = random.nextInt(order.size());
                long page = order.set(victim, order.get(order.size() - 1));
                order.remove(order.size() - 1);
                assertEquals(page, Memory.getLong(pages.content(page)));
                pages.free(page);
                asked -= live.remove(page);
            }
            assertEquals(asked, pages.usedBytes());
        }
        order.forEach(pages::free);
        assertEquals(0, pages.usedBytes());
        AllocatorState state = pages.state();
        assertEquals(state.blocks(), state.wholeBlocks());
        assertThrows(IllegalStateException.class, () -> pages.free(order.get(0)));
    }

    @Test
    void survivesReopening() throws IOException {
        Random random = new Random(3);
        List<Long> live = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            long page = pages.allocate(8 + random.nextInt(2_000), PageAllocator.TYPE_CONTENT);
            Memory.putLong(pages.content(page), ~page);
            live.add(page);
            if (i % 3 == 0) {
                pages.free(live.remove(random.nextInt(live.size())));
            }
        }
        AllocatorState state = pages.state();
        pages.close();
        pages = new PageAllocator(folder, background);
        pages.open(state);
        for (long page : live) {
            assertEquals(~page, Memory.getLong(pages.content(page)));
            pages.free(page);
        }
        assertEquals(0, pages.usedBytes());
        assertEquals(pages.state().blocks(), pages.state().wholeBlocks());
    }

    @Test
    void aFullDiskIsAnAnswerAndIsTriedAgain() throws Exception {
        // the next file cannot be made while something stands in its place
        Path obstacle = Files.createDirectories(folder.resolve("extents-1.map.new/obstacle"));
        List<Long> live = new ArrayList<>();
        assertThrows(FullException.class, () -> {
            while (true) {
                live.add(pages.allocate(100_000, PageAllocator.TYPE_CONTENT));
            }
        });
        assertTrue(live.size() > 50, "got " + live.size());
        pages.ensureReserve();
        pages.allocateReserved(4_000, PageAllocator.TYPE_EXPIRY);
        Files.delete(obstacle);
        Files.delete(obstacle.getParent());
        Thread.sleep(1_100);
        pages.allocate(100_000, PageAllocator.TYPE_CONTENT);
    }

    @Test
    void contentsGrowAcrossBlocks() {
        Random random = new Random(4);
        Contents contents = new Contents(pages);
        byte[] model = new byte[8_000_000];
        random.nextBytes(model);
        int length = 10;
        long reference = contents.allocate(length);
        contents.write(reference, 0, model, 0, length);
        while (length < 6_000_000) {
            int added = 1 + random.nextInt(length > 900_000 ? 700_000 : length);
            reference = contents.grow(reference, length, length + added);
            assertTrue(contents.capacity(reference) >= length + added);
            contents.write(reference, length, model, length, added);
            length += added;
            int from = random.nextInt(length);
            byte[] part = new byte[random.nextInt(length - from)];
            contents.read(reference, from, part, 0, part.length);
            assertArrayEquals(java.util.Arrays.copyOfRange(model, from, from + part.length), part);
            assertEquals(model[from] & 0xff, contents.byteAt(reference, from));
        }
        assertTrue(contents.isIndexed(reference));
        long copy = contents.copy(reference, length);
        contents.zero(reference, 1_000_000, 3_000_000);
        byte[] whole = new byte[length];
        contents.read(copy, 0, whole, 0, length);
        assertArrayEquals(java.util.Arrays.copyOf(model, length), whole);
        contents.read(reference, 0, whole, 0, length);
        java.util.Arrays.fill(model, 1_000_000, 4_000_000, (byte) 0);
        assertArrayEquals(java.util.Arrays.copyOf(model, length), whole);
        contents.free(copy);
        contents.free(reference);
        assertEquals(0, pages.usedBytes());
    }
}
