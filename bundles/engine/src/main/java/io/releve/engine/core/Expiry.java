package io.releve.engine.core;

import io.releve.bytes.Bytes;
import io.releve.command.Arguments;
import io.releve.command.KeyEvent;
import io.releve.keyspace.Database;
import io.releve.keyspace.Keyspace;

/**
 * Removal of keys whose time has come: those that are met, and in slices those that are due. Each database knows its
 * expiry times in order, so no key is looked at before it is due, and a million keys that fall due at once are removed in
 * slices of bounded time with other work in between.
 */
final class Expiry {
    private static final byte[] DEL = {'D', 'E', 'L'};
    /** Keys removed between two looks at the clock. */
    private static final int STRIDE = 16;

    private final RedisEngine engine;
    private final Bytes key = new Bytes();
    private final Bytes verb = new Bytes(DEL);
    private volatile boolean active = true;
    private int nextDatabase;

    Expiry(RedisEngine engine) {
        this.engine = engine;
    }

    void active(boolean on) {
        active = on;
    }

    /** Removes a key that has expired. */
    void remove(Database database, Bytes expired) {
        if (engine.logs()) {
            engine.append(database.index(), 0, Arguments.of(verb, expired.copy()));
        }
        LatencyEvents events = engine.observation().events();
        long start = events.on() ? engine.clock().nanoTime() : 0;
        database.remove(expired);
        if (start != 0) {
            events.took("expire-del", engine.clock().nanoTime() - start);
        }
        engine.statistics().expiredKeys++;
        if (engine.signals().attention() != 0) {
            engine.signals().event(database, expired, KeyEvent.EXPIRED, "expired");
            engine.signals().changed(database, expired);
        }
    }

    /**
     * Removes keys that are due until the deadline.
     *
     * @param deadline of {@link System#nanoTime}
     * @return whether more are due
     */
    boolean slice(Keyspace keyspace, long now, long deadline) {
        if (!active) {
            return false;
        }
        int databases = engine.databases();
        for (int i = 0; i < databases; i++) {
            Database database = engine.databaseInUse(nextDatabase);
            if (database != null && database.expires() > 0) {
                int removed = 0;
                while (database.firstExpired(now, key)) {
                    remove(database, key);
                    if (++removed % STRIDE == 0 && engine.clock().nanoTime() >= deadline) {
                        engine.statistics().expireCycleTimeouts++;
                        return true;
                    }
                }
            }
            nextDatabase = (nextDatabase + 1) % databases;
        }
        return false;
    }
}
