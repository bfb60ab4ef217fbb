package io.releve.perf.jmh;

import io.releve.keyspace.Keyspace;
import io.releve.keyspace.KeyspaceProvider;
import io.releve.keyspace.KeyspaceSettings;
import io.releve.keyspace.chronicle.ChronicleKeyspaceProvider;
import io.releve.keyspace.heap.HeapKeyspaceProvider;
import java.io.IOException;
import java.nio.file.Files;

/** Keyspaces in directories of their own. */
final class Keyspaces {
    private Keyspaces() {
    }

    static Keyspace open(String name) throws IOException {
        KeyspaceProvider provider = name.equals("heap") ? new HeapKeyspaceProvider() : new ChronicleKeyspaceProvider();
        return provider.open(new KeyspaceSettings(Files.createTempDirectory("releve-perf"), 16, 0, false));
    }
}
