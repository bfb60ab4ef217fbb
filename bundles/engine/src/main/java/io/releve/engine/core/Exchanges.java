package io.releve.engine.core;

import io.releve.engine.Exchange;
import io.releve.keyspace.EncodingLimits;
import io.releve.keyspace.Keyspace;
import io.releve.keyspace.KeyspaceProvider;
import io.releve.keyspace.KeyspaceSettings;
import io.releve.persistence.JournalProvider;
import io.releve.persistence.SnapshotterProvider;
import io.releve.replication.ReplicationProvider;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** Exchanges parts under the turn; one after the other. */
final class Exchanges implements Exchange {
    private static final long LOOK_AGAIN_MS = 5;

    private final RedisEngine engine;
    private volatile KeyspaceProvider keyspace;
    /** Null when the engine was given an open keyspace. */
    private KeyspaceFolders folders;
    private EncodingLimits limits;

    /** What may fail. */
    private interface Work {
        void run() throws IOException;
    }

    Exchanges(RedisEngine engine) {
        this.engine = engine;
    }

    /** How the keyspace was opened. */
    void opened(KeyspaceProvider provider, KeyspaceFolders places, EncodingLimits followed) {
        keyspace = provider;
        folders = places;
        limits = followed;
    }

    @Override
    public KeyspaceProvider keyspace() {
        return keyspace;
    }

    @Override
    public JournalProvider journal() {
        return engine.persistence().journalProvider();
    }

    @Override
    public SnapshotterProvider snapshots() {
        return engine.persistence().snapshotterProvider();
    }

    @Override
    public ReplicationProvider replication() {
        return engine.replicating().provider();
    }

    @Override
    public synchronized long to(JournalProvider next) throws IOException {
        Persistence persistence = engine.persistence();
        JournalProvider old = persistence.journalProvider();
        if (old == next) {
            return 0;
        }
        if (old == null || old.name().equals(next.name())) {
            return withTurn(() -> persistence.exchange(next));
        }
        persistence.prefer(next);
        // neither can begin while another snapshot is written
        await(() -> persistence.snapshotOwner() == null);
        choose(next.name());
        await(() -> !persistence.takingOver());
        if (persistence.journalProvider() != next) {
            choose(old.name());
            throw new IOException("the journal " + next.name() + " could not take over, the log says why");
        }
        return persistence.takeOverNanos();
    }

    /** The directive is the truth: setting it has the other journal take over. */
    private void choose(String name) throws IOException {
        withTurn(() -> {
            try {
                engine.settings().set(Map.of(PersistenceDirectives.JOURNAL.name(), List.of(name)));
            } catch (IllegalArgumentException e) {
                throw new IOException(e.getMessage(), e);
            }
        });
    }

    private static void await(BooleanSupplier condition) throws IOException {
        while (!condition.getAsBoolean()) {
            try {
                Thread.sleep(LOOK_AGAIN_MS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            }
        }
    }

    @Override
    public synchronized long to(SnapshotterProvider next) throws IOException {
        return withTurn(() -> engine.persistence().exchange(next));
    }

    @Override
    public synchronized long to(ReplicationProvider next) throws IOException {
        return withTurn(() -> engine.replicating().exchange(next));
    }

    @Override
    public synchronized long to(KeyspaceProvider next) throws IOException {
        if (next == keyspace) {
            return 0;
        }
        if (folders == null) {
            throw new IOException("the engine was given its keyspace from outside");
        }
        if (engine.settings().get(PersistenceDirectives.KEYSPACE_FILE).equals("keep")) {
            throw new IOException("with keyspace-file keep the keyspace's files are the data, so it is not exchanged while the"
                    + " server runs");
        }
        Keyspace old = engine.keyspace();
        Keyspace target = next.open(new KeyspaceSettings(folders.other(), 2 * engine.databases(), KeyspaceFolders.UNKNOWN_IDENTITY,
                KeyspaceSettings.Reuse.NO, false, limits));
        long nanos;
        try {
            nanos = new KeyspaceMove(engine, target, limits).run(() -> engine.keyspace(target));
        } catch (IOException | RuntimeException e) {
            target.close(false);
            throw e;
        }
        keyspace = next;
        folders.exchanged();
        engine.settings().note(EngineDirectives.KEYSPACE, List.of(next.name()));
        // nobody has an address in it any more
        old.close(false);
        return nanos;
    }

    /** @return how long the turn was held, ns */
    private long withTurn(Work work) throws IOException {
        engine.turn().take();
        long began = engine.clock().nanoTime();
        try {
            engine.tick();
            work.run();
            return engine.clock().nanoTime() - began;
        } finally {
            engine.endBatch();
            engine.turn().give();
        }
    }
}
