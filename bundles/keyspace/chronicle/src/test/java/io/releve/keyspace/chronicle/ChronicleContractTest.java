package io.releve.keyspace.chronicle;

import io.releve.contracts.KeyspaceContract;
import io.releve.keyspace.Keyspace;
import io.releve.keyspace.KeyspaceSettings;
import java.io.IOException;

class ChronicleContractTest extends KeyspaceContract {
    @Override
    protected Keyspace open(KeyspaceSettings settings) throws IOException {
        return new ChronicleKeyspaceProvider().open(settings);
    }

    @Override
    protected boolean persistent() {
        return true;
    }
}
