package io.releve.engine.core;

import io.releve.command.CommandSet;
import io.releve.config.Settings;
import io.releve.engine.Clock;
import io.releve.engine.Dispatcher;
import io.releve.engine.Engine;
import io.releve.engine.Lifecycle;
import io.releve.engine.Mode;
import io.releve.engine.disk.FileDisk;
import io.releve.info.InfoSection;
import io.releve.keyspace.EncodingLimits;
import io.releve.keyspace.Keyspace;
import io.releve.keyspace.KeyspaceProvider;
import io.releve.keyspace.KeyspaceSettings;
import io.releve.keyspace.KeyspaceSettings.Reuse;
import io.releve.log.ChangeLog;
import io.releve.persistence.Disk;
import io.releve.persistence.JournalProvider;
import io.releve.persistence.SnapshotterProvider;
import io.releve.replication.ReplicationProvider;
import io.releve.security.Authorizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running engine and the parts that may come and go under it. The same with and without OSGi: several may be open in one
 * JVM. Owns the keyspace it was given, and closes it.
 */
public final class OpenEngine {
    private static final Logger LOG = LoggerFactory.getLogger(OpenEngine.class);

    private final Persistence persistence;
    private final Origin origin;
    private final List<AutoCloseable> watches = new ArrayList<>();
    private final CommandRegistry registry;
    private final RedisEngine engine;

    /**
     * What an engine is made of.
     *
     * @param instance short name, part of its threads' names
     * @param journals what {@code appendonly yes} may mean; more may come later
     * @param snapshotter null without
     * @param lifecycle looked up when the server is to stop; may supply null
     */
    public record Parts(String instance, Clock clock, Settings settings, ChangeLog log, KeyspaceProvider keyspace,
            List<JournalProvider> journals, SnapshotterProvider snapshotter, Disk disk, Supplier<Lifecycle> lifecycle) {
    }

    /** Opens an engine with an open keyspace and without copies on disk; {@link #start} begins its periodic work. */
    public OpenEngine(String instance, Clock clock, Settings settings, ChangeLog log, Keyspace keyspace,
            Supplier<Lifecycle> lifecycle) {
        this(new Persistence(instance, Path.of("."), new FileDisk(), log, settings), clock, settings, keyspace, lifecycle,
                null, Mode.SERVER);
    }

    private OpenEngine(Persistence persistence, Clock clock, Settings settings, Keyspace keyspace,
            Supplier<Lifecycle> lifecycle, Origin origin, Mode mode) {
        this.persistence = persistence;
        this.origin = origin;
        registry = new CommandRegistry(mode, settings.get(EngineDirectives.RENAMED_COMMANDS));
        engine = new RedisEngine(persistence, clock, settings, keyspace, registry, lifecycle);
    }

    /** Opens the engine of a sentinel: without data, and with the commands alone that a sentinel has. */
    public static OpenEngine sentinel(String instance, Clock clock, Settings settings, ChangeLog log,
            Supplier<Lifecycle> lifecycle) {
        Path directory = Path.of(settings.get(EngineDirectives.DIR)).toAbsolutePath().normalize();
        return new OpenEngine(new Persistence(instance, directory, new FileDisk(), log, settings), clock, settings,
                new NoKeyspace(), lifecycle, Origin.NONE, Mode.SENTINEL);
    }

