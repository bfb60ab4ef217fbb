package io.releve.engine.pubsub;

import io.releve.bytes.Bytes;
import io.releve.engine.Subscriptions.Kind;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What one session is subscribed to. Changed while the turn is held; the numbers may be read by any thread. */
public final class Subscriber {
    private final Map<Kind, Set<Bytes>> names = new EnumMap<>(Kind.class);
    private volatile int total;

    boolean add(Kind kind, Bytes name) {
        boolean added = names.computeIfAbsent(kind, k -> new LinkedHashSet<>()).add(name);
        count();
        return added;
    }

    boolean remove(Kind kind, Bytes name) {
        Set<Bytes> set = names.get(kind);
        boolean removed = set != null && set.remove(name);
        count();
        return removed;
    }

    private void count() {
        total = names.values().stream().mapToInt(Set::size).sum();
    }

    List<Bytes> names(Kind kind) {
        return List.copyOf(names.getOrDefault(kind, Set.of()));
    }

    /** Number of subscriptions of a kind. */
    public int count(Kind kind) {
        Set<Bytes> set = names.get(kind);
        return set == null ? 0 : set.size();
    }

    /** Whether there is any subscription. */
    public boolean active() {
        return total > 0;
    }
}
