package io.releve.keyspace.chronicle.extent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.releve.keyspace.chronicle.memory.Memory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FrozenPagesTest {
    private static final int PAGES = 60_000;
    private static final int STEPS = 64;

    @TempDir
    Path folder;
    private final ExecutorService background = Executors.newSingleThreadExecutor();
    private final Random random = new Random(7);
    private final Map<Long, Long> contents = new LinkedHashMap<>();
    private PageAllocator pages;
    private FrozenPages frozen;

    @BeforeEach
    void fillAndFreeze() throws IOException {
        pages = new PageAllocator(folder, background);
        pages.start();
        for (int i = 0; i < PAGES; i++) {
            long page = pages.allocate(8 + random.nextInt(200), PageAllocator.TYPE_BUCKET);
            long content = random.nextLong();
            Memory.putLong(pages.content(page), content);
            contents.put(page, content);
        }
        pages.nextEpoch();
        frozen = new FrozenPages(pages);
        pages.freeze(frozen);
    }

    @AfterEach
    void close() {
        pages.close();
        background.shutdown();
    }

    private void assertAsBefore() {
        contents.forEach((page, content) -> assertEquals(content, Memory.getLong(frozen.content(page))));
    }

    @Test
    void showsEveryPageAsItWasHoweverManyAreChanged() {
        int changed = 0;
        for (long page : contents.keySet()) {
            if (random.nextInt(4) > 0) {
                Memory.putLong(pages.edit(page), 0);
                Memory.putLong(pages.edit(page), -1);
                changed++;
            }
        }
        assertTrue(changed > PAGES / 2);
        assertAsBefore();
        long now = contents.keySet().stream().filter(page -> Memory.getLong(pages.content(page)) == -1).count();
        assertEquals(changed, now);
    }

    @Test
    void showsFreedPagesUntilItIsThawed() {
        long before = pages.usedBytes();
        Set<Long> freed = new HashSet<>();
        for (long page : contents.keySet()) {
            if (random.nextBoolean()) {
                Memory.putLong(pages.edit(page), 0);
            } else if (random.nextBoolean()) {
                pages.free(page);
                freed.add(page);
            }
        }
        for (int i = 0; i < PAGES / 4; i++) {
            Memory.putLong(pages.content(pages.allocate(100, PageAllocator.TYPE_BUCKET)), 0);
        }
        assertTrue(freed.size() > PAGES / 5);
        assertAsBefore();
        assertTrue(frozen.bytes() > 0);

        pages.freeze(null);
        int rounds = 0;
        while (!frozen.thaw(STEPS)) {
            rounds++;
        }
        assertEquals(0, frozen.bytes());
        assertTrue(rounds > 10, rounds + " rounds");
        contents.keySet().stream().filter(page -> !freed.contains(page)).forEach(pages::free);
        assertTrue(pages.usedBytes() < before);
    }
}
