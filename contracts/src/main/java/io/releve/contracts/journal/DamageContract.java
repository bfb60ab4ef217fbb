package io.releve.contracts.journal;

import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.releve.contracts.disk.SimulatedDisk;
import io.releve.persistence.Disk;
import io.releve.persistence.FsyncPolicy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Files that end too early, and files of which a byte is wrong. */
interface DamageContract extends JournalCase {
    /** Every length is tried near the end, further away one in so many. */
    int NEAR = 3000;
    int SPARSE = 61;
    int END = 64 << 10;
    int FLIPS = 1500;
    /** A file that was forced with more than that, and has less, may be refused. */
    int HEAD = 128;

    /** All files below a directory. */
    private static List<Path> files(Disk disk, Path directory) throws IOException {
        List<Path> files = new ArrayList<>();
        for (Path name : disk.list(directory)) {
            Path path = directory.resolve(name);
            List<Path> inside = disk.list(path).isEmpty() ? List.of() : files(disk, path);
            if (inside.isEmpty()) {
                try {
                    disk.size(path);
                    files.add(path);
                } catch (IOException e) {
                    // an empty directory
                }
            }
            files.addAll(inside);
        }
        return files;
    }

    /** A server that was closed in good order, and the file that was written last. */
    private Path written(SimulatedDisk disk, TestServer server, Random random, int batches) throws Exception {
        server.load(provider());
        server.start(FsyncPolicy.ALWAYS, false).get();
        for (int i = 0; i < batches / 3; i++) {
            server.write(random, 4);
        }
        server.turn().run(server.journal::rewrite);
        server.tick();
        JournalContract.await("rewritten", () -> server.snapshotOwner() == null);
        String[] last = new String[1];
        disk.beforeOperation(operation -> {
            if (operation.startsWith("write ")) {
                last[0] = operation.substring("write ".length());
            }
        });
        for (int i = 0; i < batches; i++) {
            server.write(random, 4);
            server.awaitAcknowledged();
        }
        server.close(false);
        disk.beforeOperation(operation -> { });
        return files(disk, JournalContract.DATA).stream().filter(p -> p.getFileName().toString().equals(last[0]))
                .findFirst().orElseThrow();
    }

    @Test
    default void aJournalCutAnywhereIsLoadedUpToThere() throws Exception {
        Random random = new Random(11);
        SimulatedDisk disk = new SimulatedDisk();
        TestServer server = server(disk, defaults());
        Path file = written(disk, server, random, 250);
        byte[] whole = disk.content(file);
        int count = 0;
        Set<Object> states = new HashSet<>();
        for (int length = whole.length; length >= Math.max(0, whole.length - END); ) {
            SimulatedDisk cut = disk.copy();
            cut.put(file, Arrays.copyOf(whole, length));
            try {
                TestServer recovered = recover(cut, server, -1, server.log.position());
                states.add(recovered.content());
                if (count++ % 200 == 0) {
                    recovered.start(FsyncPolicy.ALWAYS, recovered.journal.found() != null).get();
                    recovered.write(random, 5);
                    recovered.close(false);
                    recover(cut, recovered, recovered.log.position(), recovered.log.position());
                }
            } catch (IOException | AssertionError e) {
                if (e instanceof IOException && length < HEAD) {
                    break;
                }
                throw new AssertionError(length + " of " + whole.length + " bytes: " + e, e);
            }
            length -= whole.length - length < NEAR ? 1 : 1 + random.nextInt(SPARSE);
        }
        System.out.println("Lengths of a journal: " + count + ", states: " + states.size());
        assertTrue(states.size() > 50, "states: " + states.size());
    }

    @Test
    default void aWrongByteIsNoticed() throws Exception {
        Random random = new Random(12);
        SimulatedDisk disk = new SimulatedDisk();
        TestServer server = server(disk, null);
        written(disk, server, random, 60);
        List<Path> files = files(disk, JournalContract.DATA);
        int refused = 0;
        int harmless = 0;
        for (int i = 0; i < FLIPS; i++) {
            Path file = files.get(i % files.size());
            byte[] content = disk.content(file);
            if (content.length == 0) {
                continue;
            }
            int at = i < 4 * files.size() ? content.length - 1 - random.nextInt(Math.min(100, content.length))
                    : random.nextInt(content.length);
            content[at] ^= (byte) (1 << random.nextInt(8));
            SimulatedDisk damaged = disk.copy();
            damaged.put(file, content);
            TestServer recovered = server(damaged, null);
            try {
                recovered.load(provider());
                if (noticesDamage()) {
                    assertNull(JournalContract.difference(server, server.log.position(), recovered),
                            "byte " + at + " of " + content.length + " in " + file);
                }
                harmless++;
            } catch (IOException e) {
                refused++;
                if (noticesDamage()) {
                    assertTrue(e.getMessage().contains(file.getFileName().toString()), e.getMessage());
                }
            }
        }
        System.out.println("Wrong bytes: " + refused + " refused, " + harmless + " harmless");
        assertTrue(!noticesDamage() || refused > 10 * harmless, refused + " refused, " + harmless + " harmless");
    }
}
