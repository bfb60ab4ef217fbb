package io.releve.contracts.journal;

import static org.junit.jupiter.api.Assertions.assertNull;

import io.releve.contracts.FixedSettings;
import io.releve.persistence.Disk;
import io.releve.persistence.FsyncPolicy;
import io.releve.persistence.JournalProvider;
import java.io.IOException;
import java.util.List;

/** What the parts of the contract have in common. */
interface JournalCase {
    JournalProvider provider();

    JournalProvider successor();

    boolean noticesDamage();

    /**
     * Whether the position of what was recovered from this journal is the last one that was acknowledged, also where nothing but
     * messages and signs of life has come since the last change. Otherwise it is at least that of the last change.
     */
    default boolean positionsAreExact(JournalProvider journal) {
        return true;
    }

    /** A server with nothing in it. @param settings null for the usual ones */
    TestServer server(Disk disk, FixedSettings settings) throws IOException;

    /** A server with nothing in it whose journal is on this disk, and can be loaded from now on. */
    default TestServer started(Disk disk, FsyncPolicy policy) throws Exception {
        TestServer server = server(disk, null);
        server.load(provider());
        server.start(policy, false).get();
        return server;
    }

    /** Ends a server in good order: what it leaves on its disk is exactly what it had. */
    default void end(TestServer server) throws Exception {
        server.close(false);
        holdsEverything(server);
    }

    private void holdsEverything(TestServer ended) throws IOException {
        long position = ended.log.position();
        TestServer again = recover(ended.disk(), ended, position, position);
        assertNull(JournalContract.difference(ended, position, again));
    }

    /** The same, and what was left after each cut can be loaded. @return the cuts */
    default List<PowerCuts.Cut> end(TestServer server, PowerCuts cuts, String what) throws Exception {
        server.close(false);
        List<PowerCuts.Cut> all = cuts.end();
        recoverAll(server, all, what);
        holdsEverything(server);
        return all;
    }

    /** Loads what is left after each cut. */
    default void recoverAll(TestServer server, List<PowerCuts.Cut> cuts, String what) {
        for (int i = 0; i < cuts.size(); i++) {
            PowerCuts.Cut cut = cuts.get(i);
            try {
                recover(cut.disk(), server, cut.promised(), cut.handedOut());
            } catch (Exception | AssertionError e) {
                throw new AssertionError(what + ", cut " + i + " before " + cut.before() + ", promised " + cut.promised()
                        + ", reached " + cut.handedOut() + ": " + e, e);
            }
        }
    }

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
