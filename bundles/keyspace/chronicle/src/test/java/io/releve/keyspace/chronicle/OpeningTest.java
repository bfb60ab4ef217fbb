package io.releve.keyspace.chronicle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.releve.bytes.Bytes;
import io.releve.keyspace.EncodingLimits;
import io.releve.keyspace.Keyspace;
import io.releve.keyspace.KeyspaceSettings;
import io.releve.keyspace.KeyspaceSettings.Reuse;
import io.releve.keyspace.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpeningTest {
    private static final Bytes KEY = Bytes.of("key");

    @TempDir
    Path folder;

    private Keyspace open() throws IOException {
        return new ChronicleKeyspaceProvider().open(new KeyspaceSettings(folder, 16, 7, true));
    }

    private void store() throws IOException {
        Keyspace keyspace = open();
        keyspace.database(0).putString(KEY, Bytes.of("value"), Value.NEVER, 0);
        keyspace.close(true);
    }

    private Path state() {
        return folder.resolve("keyspace.state");
    }

    @Test
    void theStateIsThereOnlyWhileStopped() throws IOException {
        store();
        assertTrue(Files.exists(state()));
        Keyspace keyspace = open();
        assertTrue(keyspace.restored());
        assertEquals("found after a clean stop", keyspace.origin());
        assertNotNull(keyspace.database(0).find(KEY));
        assertFalse(Files.exists(state()));
        keyspace.close(true);
    }

    @Test
    void afterACrashTheFilesAreNotUsed() throws IOException {
        store();
        Files.delete(state());
        Keyspace keyspace = open();
        assertFalse(keyspace.restored());
        assertTrue(keyspace.origin().contains("not stopped cleanly"), keyspace.origin());
        assertNull(keyspace.database(0).find(KEY));
        keyspace.close(false);
    }

    @Test
    void afterAnotherStartOfTheMachineUnsyncedFilesAreNotUsed() throws IOException {
        store();
        StateFile file = new StateFile(folder);
        KeyspaceState s = file.read();
        file.write(new KeyspaceState(s.identity(), "another", false, s.seeds(), s.secret(), s.directories(), s.pages(),
                s.databases()));
        Keyspace keyspace = open();
        assertFalse(keyspace.restored());
        assertTrue(keyspace.origin().contains("machine was started"), keyspace.origin());
        keyspace.close(false);
        store();
        file.write(new KeyspaceState(file.read().identity(), "another", true, s.seeds(), s.secret(), s.directories(),
                file.read().pages(), file.read().databases()));
        keyspace = open();
        assertTrue(keyspace.restored(), keyspace.origin());
        keyspace.close(false);
    }

    @Test
    void anotherLayoutIsNotTouched() throws IOException {
        store();
        byte[] content = Files.readAllBytes(state());
        content[11] = (byte) (StateFile.LAYOUT + 1);
        Files.write(state(), content);
        IOException refused = assertThrows(IOException.class, this::open);
        assertTrue(refused.getMessage().contains("was written by layout " + (StateFile.LAYOUT + 1)
                + ", this is layout " + StateFile.LAYOUT + ": start with --keyspace-re"),
                refused.getMessage());
        assertTrue(Files.exists(folder.resolve("directory-0-0.map")));
        // the lock was given back, and the advice works
        Keyspace keyspace = new ChronicleKeyspaceProvider().open(new KeyspaceSettings(folder, 16, 7, false));
        assertFalse(keyspace.restored());
        keyspace.close(false);
    }

    @Test
    void whatIsRequiredAndCannotBeUsedIsNotTouched() throws IOException {
        KeyspaceSettings required = new KeyspaceSettings(folder, 16, 7, Reuse.REQUIRED, false, new EncodingLimits());
        String nothing = assertThrows(IOException.class, () -> ChronicleKeyspace.open(required)).getMessage();
        assertEquals("The data in " + folder + " cannot be used because there is none", nothing);
        store();
        byte[] content = Files.readAllBytes(state());
        Files.delete(state());
        String unclean = assertThrows(IOException.class, () -> ChronicleKeyspace.open(required)).getMessage();
        assertTrue(unclean.endsWith("because it was not stopped cleanly"), unclean);
        byte[] other = content.clone();
        other[11] = (byte) (StateFile.LAYOUT + 1);
        Files.write(state(), other);
        String layout = assertThrows(IOException.class, () -> ChronicleKeyspace.open(required)).getMessage();
        assertTrue(layout.contains("was written by layout " + (StateFile.LAYOUT + 1)), layout);
        Files.write(state(), content);
        Keyspace keyspace = ChronicleKeyspace.open(required);
        assertNotNull(keyspace.database(0).find(KEY));
        keyspace.close(false);
    }

    @Test
    void everyDamagedByteIsNoticed() throws IOException {
        store();
        byte[] content = Files.readAllBytes(state());
        for (int i = 0; i < content.length; i++) {
            byte[] damaged = content.clone();
            damaged[i] ^= 0x10;
            Files.write(state(), damaged);
            IOException refused = assertThrows(IOException.class, this::open, "byte " + i);
            assertTrue(refused.getMessage().contains("--keyspace-reuse no"), refused.getMessage());
        }
        for (int length = 0; length < content.length; length += 7) {
            Files.write(state(), java.util.Arrays.copyOf(content, length));
            assertThrows(IOException.class, this::open);
        }
    }

    @Test
    void aDirectoryBelongsToOneServer() throws IOException {
        Keyspace keyspace = open();
        IOException refused = assertThrows(IOException.class, this::open);
        assertTrue(refused.getMessage().contains("in use by another server"), refused.getMessage());
        keyspace.close(false);
        open().close(false);
        assertThrows(IOException.class, () -> new ChronicleKeyspaceProvider()
                .open(new KeyspaceSettings(folder.resolve("missing"), 16, 7, true)));
    }

    @Test
    void whatIsNotKeptLeavesNoFiles() throws IOException {
        Keyspace keyspace = open();
        keyspace.database(3).putString(KEY, new Bytes(new byte[3_000_000]), Value.NEVER, 0);
        keyspace.close(false);
        try (var files = Files.list(folder)) {
            assertEquals("keyspace.lock", files.map(file -> file.getFileName().toString()).reduce("", String::concat));
        }
    }
}
