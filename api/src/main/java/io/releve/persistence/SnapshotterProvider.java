package io.releve.persistence;

import java.io.IOException;
import org.osgi.annotation.versioning.ConsumerType;

/** A service: a way of writing snapshots to files and loading them. Opens nothing by itself. */
@ConsumerType
public interface SnapshotterProvider {
    /** For people, for example {@code rdb}. */
    String name();

    /** Looks at what is on disk. */
    Snapshotter open(PersistenceContext context) throws IOException;
}
