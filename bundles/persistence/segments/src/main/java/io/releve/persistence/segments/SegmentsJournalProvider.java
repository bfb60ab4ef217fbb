package io.releve.persistence.segments;

import io.releve.persistence.Journal;
import io.releve.persistence.JournalProvider;
import io.releve.persistence.PersistenceContext;
import java.io.IOException;
import org.osgi.service.component.annotations.Component;

/** Offers the journal {@code segments}. */
@Component
public final class SegmentsJournalProvider implements JournalProvider {
    @Override
    public String name() {
        return "segments";
    }

    @Override
    public Journal open(PersistenceContext context) throws IOException {
        return new SegmentsJournal(context);
    }
}
