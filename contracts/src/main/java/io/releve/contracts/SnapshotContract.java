package io.releve.contracts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.releve.bytes.Bytes;
import io.releve.keyspace.Database;
import io.releve.keyspace.EncodingLimits;
import io.releve.keyspace.Keyspace;
import io.releve.keyspace.KeyspaceSettings;
import io.releve.keyspace.StringValue;
import io.releve.keyspace.Type;
import io.releve.keyspace.Value;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the snapshots of every keyspace must do. A provider's test extends this class and says how to open one. What single
 * changes hand out stands in {@link SnapshotChanges}.
 */
public abstract class SnapshotContract implements SnapshotChanges {
    private static final int DATABASES = 16;
    private static final int LARGE = 100_000;

    @TempDir
    Path directory;

    private final EncodingLimits limits = new EncodingLimits();
    private Keyspace keyspace;
    private int pausables;

    /** Opens a keyspace of the kind under test. */
    protected abstract Keyspace open(KeyspaceSettings settings) throws IOException;

    /** Bytes a keyspace that was filled and emptied again may show more than before ({@link Keyspace#usedMemory}). */
    protected long unreturnedMemory() {
        return 0;
    }

    /** Whether large values can be paused: the turn is lent while one is read. */
    protected boolean pausable() {
        return false;
    }

    @Override
    public final Keyspace keyspace() {
        return keyspace;
    }

    @BeforeEach
    public final void openKeyspace() throws IOException {
        keyspace = open(new KeyspaceSettings(directory, DATABASES, 0, false, limits));
    }

    @AfterEach
    public final void closeKeyspace() throws IOException {
        keyspace.close(false);
    }

    /** Snapshots begun at random moments of random operations, in slices with operations in between. */
    private void snapshotsDuring(Runnable operation, Random random, int databases, int snapshots, int most) {
        for (int i = 0; i < snapshots; i++) {
            for (int n = random.nextInt(most); n > 0; n--) {
                operation.run();
            }
            SnapshotWatch watch = new SnapshotWatch(keyspace, databases, () -> {
                for (int n = random.nextInt(20); n > 0; n--) {
                    operation.run();
                }
            });
            int eagerness = 1 + random.nextInt(12);
            boolean early = random.nextInt(6) == 0;
            for (boolean more = true; more && !(early && random.nextInt(30) == 0); ) {
                for (int n = random.nextInt(eagerness); n > 0; n--) {
                    operation.run();
                }
                more = watch.advance();
            }
            for (int n = random.nextInt(4); n > 0; n--) {
                operation.run();
            }
            pausables += watch.pausables();
            watch.close();
        }
        assertTrue(pausable() || pausables == 0, "pausable values");
    }

    /** Among what was handed out were large values. */
    private void assertPausables() {
        assertEquals(pausable(), pausables > 0, "pausable values");
    }

    private void mixed(long seed, int keys, int databases, int pool, int snapshots) {
        long empty = keyspace.usedMemory();
        MixedModel model = new MixedModel(keyspace, limits, seed, keys, databases, pool);
        snapshotsDuring(model::step, new Random(seed), databases, snapshots, 300);
        model.compareAll();
        model.removeAll();
        Samples.settle(keyspace);
        long used = keyspace.usedMemory() - empty;
        assertTrue(used <= unreturnedMemory(), () -> used + " bytes did not come back");
    }

    @Test
    public void smallCollectionsDuringRandomOperations() {
        mixed(301, 60, 3, 12, 120);
    }

    @Test
    public void largerCollectionsDuringRandomOperations() {
        mixed(302, 30, 2, 1500, 25);
        assertPausables();
    }

    @Test
    public void manyCollectionsDuringRandomOperations() {
        mixed(303, 3000, 4, 20, 6);
    }

    @Test
    public void stringsDuringRandomOperations() {
        ModelContract.Model model = new ModelContract.Model(keyspace, 304, 100, 3, new int[] {0, 300, 5000, 200_000});
        Runnable operation = () -> {
            model.operation();
            keyspace.endCall();
        };
        snapshotsDuring(operation, new Random(304), 3, 60, 500);
        assertPausables();
        model.run(100);
    }

    /** The tables grow and shrink meanwhile. */
    @Test
    public void manyKeysDuringRandomOperations() {
        ModelContract.Model model = new ModelContract.Model(keyspace, 305, 30_000, 1, new int[] {0, 80});
        Runnable operation = () -> {
            for (int i = 0; i < 10; i++) {
                model.operation();
                keyspace.endCall();
            }
        };
        snapshotsDuring(operation, new Random(305), 1, 8, 3000);
        model.run(100);
    }

