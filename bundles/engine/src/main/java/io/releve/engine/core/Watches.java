package io.releve.engine.core;

import io.releve.bytes.Bytes;
import io.releve.keyspace.Database;
import io.releve.keyspace.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Keys that transactions watch (redis.io, Transactions). A touched key makes the next EXEC of its watchers fail. */
final class Watches {
    private final RedisEngine engine;
    private final Map<Integer, Map<Bytes, List<Watch>>> byDatabase = new HashMap<>();

    /** One key that one session watches. */
    static final class Watch {
        final ClientSession session;
        final int database;
        final Bytes key;
        /** Whether the key was there when it began. */
        final boolean existed;

        Watch(ClientSession session, int database, Bytes key, boolean existed) {
            this.session = session;
            this.database = database;
            this.key = key;
            this.existed = existed;
        }
    }

    Watches(RedisEngine engine) {
        this.engine = engine;
    }

    void add(ClientSession session, Database database, Bytes key) {
        int index = database.index();
        if (session.watches.stream().anyMatch(watch -> watch.database == index && watch.key.equals(key))) {
            return;
        }
        // a key that has expired already is not there: its removal later on is no change
        boolean exists = engine.live(database, key) != null;
        Watch watch = new Watch(session, index, key.copy(), exists);
        session.watches.add(watch);
        byDatabase.computeIfAbsent(index, i -> new HashMap<>()).computeIfAbsent(watch.key, k -> new ArrayList<>())
                .add(watch);
        engine.signals().attention(Signals.WATCHED, true);
    }

    /** Ends all watches of a session. */
    void clear(ClientSession session) {
        session.touched = false;
        if (session.watches.isEmpty()) {
            return;
        }
        for (Watch watch : session.watches) {
            Map<Bytes, List<Watch>> keys = byDatabase.get(watch.database);
            List<Watch> same = keys.get(watch.key);
            same.remove(watch);
            if (same.isEmpty()) {
                keys.remove(watch.key);
                if (keys.isEmpty()) {
                    byDatabase.remove(watch.database);
                }
            }
        }
        session.watches.clear();
        engine.signals().attention(Signals.WATCHED, !byDatabase.isEmpty());
    }

    void touched(int database, Bytes key) {
        List<Watch> watches = byDatabase.getOrDefault(database, Map.of()).get(key);
        if (watches != null) {
            watches.forEach(watch -> watch.session.touched = true);
        }
    }

    /** Touches the keys that were there, or are now. */
    void databaseChanged(int index) {
        byDatabase.getOrDefault(index, Map.of()).forEach((key, watches) -> {
            boolean exists = engine.database(index).find(key) != null;
            watches.stream().filter(watch -> exists || watch.existed).forEach(watch -> watch.session.touched = true);
        });
    }

    /** Whether a key the session watches has been touched, or has expired since. */
    boolean touched(ClientSession session) {
        return session.touched || session.watches.stream().anyMatch(this::expired);
    }

    private boolean expired(Watch watch) {
        Value value = engine.database(watch.database).find(watch.key);
        return value != null && value.expireAt() != Value.NEVER && value.expireAt() <= engine.now();
    }
}
