package io.releve.contracts.disk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.releve.persistence.Disk;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SimulatedDiskTest {
    private static final int CUTS = 2000;
    private static final Path FOLDER = Path.of("/data/folder");
    private static final Path A = FOLDER.resolve("a");
    private static final Path B = FOLDER.resolve("b");

    private final SimulatedDisk disk = new SimulatedDisk(() -> 42);
    private final Random random = new Random(1);

    @BeforeEach
    void folder() throws IOException {
        disk.createDirectories(FOLDER);
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String text(Disk disk, Path path) throws IOException {
        return disk.exists(path) ? new String(disk.read(path, 0, 1 << 20), StandardCharsets.ISO_8859_1) : null;
    }

    /** All that may be under a name after a cut. */
    private Set<String> outcomes(Path path) throws IOException {
        Set<String> outcomes = new HashSet<>();
        for (int i = 0; i < CUTS; i++) {
            outcomes.add(text(disk.cut(random), path));
        }
        return outcomes;
    }

    @Test
    void aDisk() throws IOException {
        try (Disk.File file = disk.append(A)) {
            file.write(bytes("hello "));
            file.write(bytes("world"));
            assertEquals(11, file.size());
            file.truncate(7);
        }
        disk.append(A).write(bytes("-"));
        assertEquals("hello w-", text(disk, A));
        assertEquals("lo", new String(disk.read(A, 3, 2), StandardCharsets.ISO_8859_1));
        assertEquals(0, disk.read(A, 8, 2).length);
        assertEquals(8, disk.size(A));
        assertEquals(42, disk.modified(A));
        try (InputStream in = disk.read(A)) {
            assertEquals(8, in.readAllBytes().length);
            disk.append(A).write(bytes("more"));
            assertEquals("more", new String(in.readAllBytes(), StandardCharsets.ISO_8859_1));
        }
        disk.create(A).write(bytes("new"));
        disk.rename(A, B);
        assertFalse(disk.exists(A));
        assertEquals(List.of(Path.of("b")), disk.list(FOLDER));
        disk.rename(FOLDER, FOLDER.resolveSibling("other"));
        assertEquals("new", text(disk, Path.of("/data/other/b")));
        disk.delete(Path.of("/data/other/b"));
        disk.delete(Path.of("/data/other/b"));
        assertEquals(List.of(), disk.list(Path.of("/data/other")));
        assertEquals(List.of(), disk.list(Path.of("/nowhere")));
        assertThrows(IOException.class, () -> disk.read(A, 0, 1));
        assertThrows(IOException.class, () -> disk.append(Path.of("/nowhere/a")));
    }

    @Test
    void whatWasForcedAndSyncedIsThere() throws IOException {
        Disk.File file = disk.append(A);
        file.write(bytes("certain"));
        file.force();
        disk.syncDirectory(FOLDER);
        assertEquals(Set.of("certain"), outcomes(A));
        assertEquals(1, disk.forces());
        assertEquals(1, disk.directorySyncs());
        assertEquals(1, disk.writes());
    }

    @Test
    void aNameThatWasNotSyncedMayBeLostWithItsContent() throws IOException {
        Disk.File file = disk.append(A);
        file.write(bytes("certain"));
        file.force();
        Set<String> expected = new HashSet<>(List.of("certain"));
        expected.add(null);
        assertEquals(expected, outcomes(A));
    }

    @Test
    void whatWasNotForcedMayBeTornAndInAnyOrder() throws IOException {
        Disk.File file = disk.append(A);
        file.write(bytes("12"));
        file.force();
        disk.syncDirectory(FOLDER);
        file.write(bytes("34"));
        file.write(bytes("56"));
        Set<String> outcomes = outcomes(A);
        assertTrue(outcomes.stream().allMatch(o -> o.startsWith("12") && o.length() <= 6));
        for (String possible : new String[] {"12", "123", "1234", "12345", "123456", "12\0\00056", "12\0\0005", "123\000"}) {
            assertTrue(outcomes.contains(possible), possible);
        }
        assertTrue(outcomes.size() > 20, "garbage");
    }

    @Test
    void aCutMayNotHaveHappened() throws IOException {
        Disk.File file = disk.append(A);
        file.write(bytes("123456"));
        file.force();
        disk.syncDirectory(FOLDER);
        file.truncate(2);
        assertEquals(Set.of("12", "123456"), outcomes(A));
        file.force();
        assertEquals(Set.of("12"), outcomes(A));
        file.truncate(1);
        file.write(bytes("x"));
        assertTrue(outcomes(A).containsAll(Set.of("12", "1", "1x")));
    }

    @Test
    void aRenameLeavesTheOldOrTheNew() throws IOException {
        disk.put(A, "old".getBytes(StandardCharsets.ISO_8859_1));
        Disk.File file = disk.create(B);
        file.write(bytes("new"));
        file.force();
        disk.rename(B, A);
        assertEquals(Set.of("old", "new"), outcomes(A));
        for (int i = 0; i < CUTS; i++) {
            SimulatedDisk cut = disk.cut(random);
            assertFalse("new".equals(text(cut, A)) && cut.exists(B), "a rename is one operation");
        }
        disk.syncDirectory(FOLDER);
        assertEquals(Set.of("new"), outcomes(A));
        disk.delete(A);
        Set<String> either = new HashSet<>(List.of("new"));
        either.add(null);
        assertEquals(either, outcomes(A));
    }

    @Test
    void directoriesAreRenamed() throws IOException {
        disk.put(A, new byte[1]);
        Path other = Path.of("/data/other");
        disk.rename(FOLDER, other);
        Set<Boolean> outcomes = new HashSet<>();
        for (int i = 0; i < CUTS; i++) {
            SimulatedDisk cut = disk.cut(random);
            assertNotEquals(cut.exists(A), cut.exists(other.resolve("a")));
            outcomes.add(cut.exists(A));
        }
        assertEquals(2, outcomes.size());
        disk.syncDirectory(Path.of("/data"));
        assertFalse(disk.cut(random).exists(A));
    }

    @Test
    void itBecomesFull() throws IOException {
        Disk.File file = disk.append(A);
        disk.fullAfter(5);
        file.write(bytes("123"));
        IOException full = assertThrows(IOException.class, () -> file.write(bytes("456")));
        assertEquals("No space left on device", full.getMessage());
        assertThrows(IOException.class, () -> file.write(bytes("7")));
        assertEquals("12345", text(disk, A));
        disk.repair();
        file.write(bytes("8"));
        assertEquals("123458", text(disk, A));
    }

    @Test
    void itBreaksAndIsSwitchedOff() throws IOException {
        Disk.File file = disk.append(A);
        disk.syncDirectory(FOLDER);
        file.write(bytes("1"));
        disk.failForces();
        assertThrows(IOException.class, file::force);
        assertTrue(outcomes(A).contains(""));
        disk.repair();
        file.write(bytes("2"));
        file.force();
        assertEquals("12", text(disk, A));
        assertEquals(Set.of("\0002"), outcomes(A), "what could not be forced is never written");
        file.truncate(0);
        file.write(bytes("1"));
        file.force();
        assertEquals(Set.of("1"), outcomes(A));
        disk.powerOff();
        assertThrows(IOException.class, () -> file.write(bytes("2")));
        assertThrows(IOException.class, () -> disk.append(B));
        assertEquals("1", text(disk.cut(random), A));
    }

    @Test
    void itTellsWhatIsDone() throws IOException {
        List<String> operations = new ArrayList<>();
        disk.beforeOperation(operations::add);
        try (Disk.File file = disk.create(A)) {
            file.write(bytes("1"));
            file.truncate(0);
            file.force();
        }
        disk.rename(A, B);
        disk.delete(B);
        disk.syncDirectory(FOLDER);
        assertEquals(List.of("create a", "write a", "truncate a", "force a", "rename a", "delete b", "sync folder"),
                operations);
    }

    @Test
    void aSlowForceStopsNobodyElse() throws Exception {
        Disk.File file = disk.append(A);
        disk.syncDirectory(FOLDER);
        CountDownLatch inForce = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        disk.duringForce(() -> {
            inForce.countDown();
            try {
                goOn.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        file.write(bytes("1"));
        Thread forcing = new Thread(() -> {
            try {
                file.force();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        forcing.start();
        inForce.await();
        disk.append(B).write(bytes("2"));
        assertTrue(outcomes(A).contains(""));
        goOn.countDown();
        forcing.join();
        assertEquals(Set.of("1"), outcomes(A));
        assertArrayEquals(new byte[] {'1'}, disk.copy().content(A));
    }
}
