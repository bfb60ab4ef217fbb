package io.releve.persistence;

import io.releve.info.InfoSection;
import java.io.IOException;
import java.nio.file.Path;
import org.osgi.annotation.versioning.ConsumerType;

/** Snapshots of one engine in files (redis.io, Persistence). Where nothing else is said the turn is held. */
@ConsumerType
public interface Snapshotter {
    /** The snapshot that would be loaded, as it is on disk now, or null. Any thread. */
    Found found() throws IOException;

    /**
     * Loads it.
     *
     * @throws IOException in one sentence a user understands
     */
    void load(Replay replay) throws IOException;

    /** Begins to watch the save points. */
    void start();

    /**
     * Writes a snapshot and waits for it; one that is being written in the background is given up. Called without the turn.
     *
     * @throws IOException when it could not be written
     */
    void save() throws IOException;

    /**
     * Writes a snapshot into another file, for others: it does not count as saved. Called without the turn.
     *
     * @throws IOException when it could not be written, or when the file is there already
     */
    void export(Path target) throws IOException;

    /**
     * Begins to write one in the background (BGSAVE).
     *
     * @param schedule whether it is done later when it cannot be begun now
     * @return whether it has begun, and not only been noted
     * @throws io.releve.command.CommandException when it cannot
     */
    boolean saveInBackground(boolean schedule);

    /** Whether one is being written. Any thread. */
    boolean saving();

    /** When the last snapshot was written, s since the epoch. */
    long lastSave();

    /** Whether save points are set: a stop writes a snapshot then. Any thread. */
    boolean savesAtStop();

    /** Nobody takes a snapshot any more: what was noted can begin. */
    void snapshotPossible();

    /** About ten times a second. */
    void tick();

    /** Why writes are refused at the moment, as an error, or null. Cheap. */
    String refusal();

    /** Lines for INFO persistence. */
    void describe(InfoSection.Lines lines);

    /** Gives up what runs in the background; its files are removed. */
    void close();
}
