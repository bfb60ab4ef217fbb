package io.releve.persistence.rdb;

import io.releve.persistence.PersistenceContext;
import io.releve.persistence.Snapshotter;
import io.releve.persistence.SnapshotterProvider;
import org.osgi.service.component.annotations.Component;

/** Snapshots in the file that {@code dbfilename} names. */
@Component
public final class RdbSnapshotterProvider implements SnapshotterProvider {
    @Override
    public String name() {
        return "rdb";
    }

    @Override
    public Snapshotter open(PersistenceContext context) {
        return new RdbSnapshotter(context);
    }
}
