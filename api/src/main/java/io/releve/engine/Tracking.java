package io.releve.engine;

import io.releve.bytes.Bytes;
import java.util.Collection;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Clients that keep copies of what they have read, and hear when it is no longer true (redis.io, Client-side caching). Used
 * while the turn is held.
 */
@ProviderType
public interface Tracking {
    /**
     * What a client wants to hear.
     *
     * @param broadcast about all keys with its prefixes, whether it has read them or not
     * @param optIn only about keys read right after CLIENT CACHING YES
     * @param optOut not about keys read right after CLIENT CACHING NO
     * @param noLoop not about what it changes itself
     * @param redirect id of the session that hears it in its place, 0 for itself
     */
    record Options(boolean broadcast, boolean optIn, boolean optOut, boolean noLoop, long redirect) {
    }

    /** Begins, or goes on with other options; prefixes are added to those it has. */
    void on(Session session, Options options, Collection<Bytes> prefixes);

    void off(Session session);

    /** Null for a session that tracks nothing. */
    Options options(Session session);

    /** Its prefixes in order. */
    Collection<Bytes> prefixes(Session session);

    /** The next request, or transaction, is the exception that {@code optIn} or {@code optOut} speaks of. */
    void except(Session session);

    /** Whether {@link #except} was said for the next request. */
    boolean excepts(Session session);

    /** Whether something could not be told since the session it was to be told to is gone. */
    boolean broken(Session session);
}
