package io.releve.keyspace.heap;

import io.releve.contracts.KeyspaceContract;
import io.releve.keyspace.Keyspace;
import io.releve.keyspace.KeyspaceSettings;

class HeapKeyspaceTest extends KeyspaceContract {
    @Override
    protected Keyspace open(KeyspaceSettings settings) {
        return new HeapKeyspaceProvider().open(settings);
    }
}
