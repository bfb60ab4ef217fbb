package io.releve.command;

import io.releve.bytes.Bytes;
import io.releve.engine.Engine;
import io.releve.engine.Session;
import io.releve.keyspace.Database;
import io.releve.keyspace.StringValue;
import io.releve.keyspace.Value;
import org.osgi.annotation.versioning.ProviderType;

/**
 * One run of one command, while the turn is held. The object is used again for the next command: nothing of it may be
 * kept.
 *
 * <p>Lookups go through {@link #read} and {@link #write}: they hide keys that have expired, count hits and misses and
 * touch the access clock. Changes are made on the values and the {@link Database} itself, and every changed key is
 * reported with {@link #changed}: that is what dirties WATCH, wakes blocked clients, publishes keyspace events and
 * makes the command be written to the log.
 */
@ProviderType
public interface Call {
    Arguments arguments();

    Reply reply();

    Session session();

    Engine engine();

    /** Wall clock in milliseconds, read once a batch. */
    long now();

    /** The session's selected database. */
    Database database();

    /** The live value of a key for reading, or null. Counts a hit or a miss. */
    Value read(Bytes key);

    /** The live value of a key for changing, or null; an expired one has been deleted. */
    Value write(Bytes key);

    /** The same in another database. */
    Value read(Database database, Bytes key);

    /** The same in another database. */
    Value write(Database database, Bytes key);

    /** Like {@link #read} without touching the access clock (TTL, TYPE, EXISTS, OBJECT). */
    Value peek(Bytes key);

    /** @throws CommandException WRONGTYPE when the key holds something else */
    StringValue readString(Bytes key);

    /** @throws CommandException WRONGTYPE when the key holds something else */
    StringValue writeString(Bytes key);

    /**
     * Reports a change.
     *
     * @param type class of the keyspace event
     * @param event its name, for example {@code set}
     */
    void changed(Bytes key, KeyEvent type, String event);

    /** Reports a change in another database. */
    void changed(Database database, Bytes key, KeyEvent type, String event);

    /** Publishes a keyspace event without counting a change (for example {@code expire} beside {@code set}). */
    void event(Database database, Bytes key, KeyEvent type, String event);

    /** The same in the session's database. */
    default void event(Bytes key, KeyEvent type, String event) {
        event(database(), key, type, event);
    }

    /**
     * Has a key that is there expire at a time (ms since the epoch), or deletes it when that has passed, with the events
     * and the effect that belong to it.
     */
    default void expire(Bytes key, long expireAt) {
        if (expireAt <= now()) {
            database().remove(key);
            effect("DEL", key);
            changed(key, KeyEvent.GENERIC, "del");
        } else {
            database().expire(key, expireAt);
            effect("PEXPIREAT", key, expireAt);
            changed(key, KeyEvent.GENERIC, "expire");
        }
    }

    /** Reports that a whole database was emptied or exchanged: its number, or -1 for all of them. */
    void databaseChanged(int database);

    /**
     * Replaces what is written to the log: by default the request as it came. An effect must give the same result
     * whenever it is applied: absolute times, chosen members. May be called several times; the effects form one
     * atomic group. Arrays are not copied until the command returns.
     */
    void effect(Object... words);

    /** Writes the request as it came although nothing was reported as changed. */
    void propagate();

    /** Writes nothing to the log although something changed. */
    void doNotPropagate();
}
