package io.releve.log;

import io.releve.bytes.Bytes;
import io.releve.command.Arguments;
import java.nio.ByteBuffer;
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

    /** Position after the last entry that is a change or a message: what comes behind it shows nothing to anybody. */
    long changed();

    /** The place at the end, for whoever keeps the data of now; null when not all changes are in it. The turn is held. */
    History place();

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

    /**
     * The data is complete, and clients may change it from here on. What changes while the log is not {@link #active} is not
     * in its history: when it becomes active again, that is another history, with a new id. The turn is held.
     */
    void opened();

    /** Database that is selected at the end of the stream, or {@link History#UNKNOWN}. The turn is held. */
    int selected();

    /**
     * Appends a request of another server's stream, whose bytes become part of this one as they are; the turn is held.
     *
     * @param database the one that is selected behind it
     * @param remainingInGroup as in {@link Entry#remainingInGroup}; MULTI and EXEC are entries of the group too
     */
    void appendForeign(Entry.Kind kind, int database, int remainingInGroup, Arguments request, Bytes stream);

    /**
     * Goes on with the history of another server whose data were taken over; nothing is remembered of what came before, and
     * {@link Reader}s of it are lost. The turn is held.
     *
     * @param database the one that is selected there
     */
    void adopt(String id, long position, int database);

    /**
     * What follows is another history than that of the servers it was the same with until now: a new id, with the old one as
     * second up to here (redis.io, Replication: a replica that becomes a master). The turn is held.
     */
    void fork();

    /** The history goes on under another id; the old one becomes the second, up to here. The turn is held. */
    void rename(String id);

    /** Sets how many bytes of the stream are remembered at least; 0 none. The turn is held. */
    void remember(long bytes);

    /** The lowest position from which the stream is remembered; {@link #position} when nothing is. */
    long firstRemembered();

    /**
     * Begins to read the stream; what was not read stays remembered. The turn is held.
     *
     * @param from a position from {@link #firstRemembered} to {@link #position}; the log remembers something
     */
    Reader reader(long from);

    /** Begins to read at the end; the next change selects its database, unless it is another server's. The turn is held. */
    Reader reader();

    /** A place in the stream from which it is read on; one thread at a time, without the turn. */
    @ProviderType
    interface Reader extends AutoCloseable {
        /** Position of the next byte. */
        long position();

        /** Bytes that are there to be read. */
        long available();

        /**
         * The next bytes, as many as lie together; they stay as they are until {@link #skip}.
         *
         * @return empty when there are none
         * @throws IllegalStateException when the reader is {@link #lost}
         */
        ByteBuffer peek();

        /** Goes on behind so many of the bytes of the last {@link #peek}. */
        void skip(int bytes);

        /** Whether what it has to read is gone: there was no memory for it, or the history is another one. */
        boolean lost();

        /** What was not read need not be remembered. Any thread. */
        @Override
        void close();
    }

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
