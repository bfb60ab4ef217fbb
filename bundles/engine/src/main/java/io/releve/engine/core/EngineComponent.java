package io.releve.engine.core;

import io.releve.command.CommandSet;
import io.releve.config.Settings;
import io.releve.engine.Dispatcher;
import io.releve.engine.Engine;
import io.releve.engine.Lifecycle;
import io.releve.engine.Mode;
import io.releve.engine.disk.FileDisk;
import io.releve.info.InfoSection;
import io.releve.keyspace.KeyspaceProvider;
import io.releve.log.ChangeLogProvider;
import io.releve.persistence.JournalProvider;
import io.releve.persistence.SnapshotterProvider;
import io.releve.replication.ReplicationProvider;
import io.releve.security.Authorizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The engine in an OSGi container: opens it when settings, the chosen keyspace and the command sets of its profile are
 * there, offers it as {@link Dispatcher} and {@link Engine}, and lets parts come and go under it.
 */
@Component(immediate = true, service = {})
public final class EngineComponent {
    private static final Logger LOG = LoggerFactory.getLogger(EngineComponent.class);
    /** Command sets without which a data server is not ready. */
    private static final List<String> SERVER_PROFILE = List.of("strings", "keys", "lists", "hashes", "sets", "sortedsets",
            "streams", "pubsub", "connection", "admin");
    /** Waited for where the container is our package, and elsewhere if its bundle is installed. */
    private static final String SCRIPTING = "scripting";
    /** The namespace in which bundles say which command set they have. */
    private static final String COMMANDS = "releve.command";
    /** The same for a sentinel. */
    private static final List<String> SENTINEL_PROFILE = List.of("pubsub", "connection", "admin", "sentinel");
    private static final long PATIENCE_SECONDS = 5;

    private final BundleContext context;
    private final Mode mode;
    private final List<String> profile;
    private final Settings settings;
    private final ChangeLogProvider logs;
    /** In rising order of precedence. */
    private final TreeSet<BoundSet> commandSets = new TreeSet<>();
    private final List<KeyspaceProvider> keyspaces = new ArrayList<>();
    private final List<JournalProvider> journals = new CopyOnWriteArrayList<>();
    private final List<SnapshotterProvider> snapshotters = new CopyOnWriteArrayList<>();
    private final List<ReplicationProvider> replications = new CopyOnWriteArrayList<>();
    private final SynchronousBundleListener stopping = this::containerChanged;
    private final List<InfoSection> sections = new ArrayList<>();
    private final List<ServiceRegistration<?>> registrations = new ArrayList<>();
    private Lifecycle lifecycle;
    private Authorizer authorizer;
    private OpenEngine engine;
    private Thread loader;
    private volatile boolean active;
    private boolean failed;

    @Activate
    public EngineComponent(BundleContext context, @Reference Settings settings, @Reference ChangeLogProvider logs) {
        this.context = context;
        mode = Mode.of(context.getProperty(Mode.PROPERTY));
        profile = mode == Mode.SENTINEL ? SENTINEL_PROFILE : SERVER_PROFILE;
        this.settings = settings;
        this.logs = logs;
    }

    @Activate
    synchronized void activate() {
        active = true;
        context.addBundleListener(stopping);
        openWhenComplete();
        CompletableFuture.delayedExecutor(PATIENCE_SECONDS, TimeUnit.SECONDS).execute(this::explainWaiting);
    }

    /** Says what keeps the engine from opening, when it has not opened in time. */
    private synchronized void explainWaiting() {
        if (!active || engine != null || failed) {
            return;
        }
        missing().forEach(name -> LOG.warn("The engine waits for the command"
                + " set '{}': put the bundle io.releve.{} into bundle/ or deploy/", name,
                name.equals("sentinel") ? name : "commands." + name));
        if (mode == Mode.SENTINEL) {
            return;
        }
        String journal = settings.get(PersistenceDirectives.JOURNAL);
        if (settings.get(PersistenceDirectives.APPEND_ONLY) && !hasJournal(journal)) {
            LOG.warn("The engine waits for the journal '{}': put its bundle into bundle/ or deploy/, or choose one of {}"
                    + " with the directive journal", journal, journals.stream().map(JournalProvider::name).toList());
        }
        if (snapshotters.isEmpty() && wantsSnapshots()) {
            LOG.warn("The engine waits for what loads the snapshot that is there: put the bundle"
                    + " io.releve.persistence.snapshot into bundle/ or deploy/");
        }
        String wanted = settings.get(EngineDirectives.KEYSPACE);
        if (keyspaces.stream().noneMatch(provider -> provider.name().equals(wanted))) {
            LOG.warn("The engine waits for the keyspace '{}': put its bundle into bundle/ or deploy/, or choose one of {}"
                    + " with the directive keyspace", wanted, keyspaces.stream().map(KeyspaceProvider::name).toList());
        }
    }

