package io.releve.config.file;

import io.releve.config.DirectiveSet;
import io.releve.config.Settings;
import io.releve.config.StatementSet;
import io.releve.engine.Lifecycle;
import io.releve.engine.Mode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.FrameworkListener;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationEvent;
import org.osgi.service.cm.ConfigurationListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits until the parts have declared their directives, reads file and command line, and registers {@link Settings}.
 * The parts are there when the framework has started; in a framework that runs already, when no new directives have
 * come for a while. Framework properties: {@code releve.config} (path of the file, {@code -} for standard input, absent
 * without one) and {@code releve.options} (command line, words quoted as in redis.conf); where they say nothing, the
 * configuration {@code io.releve} in Configuration Admin does ({@link StartConfiguration}).
 */
@Component(immediate = true, service = ConfigurationListener.class, configurationPid = "io.releve")
@Designate(ocd = StartConfiguration.class)
public final class SettingsLoader implements ConfigurationListener {
    private static final Logger LOG = LoggerFactory.getLogger(SettingsLoader.class);
    private static final long QUIET_MS = 500;

    private final DirectiveTable table = new DirectiveTable();
    private final Statements statements;
    private final ConfigurationMirror mirror = new ConfigurationMirror();
    private final ScheduledExecutorService thread;
    private final BundleContext context;
    private final FrameworkListener started = this::frameworkEvent;
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    private volatile Lifecycle lifecycle;
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    private volatile ConfigurationAdmin admin;
    private volatile StartConfiguration start;
    private ScheduledFuture<?> whenQuiet;
    private ServiceRegistration<Settings> registration;
    private volatile LiveSettings settings;

