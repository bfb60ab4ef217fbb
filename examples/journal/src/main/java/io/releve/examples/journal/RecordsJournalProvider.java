package io.releve.examples.journal;

import io.releve.persistence.Journal;
import io.releve.persistence.JournalProvider;
import io.releve.persistence.PersistenceContext;
import java.io.IOException;
import org.osgi.service.component.annotations.Component;

/** Offers the journal {@code records}. */
@Component
public final class RecordsJournalProvider implements JournalProvider {
    @Override
    public String name() {
        return "records";
    }

    @Override
    public Journal open(PersistenceContext context) throws IOException {
        return new RecordsJournal(context);
    }
}
