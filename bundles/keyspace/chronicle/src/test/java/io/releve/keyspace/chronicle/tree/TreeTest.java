package io.releve.keyspace.chronicle.tree;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.releve.bytes.Bytes;
import io.releve.keyspace.chronicle.extent.Contents;
import io.releve.keyspace.chronicle.extent.PageAllocator;
import io.releve.keyspace.chronicle.extent.Unpacker;
import io.releve.keyspace.chronicle.memory.Scratch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TreeTest {
    private record Cell(Bytes key, byte[] value) {
    }

    @TempDir
    Path folder;
    private final ExecutorService background = Executors.newSingleThreadExecutor();
    private final Stage stage = new Stage();
    private PageAllocator pages;
    private Contents contents;
    private Unpacker unpacker;
    private long empty;

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
        stage.close();
    }

    private Tree tree(Shape shape) {
        Tree tree = new Tree(pages, contents, shape, stage);
        tree.at(pages.allocate(Tree.ROOT, PageAllocator.TYPE_ROOT), 0).create();
        empty = pages.usedBytes();
        return tree;
    }

    private static byte[] value(Random random) {
        byte[] value = new byte[random.nextInt(100) == 0 ? random.nextInt(6000) : random.nextInt(40)];
        random.nextBytes(value);
        return value;
    }

    private void verify(Tree tree, List<Cell> model, Shape shape) {
        assertEquals(model.size(), tree.size());
        Scratch leaf = new Scratch();
        Bytes read = new Bytes();
        for (int rank = 0; rank < model.size();) {
            tree.seek(rank);
            assertEquals(rank, tree.rank());
            int length = tree.load(leaf);
            int count = tree.leafCount();
            for (int i = tree.index(); i < count; i++, rank++) {
                int at = Tree.cell(leaf.array(), length, i);
                if (shape == Shape.LIST) {
                    unpacker.read(leaf.array(), at, read);
                    assertArrayEquals(model.get(rank).value, read.toByteArray());
                } else if (model.get(rank).key.length() <= 640) {
                    at = unpacker.read(leaf.array(), at, read);
                    assertEquals(model.get(rank).key, read);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void positions(int seed) {
        Tree tree = tree(Shape.LIST);
        List<Cell> model = new ArrayList<>();
        Random random = new Random(seed);
        for (int i = 0; i < 60_000; i++) {
            boolean growing = i / 15_000 % 2 == 0;
            int kind = random.nextInt(10);
            if (kind == 9 && !model.isEmpty()) {
                int at = random.nextInt(model.size());
                byte[] value = value(random);
                tree.seek(at);
                tree.replace(new Bytes(value));
                model.set(at, new Cell(null, value));
            } else if (kind < (growing ? 7 : 3)) {
                byte[] value = value(random);
                int place = random.nextInt(4);
                int at = place == 0 ? 0 : place == 1 ? model.size() : random.nextInt(model.size() + 1);
                tree.seek(at);
                tree.insert(new Bytes(), new Bytes(value));
                model.add(at, new Cell(null, value));
            } else if (!model.isEmpty()) {
                int place = random.nextInt(4);
                int at = place == 0 ? 0 : place == 1 ? model.size() - 1 : random.nextInt(model.size());
                int count = Math.min(random.nextInt(300) == 0 ? random.nextInt(2000) : 1, model.size() - at);
                tree.remove(at, count);
                model.subList(at, at + count).clear();
            }
            if (i % 3_000 == 0) {
                verify(tree, model, Shape.LIST);
                assertEquals(pages.usedBytes() - empty, tree.memory());
            }
        }
        finish(tree, model, Shape.LIST);
    }

    private void finish(Tree tree, List<Cell> model, Shape shape) {
        verify(tree, model, shape);
        Tree copy = new Tree(pages, contents, shape, stage);
        long page = pages.allocate(Tree.ROOT, PageAllocator.TYPE_ROOT);
        copy.at(page, 0).create();
        copy.copyOf(tree);
        long before = pages.usedBytes();
        while (!tree.dismantle(7)) {
            assertTrue(pages.usedBytes() < before);
        }
        verify(copy, model, shape);
        copy.remove(0, model.size());
        assertEquals(0, copy.memory());
        pages.free(page);
        assertEquals(empty, pages.usedBytes());
    }

    private static Bytes key(Random random) {
        int number = random.nextInt(8_000);
        Random content = new Random(number);
        byte[] key;
        if (number % 31 == 0) {
            // long ones with much in common
            key = new byte[200 + number % 5 * 500];
            key[0] = (byte) (number % 3);
            key[key.length - 1] = (byte) number;
            key[key.length - 2] = (byte) (number >> 8);
        } else {
            key = new byte[content.nextInt(12)];
            content.nextBytes(key);
        }
        return new Bytes(key);
    }

    private static int find(List<Cell> model, Bytes key) {
        int low = 0;
        int high = model.size() - 1;
        while (low <= high) {
            int middle = low + high >>> 1;
            int compared = model.get(middle).key.compareTo(key);
            if (compared == 0) {
                return middle;
            }
            if (compared < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -low - 1;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void keys(int seed) {
        Shape shape = seed == 3 ? Shape.SORTED_SET : Shape.RECORDS;
        Tree tree = tree(shape);
        List<Cell> model = new ArrayList<>();
        Random random = new Random(seed);
        for (int i = 0; i < 60_000; i++) {
            boolean growing = i / 15_000 % 2 == 0;
            Bytes key = key(random);
            int at = find(model, key);
            assertEquals(at >= 0, tree.seek(key));
            assertEquals(at >= 0 ? at : -at - 1, tree.rank());
            if (at >= 0) {
                if (random.nextInt(10) < (growing ? 2 : 7)) {
                    tree.remove();
                    model.remove(at);
                } else if (shape.hasValue()) {
                    byte[] value = value(random);
                    tree.replace(new Bytes(value));
                    model.set(at, new Cell(key, value));
                }
            } else if (random.nextInt(10) < (growing ? 7 : 2)) {
                byte[] value = value(random);
                tree.insert(key, new Bytes(value));
                model.add(-at - 1, new Cell(key, value));
            }
            if (random.nextInt(3_000) == 0 && !model.isEmpty()) {
                int from = random.nextInt(model.size());
                int count = random.nextInt(model.size() - from);
                tree.remove(from, count);
                model.subList(from, from + count).clear();
            }
            if (i % 3_000 == 0) {
                verify(tree, model, shape);
                assertEquals(pages.usedBytes() - empty, tree.memory());
            }
        }
        finish(tree, model, shape);
    }

    /**
     * A leaf is at its limit with a cell of a third of a node, but not yet in a page of full size: half of the leaf and
     * the cell do not fit in that page.
     */
    @ParameterizedTest
    @EnumSource(value = Shape.class, names = {"LIST", "SORTED_SET"})
    void cellsOfEverySize(Shape shape) {
        for (int seed = 1; seed <= 300; seed++) {
            Random random = new Random(seed);
            Tree tree = tree(shape);
            List<Cell> model = new ArrayList<>();
            int usual = 1 + random.nextInt(300);
            if (seed % 3 == 0) {
                tree.limit(random.nextInt(100), random.nextInt(40_000));
            }
            for (int i = 0; i < 300; i++) {
                byte[] bytes = new byte[8 + (random.nextInt(20) == 0 ? random.nextInt(1273) : random.nextInt(usual))];
                random.nextBytes(bytes);
                Bytes string = new Bytes(bytes);
                int at = shape == Shape.LIST ? random.nextInt(model.size() + 1) : -find(model, string) - 1;
                if (shape == Shape.LIST) {
                    tree.seek(at);
                    tree.insert(new Bytes(), string);
                } else {
                    assertFalse(tree.seek(string));
                    tree.insert(string, new Bytes());
                }
                model.add(at, new Cell(string, bytes));
            }
            verify(tree, model, shape);
            assertEquals(pages.usedBytes() - empty, tree.memory());
            while (!tree.dismantle(100)) {
                assertTrue(tree.size() > 0);
            }
            assertEquals(empty, pages.usedBytes());
        }
    }

    @Test
    void addedInOrderLeavesAreFull() {
        Tree tree = tree(Shape.LIST);
        Bytes value = Bytes.of("0123456789");
        for (int i = 0; i < 100_000; i++) {
            tree.seek(i % 2 == 0 ? tree.size() : 0);
            tree.insert(new Bytes(), value);
        }
        assertTrue(tree.memory() < 100_000L * 13 * 1.05, "memory " + tree.memory());
    }
}
