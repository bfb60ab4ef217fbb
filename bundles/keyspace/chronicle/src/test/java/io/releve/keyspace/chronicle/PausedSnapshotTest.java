package io.releve.keyspace.chronicle;

import io.releve.contracts.SnapshotContract;
import io.releve.keyspace.Keyspace;
import io.releve.keyspace.KeyspaceSettings;
import java.io.IOException;

/** The same with everything that has pages of its own taken for large, so that all of it is read while it changes. */
class PausedSnapshotTest extends SnapshotContract {
    @Override
    protected Keyspace open(KeyspaceSettings settings) throws IOException {
        return ChronicleKeyspace.open(settings, 0);
    }

    @Override
    protected boolean pausable() {
        return true;
    }
}
