package io.releve.engine;

import io.releve.bytes.Bytes;
import io.releve.bytes.Glob;
import java.util.Collection;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** Who listens to which channels of an engine. Used while the turn is held. */
@ProviderType
public interface Subscriptions {
    /** What a session subscribes to. */
    enum Kind {
        /** Channels by their exact names. */
        CHANNEL("message", "subscribe", "unsubscribe"),
        /** All channels whose names match a pattern. */
        PATTERN("pmessage", "psubscribe", "punsubscribe"),
        /** Shard channels by their exact names, a name space of their own. */
        SHARD("smessage", "ssubscribe", "sunsubscribe");

        private final String message;
        private final String subscribed;
        private final String unsubscribed;

        Kind(String message, String subscribed, String unsubscribed) {
            this.message = message;
            this.subscribed = subscribed;
            this.unsubscribed = unsubscribed;
        }

        /** First word of a message that arrives. */
        public String message() {
            return message;
        }

        /** First word of the confirmation. */
        public String subscribed() {
            return subscribed;
        }

        /** First word of the confirmation of the end. */
        public String unsubscribed() {
            return unsubscribed;
        }
    }

    /** @return whether it was not subscribed before */
    boolean subscribe(Session session, Kind kind, Bytes name);

    /** @return whether it was subscribed */
    boolean unsubscribe(Session session, Kind kind, Bytes name);

    /** What a session is subscribed to, copies. */
    List<Bytes> of(Session session, Kind kind);

    /**
     * Sends a message to those who listen to a channel, and with kind {@code CHANNEL} to those whose patterns match. With
     * an active log it is appended as an entry of kind {@code MESSAGE} as well.
     *
     * @param kind {@code CHANNEL} or {@code SHARD}
     * @return number of receivers
     */
    int publish(Kind kind, Bytes channel, Bytes message);

    /**
     * Names with at least one subscriber.
     *
     * @param pattern only those that match, or null
     */
    Collection<Bytes> names(Kind kind, Glob pattern);

    /** Number of sessions that subscribe to exactly this. */
    int subscribers(Kind kind, Bytes name);

    /** Number of different names with a subscriber. */
    int size(Kind kind);
}
