package io.releve.keyspace;

import java.io.IOException;
import org.osgi.annotation.versioning.ConsumerType;

/** A service: a way of keeping data. Chosen by name with the directive {@code keyspace}; opens nothing by itself. */
@ConsumerType
public interface KeyspaceProvider {
    /** The name in the directive {@code keyspace}, for example {@code chronicle}. */
    String name();

    /**
     * Opens a keyspace for one engine.
     *
     * @throws IOException in one sentence a user understands: what is wrong and what to do
     */
    Keyspace open(KeyspaceSettings settings) throws IOException;
}
