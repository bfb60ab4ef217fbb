package io.releve.engine.tracking;

import io.releve.bytes.Bytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Clients that want to hear of all keys with a prefix, and what has changed since they were told last: each key once,
 * whatever happened to it, in the order of its bytes as in Redis.
 *
 * @param <C> what a client is here
 */
public final class Prefixes<C> {
    /** How somebody is told. */
    @FunctionalInterface
    public interface Teller<C> {
        /** @param keys that begin with one of the client's prefixes and have changed, not all by itself */
        void tell(C client, List<Bytes> keys);
    }

    /** Who listens to one prefix. */
    private final class Audience {
        final Set<C> clients = new LinkedHashSet<>();
        /** Key to who changed it last; null for nobody. */
        final Map<Bytes, C> changed = new TreeMap<>();
    }

    private final Map<Bytes, Audience> audiences = new TreeMap<>();
    private boolean pending;

    /** Number of prefixes somebody listens to. */
    public int size() {
        return audiences.size();
    }

    /** @param prefix is kept */
    public void add(Bytes prefix, C client) {
        audiences.computeIfAbsent(prefix, p -> new Audience()).clients.add(client);
    }

    public void remove(Collection<Bytes> prefixes, C client) {
        for (Bytes prefix : prefixes) {
            Audience audience = audiences.get(prefix);
            if (audience != null && audience.clients.remove(client) && audience.clients.isEmpty()) {
                audiences.remove(prefix);
            }
        }
    }

    /** A key was changed. @param by whom, null for nobody */
    public void changed(Bytes key, C by) {
        Bytes own = null;
        for (Map.Entry<Bytes, Audience> each : audiences.entrySet()) {
            if (begins(key, each.getKey())) {
                own = own == null ? key.copy() : own;
                each.getValue().changed.put(own, by);
                pending = true;
            }
        }
    }

    private static boolean begins(Bytes key, Bytes prefix) {
        int length = prefix.length();
        return key.length() >= length && Arrays.equals(key.array(), key.offset(), key.offset() + length,
                prefix.array(), prefix.offset(), prefix.offset() + length);
    }

    /** Whether there is something to tell. */
    public boolean pending() {
        return pending;
    }

    /** Tells everybody what has changed, in one piece for each prefix. @param leavesOutOwn who does not hear of his own changes */
    public void tell(Predicate<C> leavesOutOwn, Teller<C> teller) {
        pending = false;
        for (Audience audience : audiences.values()) {
            if (audience.changed.isEmpty()) {
                continue;
            }
            List<Bytes> all = List.copyOf(audience.changed.keySet());
            for (C client : audience.clients) {
                List<Bytes> keys = leavesOutOwn.test(client) ? byOthers(audience, client) : all;
                if (!keys.isEmpty()) {
                    teller.tell(client, keys);
                }
            }
            audience.changed.clear();
        }
    }

    private List<Bytes> byOthers(Audience audience, C client) {
        List<Bytes> keys = new ArrayList<>();
        audience.changed.forEach((key, by) -> {
            if (by != client) {
                keys.add(key);
            }
        });
        return keys;
    }
}
