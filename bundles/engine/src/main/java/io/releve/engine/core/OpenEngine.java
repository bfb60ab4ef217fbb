package io.releve.engine.core;

import io.releve.command.CommandSet;
import io.releve.config.Settings;
import io.releve.engine.Clock;
import io.releve.engine.Dispatcher;
import io.releve.engine.Engine;
import io.releve.engine.Lifecycle;
import io.releve.info.InfoSection;
import io.releve.keyspace.Keyspace;
import io.releve.log.ChangeLog;
import io.releve.security.Authorizer;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;

/**
 * A running engine and the parts that may come and go under it. The same with and without OSGi: several may be open in one
 * JVM. Owns the keyspace it was given, and closes it.
 */
public final class OpenEngine {
    private final CommandRegistry registry = new CommandRegistry();
    private final RedisEngine engine;

    /**
     * Opens an engine; {@link #start} begins its periodic work.
     *
     * @param instance short name, part of its threads' names
     * @param lifecycle looked up when the server is to stop; may supply null
     */
    public OpenEngine(String instance, Clock clock, Settings settings, ChangeLog log, Keyspace keyspace,
            Supplier<Lifecycle> lifecycle) {
        engine = new RedisEngine(instance, clock, settings, log, keyspace, registry, lifecycle);
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
        return engine;
    }

    /** Takes up commands; {@code preferred} ones serve names that others have too. */
    public void add(CommandSet set, boolean preferred) {
        registry.add(set, preferred);
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

    /** Has another authorizer asked; null for {@code requirepass} alone. */
    public void authorizer(Authorizer authorizer) {
        engine.authorizer(authorizer);
    }

    /** Stops the periodic work, waits for the running batch and closes the keyspace. */
    public void close() throws IOException {
        engine.close();
    }
}
