package io.releve.engine;

import io.releve.bytes.Bytes;
import io.releve.command.Call;
import io.releve.keyspace.Database;
import org.osgi.annotation.versioning.ProviderType;

/**
 * MULTI and what belongs to it (redis.io, Transactions). Requests that follow MULTI are queued by the engine as bytes.
 * Used while the turn is held.
 */
@ProviderType
public interface Transactions {
    /** Whether the session's requests are queued. */
    boolean open(Session session);

    /** Begins to queue the session's requests. */
    void begin(Session session);

    /** Forgets what was queued and what was watched. */
    void discard(Session session);

    /**
     * Runs what was queued, as one atomic group of the log, and answers with an array of the replies; with a null array
     * when a watched key was touched; with an EXECABORT error when a request could not be queued.
     */
    void execute(Call call);

    /** Has the next {@link #execute} do nothing if this key is touched until then. */
    void watch(Session session, Database database, Bytes key);

    void unwatch(Session session);
}
