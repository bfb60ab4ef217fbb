package io.releve.keyspace.chronicle;

import io.releve.keyspace.Keyspace;
import io.releve.keyspace.KeyspaceProvider;
import io.releve.keyspace.KeyspaceSettings;
import java.io.IOException;
import org.osgi.service.component.annotations.Component;

/** Keeps data off the heap in memory-mapped Chronicle Maps. */
@Component
public final class ChronicleKeyspaceProvider implements KeyspaceProvider {
    /** The name in the directive {@code keyspace}. */
    public static final String NAME = "chronicle";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Keyspace open(KeyspaceSettings settings) throws IOException {
        Environment.check();
        return ChronicleKeyspace.open(settings);
    }
}
