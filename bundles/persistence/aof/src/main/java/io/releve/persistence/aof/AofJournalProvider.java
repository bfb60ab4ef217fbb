package io.releve.persistence.aof;

import io.releve.persistence.Journal;
import io.releve.persistence.JournalProvider;
import io.releve.persistence.PersistenceContext;
import java.io.IOException;
import org.osgi.service.component.annotations.Component;

/** The journal {@code aof}. */
@Component
public final class AofJournalProvider implements JournalProvider {
    @Override
    public String name() {
        return "aof";
    }

    @Override
    public Journal open(PersistenceContext context) throws IOException {
        return new AofJournal(context);
    }
}
