package io.releve.replication;

import io.releve.command.Arguments;
import io.releve.engine.Connection;
import io.releve.engine.Dispatcher;
import io.releve.log.History;
import io.releve.persistence.PersistenceContext;
import io.releve.persistence.Replay;
import java.io.IOException;
import java.util.function.BooleanSupplier;
import org.osgi.annotation.versioning.ConsumerType;
import org.osgi.annotation.versioning.ProviderType;

/** What an engine gives to the replication that it opens. */
@ProviderType
public interface ReplicationContext {
    /** The engine, its keyspace, its log, its files. */
    PersistenceContext parts();

    /** Sets what the server is; the turn is held. */
    void standing(Standing standing);

    /** What was set last. Any thread. */
    Standing standing();

    /**
     * Has {@link Replication#reconsider} called before the first batch after a time, and before replies leave then; the turn is held.
     *
     * @param milliseconds of the engine's clock
     */
    void reconsiderAt(long milliseconds);

    /**
     * Runs a command of the master's stream; the turn is held. Nothing is written to the log by it, and keys whose time is over
     * are there for it.
     *
     * @throws IOException when the command is not known
     */
    void run(Arguments command) throws IOException;

    /** What the commands run so far have selected; set anew with a new link. The turn is held. */
    void select(int database);

    /** The database that is selected. The turn is held. */
    int selected();

    /** Of a transaction whose end has not come nothing is done; the turn is held. */
    void discardTransaction();

    /**
     * Shows the link to the master among the clients from here on, under an id of its own; the turn is held.
     *
     * @param connection null when there is none any more
     */
    void linked(Connection connection);

    /** Has everything waited for looked at again and the log handed out: after a number of commands. The turn is held. */
    void batchOver();

    /**
     * Replaces all data by that of the master. Called without the turn. Clients hear {@code -LOADING} meanwhile, or with
     * {@code aside} go on with the data of before.
     *
     * @param wanted asked with the turn, before anything is given up
     * @param aside whether the data of before stays until the new is complete
     * @throws IOException what the loader threw; without {@code aside} there is no data then
     */
    void replaceData(Loader loader, BooleanSupplier wanted, boolean aside) throws IOException;

    /** Loads the data of a master. */
    @ConsumerType
    interface Loader {
        /**
         * @return the place in the master's history that they are of
         * @throws IOException in one sentence
         */
        History load(Replay replay) throws IOException;
    }

    /** Has clients that wait for something hear an error (a master that becomes a replica); the turn is held. */
    void unblockAll(String error);

    /** Sets whether there are replicas, which are sent what changes before the replies leave. */
    void feedsReplicas(boolean yes);

    /** Sets how long replies wait for the log to be acknowledged; null for ever. */
    void patience(Dispatcher.Patience patience);

    /** How a replica was brought up to date, for INFO stats. */
    enum Synchronisation {
        /** It gets all data. */
        FULL,
        /** It goes on where it was. */
        PARTIAL,
        /** It has asked for that and cannot. */
        PARTIAL_REFUSED
    }

    /** Counts one; the turn is held. */
    void count(Synchronisation kind);

    /** Replicas have got further: who waits for them is looked at again. The turn is held. */
    void replicasGotFurther();
}
