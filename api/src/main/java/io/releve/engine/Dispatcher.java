package io.releve.engine;

import org.osgi.annotation.versioning.ProviderType;

/** A service: the engine as listeners see it. Registered once data is loaded and commands are there. */
@ProviderType
public interface Dispatcher {
    /** A lane for one I/O thread. */
    default Lane lane() {
        return lane(() -> { });
    }

    /**
     * A lane for one I/O thread.
     *
     * @param whileBusy called on that thread again and again while a script runs on this lane for longer than
     *        {@code busy-reply-threshold}: what has come from others meanwhile may be dispatched on another lane
     */
    Lane lane(Runnable whileBusy);

    /**
     * Admits a connection. Called by the listener for every accepted socket.
     *
     * @return the session, or null when {@code maxclients} is reached; the listener then sends
     *         {@code -ERR max number of clients reached} and closes
     */
    Session connect(Connection connection);

    /** The connection is gone. */
    void disconnect(Session session);

    /** Whether a new connection must authenticate before anything else. Any thread. */
    boolean authenticationRequired();

    /** Sets how many connections are admitted. */
    void maxClients(long limit);

    /** Counts a protocol error, an answer refused or the like for INFO. */
    void count(Event event, long amount);

    /** The position up to which replies may leave; see {@link io.releve.log.ChangeLog#acknowledged}. */
    long acknowledged();

    /** Calls back whenever {@link #acknowledged} has grown; @return ends that */
    Runnable onAcknowledged(Runnable callback);

    /**
     * Whether what a batch has changed is sent to replicas before its replies, as soon as the thread has worked off its input:
     * then its replies follow that. Any thread.
     */
    boolean feedsReplicas();

    /**
     * Called before replies leave that were made a while ago: if the process has slept since, it may be no master any more, and
     * {@link #acknowledged} says what may still be shown. Any thread that does not hold the turn.
     */
    void awake();

    /** What becomes of replies that wait too long for {@link #acknowledged}; null when they wait for ever. Any thread. */
    Patience patience();

    /**
     * How long replies wait to be acknowledged.
     *
     * @param nanos since they were made
     * @param error what is answered instead of each of them then; messages wait on
     */
    record Patience(long nanos, String error) {
    }

    /** What listeners count. */
    enum Event {
        BYTES_IN, BYTES_OUT, OUTPUT_LIMIT_DISCONNECT, QUERY_LIMIT_DISCONNECT, READ, WRITE
    }
}
