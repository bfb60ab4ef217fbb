package io.releve.keyspace.chronicle;

import io.releve.contracts.SnapshotContract;
import io.releve.keyspace.Keyspace;
import io.releve.keyspace.KeyspaceSettings;
import java.io.IOException;

class ChronicleSnapshotTest extends SnapshotContract {
    @Override
    protected Keyspace open(KeyspaceSettings settings) throws IOException {
        return new ChronicleKeyspaceProvider().open(settings);
    }

    @Override
    protected boolean pausable() {
        return true;
    }
}