    @Deactivate
    synchronized void deactivate() {
        context.removeBundleListener(stopping);
        active = false;
        close();
    }

    /** When the whole container stops, the engine closes while the parts that it needs for that are still there. */
    private void containerChanged(BundleEvent event) {
        if (event.getType() == BundleEvent.STOPPING && event.getBundle().getBundleId() == 0) {
            OpenEngine open = engine();
            if (open != null) {
                open.prepareStop();
            }
            deactivate();
        }
    }

    private synchronized OpenEngine engine() {
        return engine;
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    synchronized void bindCommandSet(ServiceReference<CommandSet> reference, CommandSet set) {
        BoundSet bound;
        try {
            bound = BoundSet.of(reference, set);
        } catch (RuntimeException | LinkageError e) {
            LOG.error("The command set {} is left out: {}", set.getClass().getName(), e.toString(), e);
            return;
        }
        commandSets.add(bound);
        if (engine == null) {
            openWhenComplete();
        } else {
            engine.add(set, commandSets.tailSet(bound, false).stream()
                    .noneMatch(other -> other.name().equals(bound.name())));
        }
    }

    synchronized void unbindCommandSet(CommandSet set) {
        commandSets.removeIf(bound -> bound.set() == set);
        if (engine != null) {
            engine.remove(set);
        }
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    synchronized void bindKeyspaceProvider(KeyspaceProvider provider) {
        keyspaces.add(provider);
        openWhenComplete();
    }

    synchronized void unbindKeyspaceProvider(KeyspaceProvider provider) {
        keyspaces.remove(provider);
        if (engine != null && engine.keyspace() == provider) {
            LOG.warn("The keyspace provider {} is going away: closing the engine", provider.name());
            close();
        }
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    synchronized void bindJournalProvider(JournalProvider provider) {
        if (mode == Mode.SENTINEL) {
            return;
        }
        journals.add(provider);
        if (engine == null) {
            openWhenComplete();
        } else {
            engine.add(provider);
        }
    }

    synchronized void unbindJournalProvider(JournalProvider provider) {
        journals.remove(provider);
        if (engine != null) {
            engine.remove(provider);
        }
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    synchronized void bindSnapshotterProvider(SnapshotterProvider provider) {
        if (mode == Mode.SENTINEL) {
            return;
        }
        snapshotters.add(provider);
        if (engine == null) {
            openWhenComplete();
        } else if (snapshotters.size() == 1) {
            try {
                engine.snapshots(provider);
            } catch (IOException e) {
                LOG.error("Snapshots cannot be written: {}", e.getMessage());
            }
        }
    }

    synchronized void unbindSnapshotterProvider(SnapshotterProvider provider) {
        snapshotters.remove(provider);
        if (engine != null) {
            engine.remove(provider, snapshotters.isEmpty() ? null : snapshotters.get(0));
        }
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    synchronized void bindReplicationProvider(ReplicationProvider provider) {
        if (mode == Mode.SENTINEL) {
            return;
        }
        replications.add(provider);
        if (engine != null) {
            engine.add(provider);
        }
    }

    /** Another that is there takes its place; links are taken up again by it. */
    synchronized void unbindReplicationProvider(ReplicationProvider provider) {
        replications.remove(provider);
        if (engine != null) {
            engine.remove(provider);
            replications.forEach(engine::add);
        }
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    synchronized void bindInfoSection(InfoSection section) {
        sections.add(section);
        if (engine != null) {
            engine.add(section);
        }
    }

    synchronized void unbindInfoSection(InfoSection section) {
        sections.removeIf(each -> each == section);
        if (engine != null) {
            engine.remove(section);
        }
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    synchronized void bindAuthorizer(Authorizer newAuthorizer) {
        authorizer = newAuthorizer;
        OpenEngine open = engine;
        if (open != null) {
            // not on this thread, which may hold what somebody with the turn waits for
            new Thread(() -> ask(open, newAuthorizer), "releve-main-users-1").start();
        }
    }

    private static void ask(OpenEngine open, Authorizer authorizer) {
        try {
            open.authorizer(authorizer);
        } catch (IllegalArgumentException e) {
            LOG.error("The rights of the users stay as they are: {}", e.getMessage());
        }
    }

    /** Its rules stay in force until another takes its place: whoever takes the bundle away does not open the doors. */

    synchronized void unbindAuthorizer(Authorizer old) {
        if (authorizer == old) {
            authorizer = null;
        }
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    synchronized void bindLifecycle(Lifecycle newLifecycle) {
        lifecycle = newLifecycle;
    }

    synchronized void unbindLifecycle(Lifecycle old) {
        if (lifecycle == old) {
            lifecycle = null;
        }
    }

    private void openWhenComplete() {
        if (!active || engine != null || failed || !missing().isEmpty()) {
            return;
        }
        if (mode == Mode.SENTINEL) {
            engine = OpenEngine.sentinel("main", OpenEngine.systemClock(), settings, logs.open(), this::lifecycle);
            opened();
            return;
        }
        if (!copiesAreThere()) {
            return;
        }
        String wanted = settings.get(EngineDirectives.KEYSPACE);
        for (KeyspaceProvider provider : keyspaces) {
            if (provider.name().equals(wanted)) {
                open(provider);
                return;
            }
        }
    }

    /** Whether the parts are there that the settings ask for: without them data would be overlooked. */
    private boolean copiesAreThere() {
        return (!settings.get(PersistenceDirectives.APPEND_ONLY) || hasJournal(settings.get(PersistenceDirectives.JOURNAL)))
                && (!snapshotters.isEmpty() || !wantsSnapshots());
    }

    private boolean hasJournal(String name) {
        return journals.stream().anyMatch(provider -> provider.name().equals(name));
    }

    /** Whether there is a snapshot to load. */
    private boolean wantsSnapshots() {
        return !settings.get(PersistenceDirectives.APPEND_ONLY) && Files.exists(Path.of(settings.get(EngineDirectives.DIR))
                .resolve(settings.find("dbfilename").getOrDefault("dbfilename", "dump.rdb")));
    }

    /** The command sets that are still waited for. */
    private List<String> missing() {
        Stream<String> optional = mode != Mode.SENTINEL && wantsScripts() ? Stream.of(SCRIPTING) : Stream.of();
        return Stream.concat(profile.stream(), optional).filter(name -> !hasCommandSet(name)).toList();
    }

    /** Without that bundle libraries of functions are kept as they are, and what has to run a script is refused. */
    private boolean wantsScripts() {
        return Lifecycle.isOurs(context.getProperty(Lifecycle.PROPERTY)) || Arrays.stream(context.getBundles())
                .map(bundle -> bundle.adapt(BundleRevision.class)).filter(Objects::nonNull)
                .flatMap(revision -> revision.getDeclaredCapabilities(COMMANDS).stream())
                .anyMatch(capability -> SCRIPTING.equals(capability.getAttributes().get(COMMANDS)));
    }

    private boolean hasCommandSet(String name) {
        return commandSets.stream().anyMatch(bound -> bound.name().equals(name));
    }

    private void open(KeyspaceProvider provider) {
        try {
            engine = OpenEngine.open(new OpenEngine.Parts("main", OpenEngine.systemClock(), settings, logs.open(), provider,
                    List.copyOf(journals), snapshotters.isEmpty() ? null : snapshotters.get(0), new FileDisk(),
                    this::lifecycle));
        } catch (IOException e) {
            fail(e instanceof java.nio.file.FileSystemException
                    ? "Cannot use the data directory " + settings.get(EngineDirectives.DIR) + ": " + e
                    + "; choose another with the directive dir" : e.getMessage());
            return;
        }
        opened();
    }

    /** Hands it the parts that are there, and offers it. */
    private void opened() {
        sections.forEach(engine::add);
        // what Redis has is served by those who are known for it, whoever else offers it
        engine.add(commandSets.stream().sorted(Comparator.comparing((BoundSet bound) -> !profile.contains(bound.name())))
                .map(BoundSet::set).toList(), true);
        replications.forEach(engine::add);
        if (authorizer != null) {
            try {
                engine.authorizer(authorizer);
            } catch (IllegalArgumentException e) {
                fail(e.getMessage());
                return;
            }
        }
        engine.start();
        registrations.add(context.registerService(Dispatcher.class, engine.dispatcher(), null));
        OpenEngine loading = engine;
        loader = new Thread(() -> load(loading), "releve-main-load-1");
        loader.start();
    }

    /** Loads the data; the engine is a service only then, while the dispatcher is there before. */
    private void load(OpenEngine loading) {
        try {
            loading.load();
        } catch (IOException | RuntimeException e) {
            if (active) {
                LOG.debug("Loading failed", e);
                fail(e.getMessage() == null ? "The data could not be loaded: " + e : e.getMessage());
            }
            return;
        }
        synchronized (this) {
            if (active && engine == loading) {
                journals.forEach(engine::add);
                registrations.add(context.registerService(Engine.class, engine.engine(), null));
            }
        }
    }

    private Lifecycle lifecycle() {
        return lifecycle;
    }

    private void fail(String sentence) {
        failed = true;
        if (lifecycle == null) {
            LOG.error(sentence);
        } else {
            lifecycle.failed(sentence);
        }
    }

    private void close() {
        if (engine == null) {
            return;
        }
        engine.giveUpLoading();
        registrations.forEach(ServiceRegistration::unregister);
        registrations.clear();
        OpenEngine closing = engine;
        engine = null;
        try {
            closing.close();
        } catch (IOException | RuntimeException e) {
            LOG.error("The data could not be kept", e);
        }
    }
}
