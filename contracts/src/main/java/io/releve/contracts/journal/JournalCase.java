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

    /** A server with nothing in it. @param settings null for the usual ones */
    TestServer server(Disk disk, FixedSettings settings) throws IOException;

    FixedSettings otherFixed();

    /** The defaults: files are as large as they usually are. */
    FixedSettings defaults();

    /**
     * Loads what a disk holds; it must be what {@code source} had at some position from {@code promised} (-1: any) to
     * {@code handedOut}.
     */
    TestServer recover(Disk disk, TestServer source, long promised, long handedOut) throws IOException;
}
