package io.releve.engine;

import io.releve.command.Command;
import io.releve.command.CommandSpec;
import io.releve.keyspace.Database;
import io.releve.persistence.Journal;
import io.releve.persistence.Snapshotter;
import io.releve.replication.Replication;
import io.releve.replication.Standing;
import java.util.Collection;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The engine as administrative commands see it. Methods are called while the turn is held unless they say otherwise.
 */
@ProviderType
public interface Engine {
    /** The version of Redis this server is compatible with, as INFO and HELLO announce it. */
    String REDIS_VERSION = "7.2.6";

    /** What this process is. Any thread. */
    Mode mode();

    /** 40 hex digits that no other start of a server has. Any thread. */
    String runId();

    Clock clock();

    /** Number of databases. */
    int databases();

    Database database(int index);

    /** The database if it was ever used, else null: looking at all of them this way creates none. */
    Database databaseInUse(int index);

    void swapDatabases(int first, int second);

    /** All commands offered now, containers with their subcommands below them. Any thread. */
    Collection<Command> commands();

    /** The command or subcommand ({@code CONTAINER|NAME}) of this name in any case, or null. Any thread. */
    Command command(String name);

    /** Specs of all commands, also of those whose bundle is away at the moment. Any thread. */
    Collection<CommandSpec> specs();

    /** Channels and who listens to them. */
    Subscriptions subscriptions();

    /** Transactions and watched keys. */
    Transactions transactions();

    /** Exchanges parts of this engine. Any thread. */
    Exchange exchange();

    /** What leads replicas or follows a master; null while no bundle offers it. */
    Replication replication();

    /** What the server is, and what its clients may do therefore. Any thread. */
    Standing standing();

    /** Living sessions in the order of their ids. Any thread. */
    Collection<Session> sessions();

    Session session(long id);

    /** Ends a session, after the replies given so far if it is the caller's own. */
    void kill(Session session);

    /**
     * Wakes a blocked session.
     *
     * @param error whether it gets an UNBLOCKED error instead of the reply of a time-out
     * @return whether it was blocked
     */
    boolean unblock(Session session, boolean error);

    /** Holds commands until a time (ms since the epoch): all of them, or only those that may write. */
    void pause(long until, boolean writesOnly);

    void unpause();

    /** Switches the removal of expired keys without access on or off (DEBUG SET-ACTIVE-EXPIRE). */
    void activeExpiry(boolean on);

    /** What tests switch off for a while (DEBUG). */
    enum Habit {
        /** Work ten times a second: expiry, eviction, growth of the keyspace. */
        PERIODIC_WORK,
        /** Scripts may not run what is flagged {@code noscript}. */
        REFUSALS_IN_SCRIPTS
    }

    void habit(Habit habit, boolean on);

    /** The history goes on under a new replication id (DEBUG CHANGE-REPL-ID): replicas have to be synchronised anew. */
    void changeReplicationId();

    /** The access clock as it would be set by an access now, in the meaning of {@code maxmemory-policy}. */
    int accessClock();

    /** Whether access clocks have LFU meaning. */
    boolean countsFrequencies();

    /** Whether access clocks have LRU meaning and anybody asks for them: {@code maxmemory-policy} is of the LRU kind. */
    boolean keepsAccessTimes();

    /** Seconds since the last access, from an access clock of LRU meaning. */
    long idleSeconds(int access);

    /** Logarithmic frequency, decayed until now, from an access clock of LFU meaning. */
    int frequency(int access);

    /** The INFO text of these sections (lower case; empty: the default ones). Any thread. */
    String info(List<String> sections);

    /** Resets the counters that CONFIG RESETSTAT resets. */
    void resetStatistics();

    /** Looks after authentication. */
    io.releve.security.Authorizer authorizer();

    /** Reads and changes settings. */
    io.releve.config.Settings settings();

    /** Snapshots; null while no bundle offers them. */
    Snapshotter snapshotter();

    /** The journal; null when {@code appendonly} is {@code no}. */
    Journal journal();

    /**
     * Has the journal write a new base (BGREWRITEAOF); without a journal the files are written once.
     *
     * @return whether it has begun, and not only been noted
     */
    boolean rewriteJournal();

    /** Changes since the last snapshot was begun that succeeded. */
    long changes();

    /** A snapshot was written that holds the first so many of {@link #changes}. */
    void changesSaved(long count);

    /** Libraries of functions as they stand in an RDB file. */
    List<byte[]> functions();

    /** Scripts and libraries of functions. */
    Scripts scripts();

    /** What the engine notes of its own work. */
    Introspection introspection();

    /** Whether data is being loaded. */
    boolean loading();

    /**
     * How long one piece of work has kept all others from being served, ms; 0 while that is not the case. A script that runs long
     * is none: it lets others hear that the server is busy. Any thread; never waits.
     */
    long stalledMs();

    /**
     * Loads all data again, from the snapshot or from the journal, while clients wait (DEBUG RELOAD, DEBUG LOADAOF). Called
     * without the turn.
     *
     * @throws java.io.IOException in one sentence; what could not be loaded is missing
     */
    void reload(Reload how) throws java.io.IOException;

    /**
     * How to load all data again.
     *
     * @param fromJournal from the journal instead of the snapshot
     * @param save whether a snapshot is written before
     * @param clear whether the databases are emptied before
     */
    record Reload(boolean fromJournal, boolean save, boolean clear) {
    }

    /** Whether a session is shown every request from now on (MONITOR), as {@code redis.io, MONITOR} describes. */
    void monitor(Session session, boolean on);

    /**
     * Has writes wait and does what must be done before {@link #shutdown}: writes a snapshot if one is due. Called without
     * the turn.
     *
     * @throws java.io.IOException when it cannot be done or was called off; the clients go on
     */
    void prepareShutdown(ShutdownRequest request) throws java.io.IOException;

    /** Asks for the stop of the server; returns at once. */
    void shutdown(ShutdownRequest request);

    /** Calls off what {@link #prepareShutdown} does; the turn is held. @return whether it was at it */
    boolean abortShutdown();

    /**
     * How to stop.
     *
     * @param save whether to write a snapshot: true, false, or null for what the save points say
     * @param now without waiting for replicas
     * @param force also when saving fails
     */
    record ShutdownRequest(Boolean save, boolean now, boolean force) {
    }
}
