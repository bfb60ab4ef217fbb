package io.releve.examples.journal;

import io.releve.config.DirectiveSet;
import io.releve.contracts.journal.JournalContract;
import io.releve.engine.disk.FileDisk;
import io.releve.keyspace.Keyspace;
import io.releve.keyspace.KeyspaceSettings;
import io.releve.keyspace.heap.HeapKeyspaceProvider;
import io.releve.log.ChangeLog;
import io.releve.log.ring.OrderedLogProvider;
import io.releve.persistence.Disk;
import io.releve.persistence.JournalProvider;
import java.util.Map;

/** The contract is the test: power cuts, full disks, damaged files, one journal taking over from another. */
class RecordsJournalTest extends JournalContract {
    @Override
    public JournalProvider provider() {
        return new RecordsJournalProvider();
    }

    @Override
    protected ChangeLog log() {
        return new OrderedLogProvider().open();
    }

    @Override
    protected Keyspace keyspace(KeyspaceSettings settings) {
        return new HeapKeyspaceProvider().open(settings);
    }

    @Override
    protected Disk realDisk() {
        return new FileDisk();
    }

    @Override
    protected DirectiveSet directives() {
        return new RecordsDirectives();
    }

    @Override
    protected Map<String, String> otherSettings() {
        return Map.of("records-dirname", "other");
    }
}
