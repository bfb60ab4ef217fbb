package io.releve.command;

import io.releve.bytes.Bytes;
import io.releve.engine.Engine;
import io.releve.engine.Script;
import io.releve.engine.Session;
import io.releve.keyspace.Database;
import io.releve.keyspace.HashValue;
import io.releve.keyspace.ListValue;
import io.releve.keyspace.SetValue;
import io.releve.keyspace.SortedSetValue;
import io.releve.keyspace.StreamValue;
import io.releve.keyspace.StringValue;
import io.releve.keyspace.Type;
import io.releve.keyspace.Value;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
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

    /**
     * Whether a time (ms since the epoch) at which something expires has come. While a journal is replayed none has: what
     * was written later was done to a key that was there.
     */
    default boolean isPast(long time) {
        return time <= now();
    }

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

    /** @throws CommandException WRONGTYPE when the key holds something else */
    default ListValue readList(Bytes key) {
        return (ListValue) typed(read(key), Type.LIST);
    }

    /** @throws CommandException WRONGTYPE when the key holds something else */
    default ListValue writeList(Bytes key) {
        return (ListValue) typed(write(key), Type.LIST);
    }

    /** @throws CommandException WRONGTYPE when the key holds something else */
    default HashValue readHash(Bytes key) {
        return (HashValue) typed(read(key), Type.HASH);
    }

    /** @throws CommandException WRONGTYPE when the key holds something else */
    default HashValue writeHash(Bytes key) {
        return (HashValue) typed(write(key), Type.HASH);
    }

    /** @throws CommandException WRONGTYPE when the key holds something else */
    default SetValue readSet(Bytes key) {
        return (SetValue) typed(read(key), Type.SET);
    }

    /** @throws CommandException WRONGTYPE when the key holds something else */
    default SetValue writeSet(Bytes key) {
        return (SetValue) typed(write(key), Type.SET);
    }

    /** @throws CommandException WRONGTYPE when the key holds something else */
    default SortedSetValue readSortedSet(Bytes key) {
        return (SortedSetValue) typed(read(key), Type.SORTED_SET);
    }

    /** @throws CommandException WRONGTYPE when the key holds something else */
    default SortedSetValue writeSortedSet(Bytes key) {
        return (SortedSetValue) typed(write(key), Type.SORTED_SET);
    }

    /** @throws CommandException WRONGTYPE when the key holds something else */
    default StreamValue readStream(Bytes key) {
        return (StreamValue) typed(read(key), Type.STREAM);
    }

    /** @throws CommandException WRONGTYPE when the key holds something else */
    default StreamValue writeStream(Bytes key) {
        return (StreamValue) typed(write(key), Type.STREAM);
    }

    private static Value typed(Value value, Type type) {
        if (value != null && value.type() != type) {
            throw CommandException.WRONG_TYPE;
        }
        return value;
    }

    /** Creates an empty value under a key that is not there, with the event {@code new}. */
    default Value create(Bytes key, Type type) {
        Value value = database().create(key, type, engine().accessClock());
        event(key, KeyEvent.NEW, "new");
        return value;
    }

    /** A source of random numbers; injected, so that tests can drive it. */
    RandomGenerator random();

    /**
     * Counts more changes than the one that {@link #changed} counts each time, or fewer when negative
     * ({@code rdb_changes_since_last_save}).
     */
    void countChanges(long more);

    /**
     * Whether the client may be kept waiting. If not (in a transaction, in a script), a command that would wait answers
     * as if its time were over.
     */
    boolean mayBlock();

    /** Whether it is one of several that belong together and are written to the log as one: between MULTI and EXEC. */
    boolean atomic();

    /** Whether the request is run for the last time, because its time is over: it is to be answered now. */
    boolean timedOut();

    /**
     * The key whose change has the request run again, or null in the first run: where several keys can serve it, this one
     * comes first (redis.io, BLPOP).
     */
    Bytes readyKey();

    /**
     * Has the client wait, and the request run again when one of the keys holds a value of the awaited type, in the order
     * in which the clients came; when time is over, it is run once with {@link #timedOut}. Nothing may have been answered;
     * what was changed must have been said with {@link #effect}. A request that still cannot be served calls this again
     * and keeps its place and its deadline.
     */
    void block(Blocking blocking);

    /**
     * Has the client wait while work is done on another thread, and the request run again with its {@link #outcome}.
     * Nothing may have been answered. The work must not touch anything of the engine and must end within bounded time.
     */
    void offload(Callable<byte[]> work);

    /** What the {@link #offload offloaded} work has answered; null in the first run. */
    Outcome outcome();

    /**
     * How offloaded work has ended.
     *
     * @param result what it returned, or null
     * @param failure what it threw, or null
     */
    record Outcome(byte[] result, Exception failure) {
    }

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
        if (isPast(expireAt)) {
            database().remove(key);
            effect("DEL", key);
            changed(key, KeyEvent.GENERIC, "del");
        } else {
            database().expire(key, expireAt);
            effect("PEXPIREAT", key, expireAt);
            changed(key, KeyEvent.GENERIC, "expire");
        }
    }

    /**
     * Begins a script inside this call; one at a time. Close it in any case.
     *
     * @param name SHA-1 of a script, name of a function
     */
    Script script(String name, boolean function, Script.Mode mode);

    /** The error that is answered was counted already, when the command failed that caused it. */
    void errorCounted();

    /** Reports that a whole database was emptied or exchanged: its number, or -1 for all of them. */
    void databaseChanged(int database);

    /** Whether anybody reads the log; if not, effects need not be put together. */
    boolean logged();

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
