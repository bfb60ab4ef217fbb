package io.releve.contracts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.releve.bytes.Bytes;
import io.releve.keyspace.Keyspace;
import io.releve.keyspace.Snapshot;
import io.releve.keyspace.Value;
import java.util.Map;

/** Takes a snapshot and compares everything that it hands out with a copy made when it began. */
final class SnapshotWatch implements Snapshot.Sink, AutoCloseable {
    /** Elements of a pausable value between two pauses. */
    private static final int PAUSE = 25;

    private final KeyspaceContent expected;
    private final Runnable meanwhile;
    private final Snapshot snapshot;
    private boolean advancing;
    private boolean pausing;
    private int elements;
    private int handedOut;
    private int pausables;

    /**
     * Begins a snapshot.
     *
     * @param meanwhile what others do with the keyspace while the sink lends the turn
     */
    SnapshotWatch(Keyspace keyspace, int databases, Runnable meanwhile) {
        this.meanwhile = meanwhile;
        expected = KeyspaceContent.of(keyspace, databases, ValueContent::exact);
        snapshot = keyspace.snapshot(this);
        for (int i = 0; i < databases; i++) {
            Map<Bytes, ValueContent> content = expected.databases().get(i);
            assertEquals(content.size(), snapshot.size(i), "size");
            assertEquals(content.values().stream().filter(v -> v.expireAt() != Value.NEVER).count(),
                    snapshot.expires(i), "expires");
        }
    }

    SnapshotWatch(Keyspace keyspace, int databases) {
        this(keyspace, databases, () -> { });
    }

    @Override
    public void value(int database, Bytes key, Value value, boolean pausable) {
        assertTrue(advancing || !pausable, "only what advance hands out is pausable");
        Bytes name = key.copy();
        ValueContent before = expected.databases().get(database).remove(name);
        assertNotNull(before, () -> "handed out twice or never there: " + Samples.describe(name) + " of " + database);
        handedOut++;
        boolean lend = pausable && !pausing;
        pausables += lend ? 1 : 0;
        ValueContent content = ValueContent.exact(value, lend ? this::pause : () -> { });
        assertEquals(before, content, () -> Samples.describe(name));
        if (pausable) {
            assertEquals(name, key, "the key stays");
        }
    }

    private void pause() {
        if (elements++ % PAUSE == 0) {
            boolean was = advancing;
            pausing = true;
            advancing = false;
            meanwhile.run();
            pausing = false;
            advancing = was;
        }
    }

    /** The shortest slice; returns whether there is more. */
    boolean advance() {
        int before = handedOut;
        boolean any = expected.size() > 0;
        advancing = true;
        boolean more = snapshot.advance(System.nanoTime());
        advancing = false;
        assertTrue(!any || handedOut > before, "at least one value");
        if (!more) {
            assertEquals(0, expected.size(), "values are missing");
        }
        return more;
    }

    /** Up to the end. */
    void finish() {
        for (boolean more = true; more; ) {
            more = advance();
        }
        assertFalse(snapshot.advance(System.nanoTime()), "there is no more after the end");
        close();
    }

    int handedOut() {
        return handedOut;
    }

    /** Number of values during which the turn was lent. */
    int pausables() {
        return pausables;
    }

    Snapshot snapshot() {
        return snapshot;
    }

    @Override
    public void close() {
        snapshot.close();
    }
}
