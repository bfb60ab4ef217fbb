package io.releve.keyspace.heap;

import io.releve.contracts.SnapshotContract;
import io.releve.keyspace.Keyspace;
import io.releve.keyspace.KeyspaceSettings;

class HeapSnapshotTest extends SnapshotContract {
    @Override
    protected Keyspace open(KeyspaceSettings settings) {
        return new HeapKeyspaceProvider().open(settings);
    }
}
