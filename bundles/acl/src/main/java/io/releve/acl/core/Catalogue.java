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
    /**
     * By lower-case name, subcommands as {@code container|name}. Specifications themselves are not kept: they belong to bundles,
     * which may go away.
     */
    private Map<String, Set<String>> categories = Map.of();
    private Set<String> containers = Set.of();

    /** @param specs all commands there are at a moment, those whose bundle is away included */
    Catalogue(Supplier<Collection<CommandSpec>> specs) {
        this.specs = specs;
    }

    /** Looks again at what commands there are. */
    Catalogue refreshed() {
        Map<String, Set<String>> names = new HashMap<>();
        Set<String> parents = new HashSet<>();
        for (CommandSpec spec : specs.get()) {
            String name = spec.name().toLowerCase(Locale.ROOT);
            names.put(name, spec.categories());
            int bar = name.indexOf('|');
            if (bar > 0) {
                parents.add(name.substring(0, bar));
            }
        }
        categories = names;
        containers = parents;
        return this;
    }

    /** Whether there is a command or subcommand of this lower-case name. */
    boolean knows(String name) {
        return categories.containsKey(name);
    }

    /** The command or subcommand of this lower-case name, or null. */
    CommandSpec find(String name) {
        return all().stream().filter(spec -> spec.name().equalsIgnoreCase(name)).findFirst().orElse(null);
    }

    /** The categories of a container; none when there is none. */
    Set<String> categories(String container) {
        if (!knows(container)) {
            refreshed();
        }
        return categories.getOrDefault(container, Set.of());
    }

    /** Whether it has subcommands. */
    boolean isContainer(String name) {
        return containers.contains(name);
    }

    Collection<CommandSpec> all() {
        return specs.get();
    }
}
