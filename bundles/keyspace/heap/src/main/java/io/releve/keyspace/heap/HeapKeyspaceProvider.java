package io.releve.keyspace.heap;

import io.releve.keyspace.Keyspace;
import io.releve.keyspace.KeyspaceProvider;
import io.releve.keyspace.KeyspaceSettings;
import org.osgi.service.component.annotations.Component;

/** Offers the keyspace {@code heap}: everything in Java objects, nothing outlives the process. */
@Component
public final class HeapKeyspaceProvider implements KeyspaceProvider {
    static final String NAME = "heap";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Keyspace open(KeyspaceSettings settings) {
        return new HeapKeyspace(settings.databases(), settings.limits());
    }
}
