package io.releve.chronicle.format.v1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Path;
import net.openhft.chronicle.core.OS;
import net.openhft.chronicle.map.ChronicleMap;
import net.openhft.chronicle.map.ChronicleMapBuilder;
import net.openhft.compiler.CompilerUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SliceMapTest {
    @TempDir
    Path directory;

    private ChronicleMap<Slice, Slice> open() throws IOException {
        SliceReader reader = new SliceReader();
        return ChronicleMapBuilder.of(Slice.class, Slice.class).name("slices")
                .keyReaderAndDataAccess(reader, new SliceAccess()).valueReaderAndDataAccess(reader, new SliceAccess())
                .averageKeySize(8).averageValueSize(8).entries(1000).putReturnsNull(true).removeReturnsNull(true)
                .checksumEntries(false).createPersistedTo(directory.resolve("slices.map").toFile());
    }

    @Test
    void findsAfterReopeningWhatWasPutUnderOurOwnHash() throws IOException {
        long memory = OS.memory().allocate(16);
        Slice key = new Slice();
        Slice value = new Slice();
        try (ChronicleMap<Slice, Slice> map = open()) {
            for (long i = 1; i <= 1000; i++) {
                OS.memory().writeLong(memory, i);
                OS.memory().writeLong(memory + 8, -i);
                map.put(key.set(memory, 8, i * 0x9E3779B97F4A7C15L), value.set(memory + 8, 8, 0));
            }
        }
        try (ChronicleMap<Slice, Slice> map = open()) {
            assertEquals(1000, map.longSize());
            for (long i = 1; i <= 1000; i++) {
                OS.memory().writeLong(memory, i);
                Slice found = map.getUsing(key.set(memory, 8, i * 0x9E3779B97F4A7C15L), value);
                assertSame(value, found);
                assertEquals(-i, OS.memory().readLong(found.address()));
                assertNull(map.getUsing(key.set(memory, 8, ~(i * 0x9E3779B97F4A7C15L)), new Slice()));
            }
        }
        OS.memory().freeMemory(memory, 16);
    }

    @Test
    void aReservationWritesNothing() throws IOException {
        long memory = OS.memory().allocate(8);
        OS.memory().writeLong(memory, 1);
        try (ChronicleMap<Slice, Slice> map = open()) {
            map.put(new Slice().set(memory, 8, 1), new Slice().set(0, 8, 0));
            Slice found = map.getUsing(new Slice().set(memory, 8, 1), new Slice());
            assertNotNull(found);
            assertEquals(0, OS.memory().readLong(found.address()));
        }
        OS.memory().freeMemory(memory, 8);
    }

    @Test
    void nothingIsCompiledAtRunTime() throws ClassNotFoundException {
        assertNotNull(Class.forName("net.openhft.chronicle.hash.VanillaGlobalMutableState$$Native"));
        assertThrows(ClassNotFoundException.class,
                () -> CompilerUtils.CACHED_COMPILER.loadFromJava("A", "class A { }"));
    }
}
