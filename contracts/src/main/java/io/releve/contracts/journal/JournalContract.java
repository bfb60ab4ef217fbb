package io.releve.contracts.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.releve.config.DirectiveSet;
import io.releve.contracts.FixedSettings;
import io.releve.contracts.KeyspaceContent;
import io.releve.contracts.disk.SimulatedDisk;
import io.releve.keyspace.Keyspace;
import io.releve.keyspace.KeyspaceSettings;
import io.releve.log.ChangeLog;
import io.releve.log.History;
import io.releve.persistence.Disk;
import io.releve.persistence.Found;
import io.releve.persistence.FsyncPolicy;
import io.releve.persistence.JournalProvider;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every journal must do. A provider's test extends this class, and gives a log and a keyspace to try it with. What must
 * survive a power cut stands in {@link PowerCutContract}, what happens when the disk fails in {@link BadDiskContract},
 * damaged files in {@link DamageContract}, and how one journal takes over from another in {@link TakeOverContract}.
 */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class JournalContract implements PowerCutContract, BadDiskContract, DamageContract, TakeOverContract {
    static final Path DATA = Path.of("/data");

    @TempDir
    Path folder;

    /** The journal under test. */
    @Override
    public abstract JournalProvider provider();

    /** A new, empty log. */
    protected abstract ChangeLog log();

    /** A new, empty keyspace. */
    protected abstract Keyspace keyspace(KeyspaceSettings settings) throws IOException;

    /** The file system of this machine. */
    protected abstract Disk realDisk();

    /** The directives of the journal. */
    protected abstract DirectiveSet directives();

    /** Values for them that have much happen with little data. */
    protected Map<String, String> settings() {
        return Map.of();
    }

    /** Values with which a second journal does not get in the way of the first. */
    protected abstract Map<String, String> otherSettings();

    /** The journal that takes over; the same under other names, unless there is another. */
    @Override
    public JournalProvider successor() {
        return provider();
    }

    /** Whether any damaged byte is noticed. */
    @Override
    public boolean noticesDamage() {
        return true;
    }

    @Override
    public final FixedSettings otherFixed() {
        return fixed(otherSettings());
    }

    @Override
    public final FixedSettings defaults() {
        return new FixedSettings(directives());
    }

    private FixedSettings fixed(Map<String, String> values) {
        FixedSettings fixed = new FixedSettings(directives());
        settings().forEach(fixed::with);
        values.forEach(fixed::with);
        return fixed;
    }

    @Override
    public final TestServer server(Disk disk, FixedSettings settings) throws IOException {
        return server(disk, DATA, settings == null ? fixed(Map.of()) : settings);
    }

    private TestServer server(Disk disk, Path directory, FixedSettings settings) throws IOException {
        disk.createDirectories(directory);
        return new TestServer(disk, directory, settings, log(),
                keyspace(new KeyspaceSettings(folder, TestServer.DATABASES, 0, false)), new TestClock());
    }

    /** Waits, in real time, for what other threads do. */
    static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                fail("It does not happen: " + what);
            }
            java.util.concurrent.locks.LockSupport.parkNanos(200_000);
        }
    }

    /** The state at a position, or null when they are the same. */
    static String difference(TestServer expected, long position, TestServer actual) {
        return expected.states.get(position).difference(actual.content());
    }

    private void severalRuns(Disk disk, Path directory, FsyncPolicy policy, int rounds) throws Exception {
        Random random = new Random(policy.ordinal());
        long fingerprint = 0;
        TestServer before = null;
        for (int round = 0; round < rounds; round++) {
            TestServer server = server(disk, directory, fixed(Map.of()));
            Found found = server.load(provider());
            assertEquals(before == null, found == null);
            if (found != null) {
                assertEquals(fingerprint, provider().open(server).found().fingerprint(), "it is found again");
                assertNull(difference(before, before.log.position(), server));
                if (found.history() != null) {
                    assertEquals(new History(before.log.replicationId(), before.log.position(), true), found.history());
                }
            }
            server.start(policy, found != null).get();
            for (int i = 0; i < 60; i++) {
                server.write(random, 1 + random.nextInt(6));
                server.clock.pass(30);
                server.tick();
                if (i % 25 == 10 && server.snapshotOwner() == null) {
                    server.turn().run(server.journal::rewrite);
                }
            }
            long last = fingerprint;
            fingerprint = server.close(false);
            assertNotEquals(0, fingerprint, "closed in good order");
            assertNotEquals(last, fingerprint, "other content");
            before = server;
        }
    }

    @Test
    public void whatWasWrittenIsFoundAgain() throws Exception {
        for (FsyncPolicy policy : FsyncPolicy.values()) {
            severalRuns(new SimulatedDisk(), DATA, policy, 6);
            severalRuns(realDisk(), folder.resolve(policy.name()), policy, 4);
        }
    }

    @Test
    public void nothingIsFoundWhereNothingWasWritten() throws Exception {
        TestServer server = server(new SimulatedDisk(), null);
        assertNull(server.load(provider()));
        assertEquals(0, server.close(false));
        server = server(new SimulatedDisk(), null);
        assertNull(server.load(provider()));
        server.start(FsyncPolicy.NO, false).get();
        server.close(true);
        assertNull(server(server.disk(), null).load(provider()), "it was retired");
    }

    /** The keyspace has the data already: nothing is loaded. */
    @Test
    public void itGoesOnWithoutLoading() throws Exception {
        Random random = new Random(7);
        SimulatedDisk disk = new SimulatedDisk();
        TestServer server = started(disk, FsyncPolicy.EVERYSEC);
        for (int round = 0; round < 4; round++) {
            for (int i = 0; i < 20; i++) {
                server.write(random, 3);
            }
            long fingerprint = server.close(false);
            server.journal = provider().open(server);
            assertEquals(fingerprint, server.journal.found().fingerprint());
            server.start(FsyncPolicy.EVERYSEC, true).get();
            assertEquals(0, provider().open(server).found().fingerprint(), "while it is written nothing is certain");
        }
        server.write(random, 3);
        server.close(false);
        TestServer again = server(disk, null);
        again.load(provider());
        assertNull(difference(server, server.log.position(), again));
    }

    /** What is in the keyspace takes the place of what was on disk. */
    @Test
    public void itBeginsAnewWithOtherData() throws Exception {
        SimulatedDisk disk = new SimulatedDisk();
        TestServer server = null;
        for (int round = 0; round < 4; round++) {
            Random random = new Random(round);
            server = server(disk, null);
            server.load(provider());
            server.turn().run(server.keyspace.database(0)::clear);
            server = server(disk, null);
            server.journal = provider().open(server);
            server.log.restore(new History("0123456789".repeat(4), 1000L - 100 * round, true));
            TestServer other = server;
            other.forget();
            other.write(random, 20);
            server.start(FsyncPolicy.ALWAYS, false).get();
            other.write(random, 20);
            server.close(false);
            TestServer again = server(disk, null);
            again.load(provider());
            assertNull(difference(server, server.log.position(), again));
        }
    }

    @Test
    public void rewritingMakesItSmallAndIsRefusedTwice() throws Exception {
        Random random = new Random(8);
        SimulatedDisk disk = new SimulatedDisk();
        TestServer server = started(disk, FsyncPolicy.ALWAYS);
        for (int i = 0; i < 300; i++) {
            server.write(random, 5);
        }
        await("written", () -> server.log.acknowledged() == server.log.position());
        long before = size(disk, DATA);
        assertTrue(server.snapshotBegins("somebody else"));
        boolean[] begun = new boolean[1];
        server.turn().run(() -> begun[0] = server.journal.rewrite());
        assertTrue(!begun[0], "it waits for the other");
        server.snapshotDone();
        server.tick();
        server.tick();
        await("rewritten", () -> server.snapshotOwner() == null && size(disk, DATA) < before);
        server.turn().run(() -> {
            assertTrue(server.journal.rewrite());
            try {
                server.journal.rewrite();
                fail("twice");
            } catch (io.releve.command.CommandException e) {
                assertTrue(e.getMessage().startsWith("ERR Background append only file rewriting already in progress"));
            }
        });
        server.tick();
        server.write(random, 3);
        await("rewritten again", () -> server.snapshotOwner() == null);
        server.close(false);
        TestServer again = server(disk, null);
        again.load(provider());
        assertNull(difference(server, server.log.position(), again));
    }

    private static long size(Disk disk, Path directory) {
        try {
            long size = 0;
            for (Path name : disk.list(directory)) {
                Path path = directory.resolve(name);
                List<Path> inside = disk.list(path);
                try {
                    size += inside.isEmpty() ? disk.size(path) : size(disk, path);
                } catch (java.nio.file.NoSuchFileException e) {
                    // removed meanwhile
                }
            }
            return size;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Recovers from what a disk holds, and says what differs from every state that is allowed. */
    @Override
    public final TestServer recover(Disk disk, JournalProvider journal, FixedSettings settings, TestServer source,
            long promised, long handedOut) throws IOException {
        TestServer recovered = server(disk, settings);
        Found found = recovered.load(journal);
        KeyspaceContent content = recovered.content();
        if (found != null && found.history() != null) {
            long position = found.history().position();
            if (position < promised && (positionsAreExact(journal) || !source.states.subMap(position, false, promised, true)
                    .values().stream().allMatch(content::equals))) {
                fail("position " + promised + " was acknowledged and " + position + " is the last");
            }
            KeyspaceContent expected = positionsAreExact(journal) ? source.states.get(position)
                    : source.states.floorEntry(position).getValue();
            assertNotNull(expected, () -> "position " + position + " is between two groups");
            String difference = expected.difference(content);
            if (difference != null) {
                fail("at position " + position + ": " + difference);
            }
            return recovered;
        }
        for (KeyspaceContent state : source.states.subMap(Math.max(promised, source.states.firstKey()), true, handedOut, true)
                .values()) {
            if (state.equals(content)) {
                return recovered;
            }
        }
        fail("no state from position " + promised + " to " + handedOut + " is like that; at the first: "
                + source.states.ceilingEntry(promised).getValue().difference(content));
        return null;
    }
}
