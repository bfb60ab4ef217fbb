package io.releve.engine.core;

import io.releve.command.CommandSet;
import io.releve.config.Settings;
import io.releve.engine.Dispatcher;
import io.releve.engine.Engine;
import io.releve.engine.Lifecycle;
import io.releve.info.InfoSection;
import io.releve.keyspace.EncodingLimits;
import io.releve.keyspace.Keyspace;
import io.releve.keyspace.KeyspaceProvider;
import io.releve.keyspace.KeyspaceSettings;
import io.releve.log.ChangeLogProvider;
import io.releve.security.Authorizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
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
    private static final List<String> PROFILE = List.of("strings", "keys", "lists", "hashes", "sets", "sortedsets",
            "streams", "pubsub", "connection", "admin");
    /** Folder below {@code dir} that belongs to the keyspace alone. */
    private static final String KEYSPACE_FOLDER = "keyspace";
    private static final long PATIENCE_SECONDS = 5;

    private final BundleContext context;
    private final Settings settings;
    private final ChangeLogProvider logs;
    /** In rising order of precedence. */
    private final TreeSet<BoundSet> commandSets = new TreeSet<>();
    private final List<KeyspaceProvider> keyspaces = new ArrayList<>();
    private final List<InfoSection> sections = new ArrayList<>();
    private final List<ServiceRegistration<?>> registrations = new ArrayList<>();
    private List<AutoCloseable> limitWatches = List.of();
    private Lifecycle lifecycle;
    private Authorizer authorizer;
    private OpenEngine engine;
    private KeyspaceProvider opened;
    private boolean active;
    private boolean failed;

    @Activate
    public EngineComponent(BundleContext context, @Reference Settings settings, @Reference ChangeLogProvider logs) {
        this.context = context;
        this.settings = settings;
        this.logs = logs;
    }

    @Activate
    synchronized void activate() {
        active = true;
        openWhenComplete();
        CompletableFuture.delayedExecutor(PATIENCE_SECONDS, TimeUnit.SECONDS).execute(this::explainWaiting);
    }

    /** Says what keeps the engine from opening, when it has not opened in time. */
    private synchronized void explainWaiting() {
        if (!active || engine != null || failed) {
            return;
        }
        PROFILE.stream().filter(name -> !hasCommandSet(name)).forEach(name -> LOG.warn("The engine waits for the command"
                + " set '{}': put the bundle io.releve.commands.{} into bundle/ or deploy/", name, name));
        String wanted = settings.get(EngineDirectives.KEYSPACE);
        if (keyspaces.stream().noneMatch(provider -> provider.name().equals(wanted))) {
            LOG.warn("The engine waits for the keyspace '{}': put its bundle into bundle/ or deploy/, or choose one of {}"
                    + " with the directive keyspace", wanted, keyspaces.stream().map(KeyspaceProvider::name).toList());
        }
    }

    @Deactivate
    synchronized void deactivate() {
        active = false;
        close();
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    synchronized void bindCommandSet(ServiceReference<CommandSet> reference, CommandSet set) {
        BoundSet bound = BoundSet.of(reference, set);
        commandSets.add(bound);
        if (engine == null) {
            openWhenComplete();
        } else {
            engine.add(set, commandSets.tailSet(bound, false).stream()
                    .noneMatch(other -> other.set().name().equals(set.name())));
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
        if (provider == opened) {
            LOG.warn("The keyspace provider {} is going away: closing the engine", provider.name());
            close();
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
        sections.remove(section);
        if (engine != null) {
            engine.remove(section);
        }
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    synchronized void bindAuthorizer(Authorizer newAuthorizer) {
        authorizer = newAuthorizer;
        if (engine != null) {
            engine.authorizer(newAuthorizer);
        }
    }

    synchronized void unbindAuthorizer(Authorizer old) {
        if (authorizer == old) {
            authorizer = null;
            if (engine != null) {
                engine.authorizer(null);
            }
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
        if (!active || engine != null || !PROFILE.stream().allMatch(this::hasCommandSet)) {
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

    private boolean hasCommandSet(String name) {
        return commandSets.stream().anyMatch(bound -> bound.set().name().equals(name));
    }

    private void open(KeyspaceProvider provider) {
        Path directory = Path.of(settings.get(EngineDirectives.DIR)).toAbsolutePath().normalize().resolve(KEYSPACE_FOLDER);
        try {
            Files.createDirectories(directory);
            EncodingLimits limits = new EncodingLimits();
            limitWatches = limits.follow(settings);
            Keyspace keyspace = provider.open(new KeyspaceSettings(directory,
                    settings.get(EngineDirectives.DATABASES).intValue(), 0,
                    settings.get(EngineDirectives.KEYSPACE_REUSE), limits));
            LOG.info("Keyspace {}: {}", provider.name(), keyspace.origin());
            engine = new OpenEngine("main", OpenEngine.systemClock(), settings, logs.open(), keyspace,
                    this::lifecycle);
        } catch (IOException e) {
            fail(e instanceof java.nio.file.FileSystemException
                    ? "Cannot use the data directory " + directory + ": " + e + "; choose another with the directive dir"
                    : e.getMessage());
            return;
        }
        opened = provider;
        sections.forEach(engine::add);
        commandSets.forEach(bound -> engine.add(bound.set(), true));
        engine.authorizer(authorizer);
        engine.start();
        registrations.add(context.registerService(Engine.class, engine.engine(), null));
        registrations.add(context.registerService(Dispatcher.class, engine.dispatcher(), null));
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
        registrations.forEach(ServiceRegistration::unregister);
        registrations.clear();
        try {
            engine.close();
        } catch (IOException e) {
            LOG.error("The data could not be kept: {}", e.getMessage());
        }
        OpenEngine.closeAll(limitWatches);
        engine = null;
        opened = null;
    }
}
