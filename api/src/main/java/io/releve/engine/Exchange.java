package io.releve.engine;

import io.releve.keyspace.KeyspaceProvider;
import io.releve.persistence.JournalProvider;
import io.releve.persistence.SnapshotterProvider;
import io.releve.replication.ReplicationProvider;
import java.io.IOException;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Exchanges parts of a running engine for others that are in the registry too. Called without the turn, from a thread that may
 * wait: each call returns once the new part does the work. What goes wrong leaves the old part at work.
 */
@ProviderType
public interface Exchange {
    /** Who keeps the journal; null while none is kept. */
    JournalProvider journal();

    /** Who writes snapshots; null for nobody. */
    SnapshotterProvider snapshots();

    /** Who replicates; null for nobody. */
    ReplicationProvider replication();

    /** Who keeps the data. */
    KeyspaceProvider keyspace();

    /**
     * Another journal, or another version of the same: one that has another name first writes a base.
     *
     * @return how long nothing else could be done, ns
     * @throws IOException in one sentence: why the old one goes on
     */
    long to(JournalProvider next) throws IOException;

    /** Others write snapshots; one that is being written is given up. See {@link #to(JournalProvider)}. */
    long to(SnapshotterProvider next) throws IOException;

    /** The data moves while clients go on; see {@link #to(JournalProvider)}. */
    long to(KeyspaceProvider next) throws IOException;

    /** Others replicate; links are made anew and go on where they were. See {@link #to(JournalProvider)}. */
    long to(ReplicationProvider next) throws IOException;
}
