package io.releve.log;

import io.releve.command.Arguments;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The one ordered log of changes of an engine. A position is a 64-bit offset that grows by every entry's length in the
 * request protocol. With no subscriber nothing is rendered or copied.
 */
@ProviderType
public interface ChangeLog {
    /** 40 hexadecimal digits that name this history (redis.io, Replication). */
    String replicationId();

    /** Position after the last entry. */
    long position();

    /** Whether anybody listens; otherwise {@link #append} need not be called. Cheap. */
    boolean active();

    /** Appends an entry; the turn is held. */
    void append(Entry.Kind kind, int database, int remainingInGroup, Arguments effect);

    /** Hands out what was appended since the last call; the turn is held. */
    void flush();

    Subscription subscribe(Subscriber subscriber, boolean acknowledges);

    /**
     * The position up to which all acknowledging subscribers have everything; {@link Long#MAX_VALUE} when there is no
     * such subscriber. A reply leaves when this has reached the position it was computed at.
     */
    long acknowledged();

    /** Calls back (on any thread, soon returning) whenever {@link #acknowledged} has grown. */
    void onAcknowledged(Runnable callback);

    /** A subscriber's place in the log. */
    @ProviderType
    interface Subscription extends AutoCloseable {
        /** Any thread: everything up to {@code position} is where the configuration wants it. */
        void acknowledge(long position);

        @Override
        void close();
    }
}
