package io.releve.engine.core;

import io.releve.bytes.Bytes;
import io.releve.command.KeyEvent;
import io.releve.engine.pubsub.Notifications;
import io.releve.keyspace.Database;

/**
 * What a change of a key sets in motion: transactions that watch it fail, clients that wait for it are served, and
 * subscribers hear of it. While nobody is interested, all of it costs one look at {@link #attention}.
 */
final class Signals {
    /** Somebody watches a key. */
    static final int WATCHED = 1;
    /** Somebody waits for a key. */
    static final int AWAITED = 2;
    /** Keyspace events are published. */
    static final int EVENTS = 4;
    /** The data is being moved into another keyspace. */
    static final int MOVED = 8;

    /** Somebody keeps copies of keys. */
    static final int TRACKED = 16;

    private final ClientTracking tracking;
    private final Watches watches;
    private final Waiters waiters;
    private final Notifications notifications;
    /** Null while the data stays where it is. */
    private KeyspaceMove move;
    /** Changed while the turn is held. */
    private int keys;
    /** Changed by CONFIG SET, from whatever thread. */
    private volatile int events;

    Signals(ClientTracking tracking, Watches watches, Waiters waiters, Notifications notifications) {
        this.tracking = tracking;
        this.watches = watches;
        this.waiters = waiters;
        this.notifications = notifications;
    }

    /** Who is interested in changes, as a sum of bits. */
    int attention() {
        return keys | events;
    }

    /** Has it told what changes; null for nobody. The turn is held. */
    void move(KeyspaceMove newMove) {
        move = newMove;
        attention(MOVED, newMove != null);
    }

    /** Sets {@link #WATCHED}, {@link #AWAITED}, {@link #MOVED} or {@link #TRACKED}. */
    void attention(int bit, boolean on) {
        keys = on ? keys | bit : keys & ~bit;
    }

    void classes(Notifications.Classes classes) {
        notifications.classes(classes);
        events = classes.any() ? EVENTS : 0;
    }

    /** A key was changed, made or removed. */
    void changed(Database database, Bytes key) {
        if ((keys & WATCHED) != 0) {
            watches.touched(database.index(), key);
        }
        if ((keys & AWAITED) != 0) {
            waiters.touched(database.index(), key);
        }
        if ((keys & TRACKED) != 0) {
            tracking.changed(key);
        }
        mayChange(database, key);
    }

    /** A key was looked up by somebody who may change it. */
    void mayChange(Database database, Bytes key) {
        if (move != null) {
            move.touched(database.index(), key);
        }
    }

    /** A keyspace event took place. */
    void event(Database database, Bytes key, KeyEvent type, String event) {
        if (events != 0) {
            notifications.publish(database.index(), key, type, event);
        }
    }

    /** A whole database was emptied or exchanged. */
    void databaseChanged(int index) {
        if ((keys & WATCHED) != 0) {
            watches.databaseChanged(index);
        }
        if ((keys & AWAITED) != 0) {
            waiters.databaseChanged(index);
        }
        if ((keys & TRACKED) != 0) {
            tracking.flushed();
        }
        if (move != null) {
            move.databaseChanged();
        }
    }
}