    /**
     * Looks at what is on disk and opens a keyspace; {@link #load} takes up the data, until then clients hear that it is
     * being loaded.
     *
     * @throws IOException in one sentence a user understands
     */
    public static OpenEngine open(Parts parts) throws IOException {
        Settings settings = parts.settings();
        Path directory = Path.of(settings.get(EngineDirectives.DIR)).toAbsolutePath().normalize();
        Persistence persistence = new Persistence(parts.instance(), directory, parts.disk(), parts.log(),
                settings);
        parts.journals().forEach(persistence::add);
        if (settings.get(PersistenceDirectives.APPEND_ONLY)) {
            persistence.open(persistence.named(settings.get(PersistenceDirectives.JOURNAL)));
        }
        if (parts.snapshotter() != null) {
            persistence.exchange(parts.snapshotter());
        }
        boolean keeps = settings.get(PersistenceDirectives.KEYSPACE_FILE).equals("keep");
        Origin origin = Origin.choose(persistence, keeps);
        KeyspaceFolders folders = new KeyspaceFolders(directory);
        EncodingLimits limits = new EncodingLimits();
        List<AutoCloseable> limitWatches = limits.follow(settings);
        Reuse reuse = Reuse.valueOf(settings.get(EngineDirectives.KEYSPACE_REUSE).toUpperCase(Locale.ROOT));
        Keyspace keyspace = parts.keyspace().open(new KeyspaceSettings(folders.first(),
                2 * settings.get(EngineDirectives.DATABASES).intValue(),
                origin.identity() == 0 ? KeyspaceFolders.UNKNOWN_IDENTITY : origin.identity(),
                reuse, keeps && origin.kind() != Origin.Kind.JOURNAL, limits));
        if (reuse == Reuse.REQUIRED && !keyspace.restored()) {
            keyspace.close(false);
            throw new IOException("The keyspace " + parts.keyspace().name() + " has no data of an earlier run, which"
                    + " keyspace-reuse required asks for");
        }
        LOG.info("Keyspace {}: {}", parts.keyspace().name(), keyspace.origin());
        OpenEngine open = new OpenEngine(persistence, parts.clock(), settings, keyspace, parts.lifecycle(), origin,
                Mode.SERVER);
        open.watches.addAll(limitWatches);
        open.engine.exchanges().opened(parts.keyspace(), folders, limits);
        open.engine.beginLoading();
        return open;
    }

    /**
     * Takes up the data and begins to write copies of it; takes as long as there is to load.
     *
     * @throws IOException in one sentence a user understands; the engine is of no use then
     */
    public void load() throws IOException {
        engine.load(origin);
    }

    /** The clock of this machine. */
    public static Clock systemClock() {
        return new SystemClock();
    }

    /** Ends watches of settings. */
    static void closeAll(List<AutoCloseable> watches) {
        for (AutoCloseable watch : watches) {
            try {
                watch.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    public void start() {
        engine.start();
    }

    public Dispatcher dispatcher() {
        return engine;
    }

    public Engine engine() {
        return engine.administration();
    }

    /** What is inside, for this package. */
    RedisEngine core() {
        return engine;
    }

    /** Takes up commands; {@code preferred} ones serve names that others have too. */
    public void add(CommandSet set, boolean preferred) {
        add(List.of(set), preferred);
    }

    /** Takes up the commands of several sets at once. */
    public void add(List<CommandSet> sets, boolean preferred) {
        registry.add(sets, preferred);
        engine.commandsChanged();
    }

    /** Lets commands go; clients that send one wait for it to come back, for a while. */
    public void remove(CommandSet set) {
        registry.remove(set);
    }

    public void add(InfoSection section) {
        engine.infoSections().add(section);
    }

    public void remove(InfoSection section) {
        engine.infoSections().remove(section);
    }

    /**
     * Has another authorizer asked, from the moment on when the commands are there.
     *
     * @throws IllegalArgumentException in one sentence, when what it was told cannot be understood; the former stays
     */
    public void authorizer(Authorizer authorizer) {
        engine.authorizer(authorizer);
    }

    /** Has {@link #load} end soon, with an exception. */
    public void giveUpLoading() {
        engine.giveUpLoading();
    }

    /** Takes up a way of keeping a journal; a journal that waits for it goes on. */
    public void add(JournalProvider provider) {
        persistence.add(provider);
        persistence.resume();
    }

    public void remove(JournalProvider provider) {
        persistence.remove(provider);
    }

    /** Takes up a way of writing snapshots. */
    public void snapshots(SnapshotterProvider provider) throws IOException {
        engine.turn().take();
        try {
            persistence.exchange(provider);
        } finally {
            engine.turn().give();
        }
    }

    /** What writes snapshots goes away. @param other what takes its place, null for nothing */
    public void remove(SnapshotterProvider provider, SnapshotterProvider other) {
        engine.turn().run(() -> persistence.remove(provider, other));
    }

    /** What keeps the data. */
    KeyspaceProvider keyspace() {
        return engine.exchanges().keyspace();
    }

    /** Takes up a way of replicating, unless there is one. */
    public void add(ReplicationProvider provider) {
        engine.replicating().open(provider);
    }

    /** Ends its links. */
    public void remove(ReplicationProvider provider) {
        engine.replicating().close(provider);
    }

    /** The server is going to stop, and clients are still served: does what SHUTDOWN does before, unless it has. */
    public void prepareStop() {
        engine.stop().prepareInAnyCase();
    }

    /** Stops the periodic work, waits for the running batch and closes the keyspace. */
    public void close() throws IOException {
        engine.close();
        closeAll(watches);
    }
}