    @Activate
    public SettingsLoader(BundleContext context, StartConfiguration start) {
        this.context = context;
        this.start = start;
        this.statements = new Statements(Mode.of(context.getProperty(Mode.PROPERTY)));
        ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread t = new Thread(task, "releve-config-1");
            t.setDaemon(true);
            return t;
        });
        this.thread = executor;
    }

    @Activate
    void activate() {
        context.addFrameworkListener(started);
        if (context.getBundle(0).getState() == Bundle.ACTIVE) {
            loadWhenQuiet();
        }
    }

    @Modified
    void modified(StartConfiguration changed) {
        start = changed;
        if (settings != null) {
            LOG.warn("The configuration io.releve has changed: it counts from the next start on; CONFIG SET changes what runs");
        }
    }

    @Deactivate
    void deactivate() {
        context.removeFrameworkListener(started);
        thread.shutdownNow();
        synchronized (this) {
            if (registration != null) {
                registration.unregister();
                registration = null;
            }
        }
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindDirectives(DirectiveSet set) {
        table.declare(set);
        loadWhenQuiet();
    }

    void unbindDirectives(DirectiveSet set) {
        LOG.debug("Directives of {} went away, their values stay", set.getClass().getName());
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindStatements(StatementSet set) {
        statements.add(set);
        loadWhenQuiet();
        statementsChanged();
    }

    void unbindStatements(StatementSet set) {
        statements.remove(set);
        statementsChanged();
    }

    /** A part was exchanged: the one that is there now takes up what the file says. */
    private void statementsChanged() {
        run(() -> {
            LiveSettings current = settings;
            try {
                if (current != null) {
                    current.readStatements();
                }
            } catch (ConfigException e) {
                LOG.error(e.getMessage());
            }
        });
    }

    private void frameworkEvent(FrameworkEvent event) {
        if (event.getType() == FrameworkEvent.STARTED) {
            thread.execute(this::load);
        }
    }

    private synchronized void loadWhenQuiet() {
        if (settings != null || context.getBundle(0).getState() != Bundle.ACTIVE) {
            return;
        }
        if (whenQuiet != null) {
            whenQuiet.cancel(false);
        }
        whenQuiet = thread.schedule(this::load, QUIET_MS, TimeUnit.MILLISECONDS);
    }

    private void load() {
        if (settings != null) {
            return;
        }
        try {
            LiveSettings loaded = read();
            loaded.onChange(this::mirror);
            settings = loaded;
            ServiceRegistration<Settings> registered = context.registerService(Settings.class, loaded,
                    new Hashtable<>(Map.of(Mode.PROPERTY, statements.mode().property())));
            synchronized (this) {
                registration = registered;
            }
            mirror();
        } catch (ConfigException e) {
            Lifecycle life = lifecycle;
            if (life == null) {
                LOG.error(e.getMessage());
            } else {
                life.failed(e.getMessage());
            }
        } catch (RuntimeException e) {
            LOG.error("The settings could not be loaded", e);
        }
    }

    private LiveSettings read() throws ConfigException {
        String name = property("releve.config", start.config());
        String options = property("releve.options", start.options());
        boolean hasFile = name != null && !name.isEmpty();
        boolean isStandardInput = "-".equals(name);
        Path file = hasFile && !isStandardInput ? Path.of(name).toAbsolutePath() : null;
        LiveSettings loaded = new LiveSettings(table, file, statements);
        if (statements.mode() == Mode.SENTINEL) {
            presetSentinel(loaded, file);
        }
        List<ConfigLine> lines = new ArrayList<>();
        if (isStandardInput) {
            lines.addAll(ConfigFile.parse("standard input", standardInput()));
        } else if (hasFile) {
            lines.addAll(ConfigFile.read(file));
        }
        lines.addAll(CommandLine.read(options == null ? "" : options));
        if (!isOurs()) {
            // the keyspace that needs nothing of the container
            loaded.preset("keyspace", List.of("heap"));
        }
        if (!hasFile) {
            loaded.preset("bind", List.of("127.0.0.1", "-::1"));
            presetDirectory(loaded, lines);
        }
        loaded.load(lines);
        return loaded;
    }

    private String property(String name, String otherwise) {
        String value = context.getProperty(name);
        return value == null || value.isEmpty() ? otherwise : value;
    }

    /** Whether the framework was started by the launcher, and not by somebody who runs other things in it too. */
    private boolean isOurs() {
        return Lifecycle.isOurs(context.getProperty(Lifecycle.PROPERTY));
    }

    /** A sentinel keeps what it learns in its file; what it is sent is short. */
    private static void presetSentinel(LiveSettings loaded, Path file) throws ConfigException {
        if (file == null) {
            throw new ConfigException("Sentinel needs config file on disk to save state: start it with"
                    + " 'releve sentinel sentinel.conf'");
        }
        if (Files.exists(file)) {
            refuseUnwritable(file, file);
            refuseUnwritable(file, directory(file));
        }
        loaded.preset("port", List.of("26379"), true);
        loaded.preset("proto-max-bulk-len", List.of("1mb"));
        loaded.preset("client-query-buffer-limit", List.of("1mb"));
    }

    /** Where the file is written anew, beside the old one. */
    private static Path directory(Path file) throws ConfigException {
        try {
            return file.toRealPath().getParent();
        } catch (IOException e) {
            throw new ConfigException("Fatal error, can't open config file '" + file + "': " + ConfigFile.reason(e));
        }
    }

    private static void refuseUnwritable(Path file, Path path) throws ConfigException {
        if (!Files.isWritable(path)) {
            throw new ConfigException("Sentinel config file " + file + " is not writable: Permission denied"
                    + (path.equals(file) ? "" : " for its directory"));
        }
    }

    /** Without a file the data goes below the working directory, and is not mixed with what is there. */
    private void presetDirectory(LiveSettings loaded, List<ConfigLine> lines) throws ConfigException {
        if (lines.stream().anyMatch(line -> line.directive().equals("dir"))) {
            return;
        }
        Path directory = Path.of(isOurs() ? "data" : "releve").toAbsolutePath();
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new ConfigException("Can't create the data directory '" + directory + "': " + ConfigFile.reason(e)
                    + "; start in a writable directory or name another with --dir");
        }
        loaded.preset("dir", List.of(directory.toString()));
    }

    private static String standardInput() throws ConfigException {
        try {
            return new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new ConfigException("Can't read the configuration from standard input: " + e.getMessage());
        }
    }

    /** Not on the caller's thread, which may hold the turn: Configuration Admin writes files. */
    private void mirror() {
        run(() -> {
            ConfigurationAdmin current = admin;
            if (current != null && settings != null) {
                mirror.show(current, settings.mirrored());
            }
        });
    }

    @Override
    public void configurationEvent(ConfigurationEvent event) {
        if (ConfigurationMirror.PID.equals(event.getPid()) && event.getType() == ConfigurationEvent.CM_UPDATED) {
            run(() -> {
                ConfigurationAdmin current = admin;
                if (current != null) {
                    mirror.changed(current);
                }
            });
        }
    }

    private void run(Runnable task) {
        ExecutorService executor = thread;
        try {
            executor.execute(task);
        } catch (RejectedExecutionException e) {
            LOG.debug("Stopping: the mirror of the settings is not brought up to date");
        }
    }
}
