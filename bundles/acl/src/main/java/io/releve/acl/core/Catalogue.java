package io.releve.acl.core;

import io.releve.command.CommandSpec;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** The commands that rules may name, and the categories they are in (redis.io, ACL CAT). */
final class Catalogue {
    /** In the order in which ACL CAT lists them. */
    static final List<String> CATEGORIES = List.of("keyspace", "read", "write", "set", "sortedset", "list", "hash", "string",
            "bitmap", "hyperloglog", "geo", "stream", "pubsub", "admin", "fast", "slow", "blocking", "dangerous",
            "connection", "transaction", "scripting");

    private final Supplier<Collection<CommandSpec>> specs;
    /** By lower-case name, subcommands as {@code container|name}. */
    private Map<String, CommandSpec> byName = Map.of();
    private Set<String> containers = Set.of();

    /** @param specs all commands there are at a moment, those whose bundle is away included */
    Catalogue(Supplier<Collection<CommandSpec>> specs) {
        this.specs = specs;
    }

    /** Looks again at what commands there are. */
    Catalogue refreshed() {
        Map<String, CommandSpec> names = new HashMap<>();
        Set<String> parents = new HashSet<>();
        for (CommandSpec spec : specs.get()) {
            String name = spec.name().toLowerCase(Locale.ROOT);
            names.put(name, spec);
            int bar = name.indexOf('|');
            if (bar > 0) {
                parents.add(name.substring(0, bar));
            }
        }
        byName = names;
        containers = parents;
        return this;
    }

    /** The command or subcommand of this lower-case name, or null. */
    CommandSpec find(String name) {
        return byName.get(name);
    }

    /** The categories of a container; none when there is none. */
    Set<String> categories(String container) {
        CommandSpec spec = find(container);
        if (spec == null) {
            spec = refreshed().find(container);
        }
        return spec == null ? Set.of() : spec.categories();
    }

    /** Whether it has subcommands. */
    boolean isContainer(String name) {
        return containers.contains(name);
    }

    Collection<CommandSpec> all() {
        return specs.get();
    }
}
