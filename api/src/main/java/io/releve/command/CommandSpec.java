package io.releve.command;

import io.releve.engine.Mode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * All facts about one command, named once. Dispatch, ACL, COMMAND, the documentation and cluster routing read them here.
 * Instances are immutable; build one with {@link #command}.
 */
public final class CommandSpec {
    private final String name;
    private final int arity;
    private final Set<CommandFlag> flags;
    private final String group;
    private final Set<String> categories;
    private final List<KeySpec> keys;
    private final String since;
    private final String complexity;
    private final String summary;
    private final String syntax;
    private final String deprecatedSince;
    private final String replacedBy;
    private final Map<String, String> history;
    private final List<String> tips;
    private final KeyFinder keyFinder;
    private final List<KeyPositions.Found> onlyKey;
    private final boolean immediate;
    private final boolean subscriberCommand;

    private CommandSpec(Builder b) {
        name = b.name;
        arity = b.arity;
        flags = Collections.unmodifiableSet(EnumSet.copyOf(b.flags));
        group = b.group;
        keys = List.copyOf(b.keys);
        since = b.since;
        complexity = b.complexity;
        summary = b.summary;
        syntax = b.syntax;
        deprecatedSince = b.deprecatedSince;
        replacedBy = b.replacedBy;
        history = Map.copyOf(b.history);
        tips = List.copyOf(b.tips);
        keyFinder = b.keyFinder;
        onlyKey = keyFinder == null ? KeyPositions.onlyKey(keys) : null;
        immediate = b.immediate;
        subscriberCommand = b.subscriberCommand;
        categories = impliedCategories(b.categories);
    }

    /**
     * Begins a specification.
     *
     * @param name upper case; a subcommand is written {@code CONTAINER|NAME}
     * @param arity number of arguments with the name; negative: at least that many
     */
    public static Builder command(String name, int arity) {
        return new Builder(name, arity);
    }

    /** Upper case; for a subcommand {@code CONTAINER|NAME}. */
    public String name() {
        return name;
    }

    /** The name after the bar of a subcommand, the whole name otherwise. */
    public String lastName() {
        return name.substring(name.indexOf('|') + 1);
    }

    /** Number of arguments, the name included (for a subcommand both names); negative: at least that many. */
    public int arity() {
        return arity;
    }

    /** Whether a request with {@code arguments} arguments, the name included, satisfies the arity. */
    public boolean accepts(int arguments) {
        return arity >= 0 ? arguments == arity : arguments >= -arity;
    }

    /** Whether it exists in an engine of this kind. */
    public boolean existsIn(Mode mode) {
        return mode == Mode.SENTINEL ? has(CommandFlag.SENTINEL) || has(CommandFlag.ONLY_SENTINEL)
                : !has(CommandFlag.ONLY_SENTINEL);
    }

    public Set<CommandFlag> flags() {
        return flags;
    }

    public boolean has(CommandFlag flag) {
        return flags.contains(flag);
    }

    /** Group in the documentation, for example {@code sorted-set}. */
    public String group() {
        return group;
    }

    /** ACL categories without the {@code @}, those that follow from the flags included. */
    public Set<String> categories() {
        return categories;
    }

    public List<KeySpec> keys() {
        return keys;
    }

    /** What is found in every request that has one key in one place, see {@link KeyPositions}; null for other commands. */
    public List<KeyPositions.Found> onlyKey() {
        return onlyKey;
    }

    /** What finds the keys of a request where specifications alone cannot, or null. */
    public KeyFinder keyFinder() {
        return keyFinder;
    }

    public String since() {
        return since;
    }

    public String complexity() {
        return complexity;
    }

    public String summary() {
        return summary;
    }

    /**
     * The arguments after the name in the notation of the documentation: {@code [x]} optional, {@code a | b} one of,
     * {@code x [x ...]} repeated, words in capitals are tokens; {@code name:type} gives a type other than string.
     */
    public String syntax() {
        return syntax;
    }

    /** Version since which it is deprecated, or null. */
    public String deprecatedSince() {
        return deprecatedSince;
    }

    /** What to use instead of a deprecated command, or null. */
    public String replacedBy() {
        return replacedBy;
    }

    /** Version to what changed in it, in no particular order. */
    public Map<String, String> history() {
        return history;
    }

    /** Command tips (redis.io, "Command tips"), for example {@code nondeterministic_output}. */
    public List<String> tips() {
        return tips;
    }

    /** Whether it is run at once inside a transaction instead of being queued. */
    public boolean immediate() {
        return immediate;
    }

    /** Whether a RESP2 client that is subscribed to something may send it. */
    public boolean subscriberCommand() {
        return subscriberCommand;
    }

    @Override
    public String toString() {
        return name;
    }

    private Set<String> impliedCategories(Set<String> explicit) {
        TreeSet<String> all = new TreeSet<>(explicit);
        if (has(CommandFlag.WRITE)) {
            all.add("write");
        }
        if (has(CommandFlag.READONLY) && !all.contains("scripting")) {
            all.add("read");
        }
        if (has(CommandFlag.ADMIN)) {
            all.add("admin");
            all.add("dangerous");
        }
        if (has(CommandFlag.PUBSUB)) {
            all.add("pubsub");
        }
        if (has(CommandFlag.BLOCKING)) {
            all.add("blocking");
        }
        all.add(has(CommandFlag.FAST) ? "fast" : "slow");
        return Set.copyOf(all);
    }

    /** Collects the facts; every setter may be called in any order. */
    public static final class Builder {
        private final String name;
        private final int arity;
        private final Set<CommandFlag> flags = EnumSet.noneOf(CommandFlag.class);
        private final Set<String> categories = new TreeSet<>();
        private final List<KeySpec> keys = new ArrayList<>();
        private String group = "generic";
        private String since = "1.0.0";
        private String complexity = "O(1)";
        private String summary = "";
        private String syntax = "";
        private String deprecatedSince;
        private String replacedBy;
        private final Map<String, String> history = new LinkedHashMap<>();
        private final List<String> tips = new ArrayList<>();
        private KeyFinder keyFinder;
        private boolean immediate;
        private boolean subscriberCommand;

        private Builder(String name, int arity) {
            if (!name.equals(name.toUpperCase(Locale.ROOT)) || arity == 0) {
                throw new IllegalArgumentException(name + " " + arity);
            }
            this.name = name;
            this.arity = arity;
        }

        public Builder flags(CommandFlag... some) {
            flags.addAll(List.of(some));
            return this;
        }

        /** ACL categories beyond those that follow from the flags, without the {@code @}. */
        public Builder categories(String... some) {
            categories.addAll(List.of(some));
            return this;
        }

        public Builder keys(KeySpec... some) {
            keys.addAll(List.of(some));
            return this;
        }

        /** Specifications alone do not find its keys, or not what happens to them. */
        public Builder keyFinder(KeyFinder finder) {
            keyFinder = finder;
            return this;
        }

        public Builder group(String value) {
            group = value;
            return this;
        }

        public Builder since(String value) {
            since = value;
            return this;
        }

        public Builder complexity(String value) {
            complexity = value;
            return this;
        }

        public Builder summary(String value) {
            summary = value;
            return this;
        }

        public Builder syntax(String value) {
            syntax = value;
            return this;
        }

        public Builder deprecated(String version, String instead) {
            deprecatedSince = version;
            replacedBy = instead;
            return this;
        }

        public Builder changed(String version, String what) {
            history.put(version, what);
            return this;
        }

        public Builder tips(String... some) {
            tips.addAll(List.of(some));
            return this;
        }

        /** It is run at once inside a transaction. */
        public Builder immediate() {
            immediate = true;
            return this;
        }

        /** A RESP2 client that is subscribed to something may send it. */
        public Builder subscriberCommand() {
            subscriberCommand = true;
            return this;
        }

        public CommandSpec build() {
            return new CommandSpec(this);
        }
    }
}
