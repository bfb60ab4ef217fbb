package io.releve.embedded;

import io.releve.command.CommandSet;
import io.releve.embedded.core.EngineReleve;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What instance to open, outside of OSGi.
 *
 * <pre>{@code
 * Releve releve = Releve.builder().directory(Path.of("data"))
 *         .appendOnly("always")                   // every change is on disk when its call returns
 *         .setting("maxmemory", "200mb")          // any directive of redis.conf
 *         .setting("maxmemory-policy", "allkeys-lfu")
 *         .open();
 * }</pre>
 */
public final class ReleveBuilder {
    private static final AtomicInteger OPENED = new AtomicInteger();

    private final Map<String, List<String>> settings = new LinkedHashMap<>();
    private final List<CommandSet> commandSets = new ArrayList<>();
    private String name = "embedded" + OPENED.incrementAndGet();
    private Path configuration;

    ReleveBuilder() {
    }

    /** Where data is kept. Without one (and without {@code dir} in a configuration file) the working directory's {@code data}. */
    public ReleveBuilder directory(Path directory) {
        return setting("dir", directory.toAbsolutePath().toString());
    }

    /** A redis.conf; what is said here goes before what it says. CONFIG REWRITE writes it. */
    public ReleveBuilder configuration(Path file) {
        configuration = file;
        return this;
    }

    /** A directive of redis.conf with its words: {@code setting("save", "3600", "1")}. */
    public ReleveBuilder setting(String directive, String... words) {
        settings.put(directive, List.of(words));
        return this;
    }

    /** {@code heap} keeps data in Java objects, {@code chronicle} in memory-mapped files; the latter is the default. */
    public ReleveBuilder keyspace(String provider) {
        return setting("keyspace", provider);
    }

    /** Writes an append-only file, forced to disk {@code always}, {@code everysec} or {@code no}. */
    public ReleveBuilder appendOnly(String fsync) {
        return setting("appendonly", "yes").setting("appendfsync", fsync);
    }

    /** Commands of your own beside those of Redis (docs/extending.md). */
    public ReleveBuilder commands(CommandSet set) {
        commandSets.add(set);
        return this;
    }

    /** A short name, part of the names of its threads. */
    public ReleveBuilder name(String instance) {
        name = instance;
        return this;
    }

    public String name() {
        return name;
    }

    /** Null without. */
    public Path configuration() {
        return configuration;
    }

    public Map<String, List<String>> settings() {
        return settings;
    }

    public List<CommandSet> commandSets() {
        return commandSets;
    }

    /**
     * Opens it, and loads what data there is.
     *
     * @throws ReleveException in one sentence when it cannot be opened
     */
    public Releve open() {
        EngineAssembly assembly = ServiceLoader.load(EngineAssembly.class, ReleveBuilder.class.getClassLoader()).findFirst()
                .orElseThrow(() -> new ReleveException("Nothing here can open an instance: put releve-embedded-plain on the"
                        + " class path, or in an OSGi container use the service io.releve.embedded.Releve"));
        try {
            EngineAssembly.OpenedEngine opened = assembly.open(this);
            EngineReleve releve = new EngineReleve(name, opened.dispatcher(), opened.engine(), () -> {
                try {
                    opened.close();
                } catch (IOException e) {
                    throw new ReleveException(e.getMessage(), e);
                }
            });
            opened.onShutdown(releve::close);
            return releve;
        } catch (IOException e) {
            throw new ReleveException(e.getMessage(), e);
        }
    }
}
