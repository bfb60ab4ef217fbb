package io.releve.contracts;

import static io.releve.contracts.Samples.assertEmpty;
import static io.releve.contracts.Samples.assertText;
import static io.releve.contracts.Samples.put;
import static io.releve.contracts.Samples.random;
import static io.releve.contracts.Samples.string;
import static io.releve.contracts.Samples.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.releve.bytes.Bytes;
import io.releve.keyspace.Database;
import io.releve.keyspace.EncodingLimits;
import io.releve.keyspace.Keyspace;
import io.releve.keyspace.KeyspaceSettings;
import io.releve.keyspace.Value;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every keyspace must do. A provider's test extends this class and says how to open one; all tests run on one
 * thread, as if it held the turn. The parts stand in {@link StringContract}, {@link ExpiryContract},
 * {@link DatabaseContract}, {@link ScanContract}, {@link LoadContract} and {@link ModelContract}; those of the collections in
 * {@link ListContract}, {@link HashContract}, {@link SetContract}, {@link SortedSetContract}, {@link StreamContract},
 * {@link CollectionContract}, {@link ElementScanContract}, {@link EncodingContract} and
 * {@link CollectionModelContract}.
 */
public abstract class KeyspaceContract
        implements StringContract, ExpiryContract, DatabaseContract, ScanContract, ModelContract, ListContract,
        HashContract, SetContract, SortedSetContract, StreamContract, CollectionContract, ElementScanContract,
        EncodingContract, CollectionModelContract, LoadContract {
    private static final int DATABASES = 16;
    private static final long IDENTITY = 0x5eed;

    @TempDir
    Path directory;

    private final EncodingLimits limits = new EncodingLimits();
    private Keyspace keyspace;

    /** Opens a keyspace of the kind under test. */
    protected abstract Keyspace open(KeyspaceSettings settings) throws IOException;

    /** Whether data can be found again after {@code close(true)}. */
    protected boolean persistent() {
        return false;
    }

    /** Bytes a keyspace that was filled and emptied again may show more than before ({@link Keyspace#usedMemory}). */
    protected long unreturnedMemory() {
        return 0;
    }

    @Override
    public final Keyspace keyspace() {
        return keyspace;
    }

    @Override
    public final EncodingLimits limits() {
        return limits;
    }

    @Override
    public final boolean isPersistent() {
        return persistent();
    }

    @Override
    public final long unreturned() {
        return unreturnedMemory();
    }

    @Override
    public final Keyspace reopen() throws IOException {
        return reopen(true, IDENTITY, true);
    }

    @BeforeEach
    public final void openKeyspace() throws IOException {
        keyspace = open(new KeyspaceSettings(directory, DATABASES, IDENTITY, true, limits));
    }

    @AfterEach
    public final void closeKeyspace() throws IOException {
        if (keyspace != null) {
            keyspace.close(false);
            keyspace = null;
        }
    }

    private Keyspace reopen(boolean keep, long identity, boolean reuse) throws IOException {
        keyspace.close(keep);
        keyspace = null;
        keyspace = open(new KeyspaceSettings(directory, DATABASES, identity, reuse, limits));
        return keyspace;
    }

    @Test
    public void aNewKeyspaceIsEmpty() {
        for (int i = 0; i < DATABASES; i++) {
            assertEmpty(keyspace.database(i));
        }
        assertFalse(keyspace.restored());
    }

    @Test
    public void dataIsFoundAgainAfterACleanStop() throws IOException {
        assumeTrue(persistent(), "not persistent");
        Random random = new Random(41);
        for (int i = 0; i < 5000; i++) {
            keyspace.database(i % 3).putString(text("k" + i), random(random, i % 400),
                    i % 5 == 0 ? 10_000 + i : Value.NEVER, i);
        }
        keyspace.database(2).putString(text("large"), random(random, 3 << 20), Value.NEVER, 9);
        keyspace.database(15).putString(random(random, 100_000), text("12345"), 77, 1);
        keyspace.swap(0, 1);
        for (int round = 0; round < 2; round++) {
            reopen(true, IDENTITY, true);
            assertTrue(keyspace.restored(), keyspace.origin());
            verify();
        }
        put(keyspace.database(4), "later", "still writable", 88);
        assertText("still writable", keyspace.database(4), "later");
        assertEquals(88, keyspace.database(4).nextExpiry());
    }

    private void verify() {
        Random random = new Random(41);
        int[] order = {1, 0, 2};
        for (int i = 0; i < 5000; i++) {
            Database database = keyspace.database(order[i % 3]);
            byte[] expected = random(random, i % 400).toByteArray();
            Samples.assertContent(expected, string(database, "k" + i));
            assertEquals(i % 5 == 0 ? 10_000 + i : Value.NEVER, string(database, "k" + i).expireAt());
            assertEquals(i, string(database, "k" + i).access());
        }
        Samples.assertContent(random(random, 3 << 20).toByteArray(), string(keyspace.database(2), "large"));
        Bytes longKey = random(random, 100_000);
        assertEquals(12345, string(keyspace.database(15), longKey).integer());
        assertEquals(1667, keyspace.database(1).size());
        assertEquals(1667, keyspace.database(2).size());
        assertEquals(1, keyspace.database(15).expires());
        Bytes first = new Bytes();
        assertTrue(keyspace.database(15).firstExpired(77, first));
        assertEquals(longKey, first);
        assertEquals(10_000, keyspace.database(1).nextExpiry());
        assertEmpty(keyspace.database(3));
    }

    @Test
    public void dataThatWasNotKeptIsNotFound() throws IOException {
        put(keyspace.database(0), "k", "v");
        reopen(false, IDENTITY, true);
        assertFalse(keyspace.restored());
        assertEmpty(keyspace.database(0));
    }

    @Test
    public void dataOfAnotherIdentityIsNotUsed() throws IOException {
        put(keyspace.database(0), "k", "v");
        reopen(true, IDENTITY + 1, true);
        assertFalse(keyspace.restored());
        assertEmpty(keyspace.database(0));
    }

    @Test
    public void dataMayNotBeUsedAtAll() throws IOException {
        put(keyspace.database(0), "k", "v");
        reopen(true, IDENTITY, false);
        assertFalse(keyspace.restored());
        assertEmpty(keyspace.database(0));
    }
}
