package io.releve.keyspace.chronicle.expiry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.releve.keyspace.chronicle.extent.PageAllocator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExpiryIndexTest {
    private record Pair(long time, long hash) implements Comparable<Pair> {
        private static final Comparator<Pair> ORDER =
                Comparator.comparingLong(Pair::time).thenComparingLong(Pair::hash);

        @Override
        public int compareTo(Pair other) {
            return ORDER.compare(this, other);
        }
    }

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

    /** Emptied ranges take the first child from inner nodes, which are joined with their neighbours later. */
    @Test
    void rangesAreEmptiedAndFilledAgain() {
        Random random = new Random(3);
        ExpiryIndex index = new ExpiryIndex(pages);
        TreeSet<Pair> model = new TreeSet<>();
        int span = 1_000_000;
        for (int round = 0; round < 400; round++) {
            int from = random.nextInt(span);
            int width = 1 + random.nextInt(span / (round % 4 == 0 ? 3 : 100));
            if (round % 3 == 0) {
                for (Pair pair : List.copyOf(model.subSet(new Pair(from, Long.MIN_VALUE), new Pair(from + width, 0)))) {
                    assertTrue(index.remove(pair.time, pair.hash), "round " + round);
                    model.remove(pair);
                }
            } else {
                for (int i = 0; i < 2_000; i++) {
                    Pair pair = new Pair(from + random.nextInt(width), random.nextLong());
                    pages.ensureReserve();
                    index.add(pair.time, pair.hash);
                    model.add(pair);
                }
            }
        }
        compare(model, index);
        for (Pair pair : model) {
            assertTrue(index.remove(pair.time, pair.hash));
        }
        assertEquals(0, pages.usedBytes());
    }

    @Test
    void agreesWithASortedSetUnderRandomChanges() {
        Random random = new Random(1);
        ExpiryIndex index = new ExpiryIndex(pages);
        TreeSet<Pair> model = new TreeSet<>();
        List<Pair> known = new ArrayList<>();
        for (int i = 0; i < 400_000; i++) {
            // phases of growing and of shrinking, so that nodes split and join
            boolean adding = random.nextInt(100) < (i / 50_000 % 2 == 0 ? 70 : 30);
            if (adding || known.isEmpty()) {
                Pair pair = new Pair(random.nextInt(5_000) - 100, random.nextLong());
                pages.ensureReserve();
                index.add(pair.time, pair.hash);
                model.add(pair);
                known.add(pair);
            } else {
                int victim = random.nextInt(known.size());
                Pair pair = known.set(victim, known.get(known.size() - 1));
                known.remove(known.size() - 1);
                assertTrue(index.remove(pair.time, pair.hash));
                model.remove(pair);
            }
            if (i % 1000 == 0) {
                assertFalse(index.remove(random.nextInt(5_000), 7));
                if (!model.isEmpty()) {
                    assertEquals(model.first(), new Pair(index.first(), index.hash()));
                }
            }
            if (i % 40_000 == 0) {
                compare(model, index);
            }
        }
        compare(model, index);
        for (Pair pair : known) {
            assertTrue(index.remove(pair.time, pair.hash));
        }
        assertEquals(0, index.size());
        assertEquals(0, pages.usedBytes());
    }

    private static void compare(TreeSet<Pair> model, ExpiryIndex index) {
        assertEquals(model.size(), index.size());
        long rank = 0;
        for (Pair pair : model) {
            assertEquals(pair, new Pair(index.at(rank++), index.hash()));
        }
    }

    @Test
    void removesEachOfManyEqualTimes() {
        ExpiryIndex index = new ExpiryIndex(pages);
        for (long hash = 0; hash < 20_000; hash++) {
            index.add(5, hash);
        }
        for (long hash = 19_999; hash >= 0; hash--) {
            assertTrue(index.remove(5, hash));
            assertFalse(index.remove(5, hash));
        }
        assertEquals(0, pages.usedBytes());
    }

    @Test
    void risingTimesFillTheirPages() {
        ExpiryIndex index = new ExpiryIndex(pages);
        for (long i = 0; i < 100_000; i++) {
            pages.ensureReserve();
            index.add(i, -i);
        }
        assertTrue(pages.usedBytes() < 100_000 * 20, "used " + pages.usedBytes());
    }

    @Test
    void givesAllPagesBackWhenCleared() {
        ExpiryIndex index = new ExpiryIndex(pages);
        for (long i = 0; i < 100_000; i++) {
            pages.ensureReserve();
            index.add(i % 77, i);
        }
        Deque<Long> garbage = new ArrayDeque<>();
        index.clear(garbage);
        assertEquals(0, index.size());
        while (!garbage.isEmpty()) {
            ExpiryIndex.release(pages, garbage);
        }
        assertEquals(0, pages.usedBytes());
    }
}
