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

    /** The id of the history that this one continues, or 40 zeros. */
    String secondReplicationId();

    /** Position up to which the second id's history is the same, -1 without one. */
    long secondPosition();

    /**
     * Goes on where an earlier run has ended, before anything is appended. After a clean end the history is the same.
     * Otherwise something may have come after it that is lost: a new id is drawn, and the old one becomes the second, up to
     * this position.
     */
    void restore(History history);

    /** Position after the last entry. */
    long position();

    /** Whether anybody listens; otherwise {@link #append} need not be called. Cheap. */
    boolean active();

    /** Appends an entry; the turn is held. */
    void append(Entry.Kind kind, int database, int remainingInGroup, Arguments effect);

    /** Hands out what was appended since the last call; the turn is held. */
    void flush();

    /**
     * Adds a subscriber; the turn is held.
     *
     * @param acknowledges whether replies wait for what it acknowledges
     */
    Subscription subscribe(Subscriber subscriber, boolean acknowledges);

    /** Sets how many bytes of the stream are remembered; 0 none. The turn is held. */
    void remember(long bytes);

    /** The lowest position from which the stream is remembered; {@link #position} when nothing is. */
    long firstRemembered();

    /**
     * Copies remembered bytes of the stream, the turn is held.
     *
     * @param from a position, at least {@link #firstRemembered}
     * @return number of bytes copied: as many as remain in the target, or are there
     */
    int read(long from, java.nio.ByteBuffer target);

    /**
     * The position up to which all acknowledging subscribers have everything; {@link Long#MAX_VALUE} when there is no
     * such subscriber. A reply leaves when this has reached the position it was computed at.
     */
    long acknowledged();

    /** Calls back (on any thread, soon returning) whenever {@link #acknowledged} has grown; @return ends that */
    Runnable onAcknowledged(Runnable callback);

    /** A subscriber's place in the log. */
    @ProviderType
    interface Subscription extends AutoCloseable {
        /** Any thread: everything up to {@code position} is where the configuration wants it. */
        void acknowledge(long position);

        /** Sets whether replies wait for what it acknowledges; the turn is held. */
        void acknowledges(boolean on);

        @Override
        void close();
    }
}
