package io.releve.persistence;

import io.releve.info.InfoSection;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A journal that an engine has opened: on disk the changes since a base, which together give the data. Its life:
 * {@link JournalProvider#open}, then {@link #replay} unless the data is there already, {@link #start}, {@link #close}. Where
 * nothing else is said methods are called without the turn.
 */
@ConsumerType
public interface Journal {
    /** What is on disk, or null when there is nothing. After {@link #replay}: what was loaded. */
    Found found();

    /**
     * Loads what is on disk; the turn is held. What is incomplete at the end is cut off, if the settings allow it.
     *
     * @throws IOException in one sentence a user understands: what is damaged, where, and what to do
     */
    void replay(Replay replay) throws IOException;

    /**
     * Begins to write: subscribes to the log; the turn is held, and what is in the keyspace is what the log's position
     * stands for.
     *
     * @param continued whether that is what is on disk, found or loaded; otherwise it is replaced by a base written from the
     *                  keyspace
     * @return completes, on any thread, when everything up to now can be loaded from the disk
     */
    CompletableFuture<Void> start(FsyncPolicy policy, boolean continued);

    /** Changes the policy; the turn is held. */
    void policy(FsyncPolicy policy);

    /**
     * Writes a new base in the background (BGREWRITEAOF); the turn is held. While somebody else takes a snapshot it is done
     * afterwards.
     *
     * @return whether it has begun, and not only been noted
     * @throws io.releve.command.CommandException when one is being written already
     */
    boolean rewrite();

    /** Nobody takes a snapshot any more: what was noted can begin. The turn is held. */
    void snapshotPossible();

    /** About ten times a second, with the turn: time for what depends on time. */
    void tick();

    /** Why writes are refused at the moment, as an error, or null. Cheap. */
    String refusal();

    /** Position up to which everything is forced to the disk, -1 when that is not known. */
    long durable();

    /** Lines for INFO persistence; the turn is held. */
    void describe(InfoSection.Lines lines);

    /**
     * Stops writing after everything was forced to the disk, and gives up what runs in the background. The turn is held; the
     * log's position is the last one.
     *
     * @param retired whether another journal has taken over: what is on disk must not be taken for the data any more
     * @return the fingerprint ({@link Found#fingerprint}) of what is on disk now; 0 when it is not certain
     */
    long close(boolean retired) throws IOException;
}
