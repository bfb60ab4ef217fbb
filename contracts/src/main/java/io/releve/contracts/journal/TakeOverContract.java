package io.releve.contracts.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.releve.contracts.FixedSettings;
import io.releve.contracts.disk.SimulatedDisk;
import io.releve.persistence.FsyncPolicy;
import io.releve.persistence.Journal;
import io.releve.persistence.JournalProvider;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** One journal takes over from another while clients write: at every moment one of the two has everything. */
interface TakeOverContract extends JournalCase {
    @Test
    default void oneJournalTakesOverFromAnother() throws Exception {
        for (FsyncPolicy policy : FsyncPolicy.values()) {
            for (int round = 0; round < 6; round++) {
                takeOver(policy, round % 2 == 0, round);
            }
        }
    }

    private void takeOver(FsyncPolicy policy, boolean forth, int seed) throws Exception {
        Random random = new Random(seed);
        SimulatedDisk disk = new SimulatedDisk();
        FixedSettings firstSettings = forth ? null : otherFixed();
        JournalProvider first = forth ? provider() : successor();
        JournalProvider second = forth ? successor() : provider();
        TestServer server = server(disk, firstSettings);
        server.load(first);
        server.start(policy, false).get();
        for (int i = 0; i < 20; i++) {
            server.write(random, 4);
        }
        Journal next = second.open(server.with(forth ? otherFixed() : server(disk, null).settings()));
        CompletableFuture<?>[] started = new CompletableFuture<?>[1];
        server.turn().run(() -> started[0] = next.start(policy, false));
        for (int i = 0; i < 20 || !started[0].isDone(); i++) {
            server.write(random, 2);
            server.turn().run(next::tick);
            server.tick();
        }
        started[0].get();
        Journal old = server.journal;
        long position = server.log.position();
        server.turn().run(() -> {
            server.journal = next;
            try {
                assertEquals(0, old.close(true), "it must not be taken for the data");
            } catch (java.io.IOException e) {
                throw new AssertionError(e);
            }
        });
        for (int i = 0; i < 10; i++) {
            SimulatedDisk rest = disk.cut(random);
            TestServer recovered = server(rest, forth ? otherFixed() : null);
            recovered.load(second);
            if (policy == FsyncPolicy.ALWAYS) {
                assertNull(JournalContract.difference(server, position, recovered));
            }
            TestServer none = server(rest, firstSettings);
            assertNull(none.load(first), "the first was retired");
        }
        server.write(random, 4);
        server.close(false);
        TestServer again = server(disk, forth ? otherFixed() : null);
        again.load(second);
        assertNull(JournalContract.difference(server, server.log.position(), again));
    }
}
