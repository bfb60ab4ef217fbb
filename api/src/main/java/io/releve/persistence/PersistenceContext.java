package io.releve.persistence;

import io.releve.config.Settings;
import io.releve.engine.Engine;
import io.releve.engine.Turn;
import io.releve.keyspace.Keyspace;
import io.releve.log.ChangeLog;
import java.nio.file.Path;
import org.osgi.annotation.versioning.ProviderType;

/** What an engine gives to the journal and the snapshots that it opens. Any thread. */
@ProviderType
public interface PersistenceContext {
    /** Part of the names of threads: {@code releve-<instance>-<room>-<n>}. */
    String instance();

    /** The directive {@code dir}: absolute. */
    Path directory();

    Disk disk();

    Settings settings();

    /** Null as long as the data is only looked at ({@link JournalProvider#open}, {@link SnapshotterProvider#open}). */
    Turn turn();

    /** Null likewise. */
    Engine engine();

    /** Null likewise. */
    Keyspace keyspace();

    ChangeLog log();

    /**
     * One snapshot is taken at a time: asks for the right to take one.
     *
     * @param owner who wants it, for example {@code bgsave}
     * @return whether it is granted; it must be given back with {@link #snapshotDone}
     */
    boolean snapshotBegins(String owner);

    /** Who takes a snapshot now, or null. */
    String snapshotOwner();

    /** Gives the right back. Those who wait hear of it ({@link Journal#snapshotPossible}). */
    void snapshotDone();

    /** A file was forced to the disk, for INFO; any thread. @param nanos how long it took */
    void forced(long nanos);
}
