package io.releve.persistence;

import java.io.IOException;
import org.osgi.annotation.versioning.ConsumerType;

/** A service: a way of keeping a journal. Chosen by name with the directive {@code journal}; opens nothing by itself. */
@ConsumerType
public interface JournalProvider {
    /** The name in the directive {@code journal}, for example {@code aof}. */
    String name();

    /**
     * Looks at what is on disk; nothing is changed there yet.
     *
     * @throws IOException in one sentence a user understands: what is wrong and what to do
     */
    Journal open(PersistenceContext context) throws IOException;
}
