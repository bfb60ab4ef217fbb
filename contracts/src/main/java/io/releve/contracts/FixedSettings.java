package io.releve.contracts;

import io.releve.bytes.Bytes;
import io.releve.bytes.Glob;
import io.releve.config.Directive;
import io.releve.config.DirectiveSet;
import io.releve.config.Settings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Settings without a file, for tests of single parts: the defaults, and what the test sets. */
public final class FixedSettings implements Settings {
    private final Map<String, Directive<?>> directives = new TreeMap<>();
    private final Map<String, Object> values = new HashMap<>();
    private final Set<String> given = new HashSet<>();
    private final Map<String, List<Consumer<Object>>> watchers = new HashMap<>();

    public FixedSettings(DirectiveSet... sets) {
        for (DirectiveSet set : sets) {
            declare(set);
        }
    }

    /** Knows these directives as well. */
    public synchronized void declare(DirectiveSet set) {
        for (Directive<?> directive : set.directives()) {
            directives.put(directive.name(), directive);
        }
    }

    /** Sets one directive to these words. */
    public FixedSettings with(String name, String... words) {
        set(Map.of(name, List.of(words)));
        return this;
    }

    @Override
    @SuppressWarnings("unchecked")
    public synchronized <T> T get(Directive<T> directive) {
        return (T) values.getOrDefault(directive.name(), directive.defaultValue());
    }

    @Override
    public synchronized boolean isGiven(Directive<?> directive) {
        return given.contains(directive.name());
    }

    @Override
    @SuppressWarnings("unchecked")
    public synchronized <T> AutoCloseable watch(Directive<T> directive, Consumer<T> applier) {
        applier.accept(get(directive));
        List<Consumer<Object>> list = watchers.computeIfAbsent(directive.name(), n -> new ArrayList<>());
        list.add((Consumer<Object>) applier);
        return () -> list.remove(applier);
    }

    @Override
    public synchronized Map<String, String> find(String pattern) {
        Map<String, String> found = new TreeMap<>();
        Glob glob = new Glob(Bytes.of(pattern), true);
        directives.forEach((name, directive) -> {
            if (glob.matches(Bytes.of(name))) {
                found.put(name, show(directive));
            }
        });
        return found;
    }

    private <T> String show(Directive<T> directive) {
        return directive.format().show(get(directive));
    }

    @Override
    public synchronized void set(Map<String, List<String>> changes) {
        Map<String, Object> parsed = new HashMap<>();
        changes.forEach((name, words) -> {
            Directive<?> directive = directives.get(name);
            if (directive == null) {
                throw new IllegalArgumentException("Unknown option or number of arguments for CONFIG SET - '" + name + "'");
            }
            parsed.put(name, directive.format().parse(words));
        });
        values.putAll(parsed);
        given.addAll(parsed.keySet());
        parsed.forEach((name, value) -> watchers.getOrDefault(name, List.of()).forEach(w -> w.accept(value)));
    }

    @Override
    public synchronized void note(Directive<?> directive, List<String> words) {
        values.put(directive.name(), directive.format().parse(words));
    }

    @Override
    public void rewrite() throws java.io.IOException {
        throw new java.io.IOException("The server is running without a config file");
    }

    @Override
    public String file() {
        return "";
    }
}
