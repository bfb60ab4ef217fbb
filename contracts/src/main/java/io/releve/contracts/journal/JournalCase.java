package io.releve.contracts.journal;

import io.releve.contracts.FixedSettings;
import io.releve.persistence.Disk;
import io.releve.persistence.JournalProvider;
import java.io.IOException;

/** What the parts of the contract have in common. */
interface JournalCase {
    JournalProvider provider();

    JournalProvider successor();

    boolean noticesDamage();

    /**
     * Whether the position of what was recovered is the last one that was acknowledged, also where nothing but messages and
     * signs of life has come since the last change. Otherwise it is at least that of the last change.
     */
    default boolean positionsAreExact() {
        return true;
    }

    /** A server with nothing in it. @param settings null for the usual ones */
    TestServer server(Disk disk, FixedSettings settings) throws IOException;

    FixedSettings otherFixed();

    /** The defaults: files are as large as they usually are. */
    FixedSettings defaults();

    /**
     * Loads what a disk holds; it must be what {@code source} had at some position from {@code promised} (-1: any) to
     * {@code handedOut}.
     */
    default TestServer recover(Disk disk, TestServer source, long promised, long handedOut) throws IOException {
        return recover(disk, provider(), null, source, promised, handedOut);
    }

    /** The same with another journal and its settings. */
    TestServer recover(Disk disk, JournalProvider journal, FixedSettings settings, TestServer source, long promised,
            long handedOut) throws IOException;
}
