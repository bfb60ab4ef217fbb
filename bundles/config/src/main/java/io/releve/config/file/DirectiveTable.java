package io.releve.config.file;

import io.releve.config.Directive;
import io.releve.config.DirectiveSet;
import io.releve.config.file.PendingDirectives.Attitude;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * All directives by name and alias. A directive stays known when its part goes away (its value must survive an exchange
 * of the part) until another declaration takes the name over. Any thread.
 */
final class DirectiveTable {
    private final Map<String, Directive<?>> byWord = new ConcurrentHashMap<>();
    private final Map<String, Attitude> pending = new ConcurrentHashMap<>();

    DirectiveTable() {
        new PendingDirectives().all().forEach((directive, attitude) -> {
            put(directive);
            pending.put(directive.name(), attitude);
        });
    }

    void declare(DirectiveSet set) {
        for (Directive<?> directive : set.directives()) {
            Directive<?> before = byWord.get(directive.name());
            if (before != null && before.alias() != null) {
                byWord.remove(before.alias());
            }
            pending.remove(directive.name());
            put(directive);
        }
    }

    private void put(Directive<?> directive) {
        byWord.put(directive.name(), directive);
        if (directive.alias() != null) {
            byWord.put(directive.alias(), directive);
        }
    }

    /** By name or alias in any case; null when nobody declares it. */
    Directive<?> find(String word) {
        return byWord.get(word.toLowerCase(Locale.ROOT));
    }

    /** What setting it means as long as no part declares it; null when one does. */
    Attitude attitude(Directive<?> directive) {
        return pending.get(directive.name());
    }

    /** Names and aliases with the directives they stand for, in order. */
    Map<String, Directive<?>> words() {
        return new TreeMap<>(byWord);
    }

    /** Every directive once. */
    Collection<Directive<?>> all() {
        Map<String, Directive<?>> byName = new TreeMap<>();
        byWord.values().forEach(directive -> byName.put(directive.name(), directive));
        return byName.values();
    }
}