    @Test
    public void largeValuesChangeWhileTheyWait() {
        Database database = keyspace.database(5);
        for (Type type : Views.COLLECTIONS) {
            for (String key : new String[] {"a", "b"}) {
                Value value = database.create(Bytes.of(key + type), type, 0);
                for (int i = 0; i < LARGE; i++) {
                    Views.add(value, i);
                }
                keyspace.endCall();
            }
        }
        Random random = new Random(306);
        database.putString(Bytes.of("string"), Samples.random(random, 3 << 20), Value.NEVER, 0);
        database.putString(Bytes.of("other string"), Samples.random(random, 3 << 20), 77, 0);
        long full = keyspace.usedMemory();
        int[] written = {LARGE};
        int[] removed = {0};
        Runnable changes = () -> {
            for (Type type : Views.COLLECTIONS) {
                Value value = database.find(Bytes.of((random.nextBoolean() ? "a" : "b") + type));
                if (value != null && Views.size(value) > 0) {
                    Views.add(value, written[0]++);
                }
                keyspace.endCall();
                value = database.find(Bytes.of("a" + type));
                if (value != null && Views.size(value) > 0 && removed[0] < LARGE - 10) {
                    Views.remove(value, removed[0]);
                }
                keyspace.endCall();
            }
            removed[0]++;
            ((StringValue) database.find(Bytes.of("string"))).write(random.nextInt(3 << 20), 'x');
            ((StringValue) database.find(Bytes.of("other string"))).append(Bytes.of("x"));
            keyspace.endCall();
        };
        for (int round = 0; round < 3; round++) {
            SnapshotWatch watch = new SnapshotWatch(keyspace, DATABASES, changes);
            if (round == 1) {
                changes.run();
            }
            for (boolean more = true; more; ) {
                more = watch.advance();
                if (round > 0) {
                    changes.run();
                }
            }
            watch.close();
        }
        long now = keyspace.usedMemory();
        assertTrue(now < full + full / 4 + (8 << 20), () -> "from " + full + " to " + now + " bytes");
        try (SnapshotWatch watch = new SnapshotWatch(keyspace, DATABASES)) {
            for (String key : new String[] {"aHASH", "bHASH", "bSET", "bLIST", "aSTREAM", "string"}) {
                database.remove(Bytes.of(key));
                keyspace.endCall();
            }
            database.clear();
            Samples.settle(keyspace);
            watch.finish();
        }
        keyspace.endCall();
        Samples.settle(keyspace);
        long rest = keyspace.usedMemory();
        assertTrue(rest < 1 << 20, () -> rest + " bytes did not come back");
    }

    @Test
    public void flushingHandsOutNothingAtOnce() {
        int count = 200_000;
        Database database = keyspace.database(0);
        for (int i = 0; i < count; i++) {
            database.putString(Bytes.of("key " + i), Bytes.of("value " + i), i % 3 == 0 ? 1_000_000 + i : Value.NEVER, 0);
        }
        keyspace.database(1).putString(Bytes.of("key"), Bytes.of("value"), Value.NEVER, 0);
        SnapshotWatch watch = new SnapshotWatch(keyspace, DATABASES);
        for (int i = 0; i < 100; i++) {
            watch.advance();
        }
        int before = watch.handedOut();
        for (int i = 0; i < DATABASES; i++) {
            keyspace.database(i).clear();
        }
        assertTrue(watch.handedOut() - before < 5000, () -> watch.handedOut() - before + " values at once");
        assertTrue(watch.snapshot().extraMemory() > 0, "extra memory");
        Samples.assertEmpty(database);
        keyspace.swap(0, 1);
        for (int i = 0; i < count; i += 2) {
            database.putString(Bytes.of("key " + i), Bytes.of("other"), i % 5 == 0 ? 1_000_000 + i : Value.NEVER, 0);
            if (i % 1000 == 0) {
                watch.advance();
                Samples.step(keyspace);
            }
        }
        database.clear();
        watch.finish();
        assertEquals(0, watch.snapshot().extraMemory());
        Samples.settle(keyspace);
        try (SnapshotWatch second = new SnapshotWatch(keyspace, DATABASES)) {
            assertFalse(second.advance());
        }
    }

    @Test
    public void oneAfterTheOther() {
        Database database = keyspace.database(3);
        try (SnapshotWatch empty = new SnapshotWatch(keyspace, DATABASES)) {
            assertThrows(IllegalStateException.class, () -> keyspace.snapshot(empty));
            Samples.put(database, "k", "v");
            assertFalse(empty.advance(), "what came later is not handed out");
        }
        for (int i = 0; i < 1000; i++) {
            Samples.put(database, "k" + i, "v" + i);
        }
        for (int i = 0; i < 5; i++) {
            SnapshotWatch watch = new SnapshotWatch(keyspace, DATABASES);
            for (int n = 0; n < i * 3; n++) {
                watch.advance();
                Samples.put(database, "k" + n, "w" + i);
            }
            int before = watch.handedOut();
            watch.close();
            Samples.put(database, "k" + 999, "after the end " + i);
            assertEquals(before, watch.handedOut());
            watch.close();
        }
        SnapshotWatch last = new SnapshotWatch(keyspace, DATABASES);
        last.finish();
        assertEquals(1001, last.handedOut());
    }
}
