package io.releve.persistence.segments;

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

class SegmentsJournalTest extends JournalContract {
    @Override
    public JournalProvider provider() {
        return new SegmentsJournalProvider();
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
        return new SegmentsDirectives();
    }

    @Override
    protected Map<String, String> settings() {
        return Map.of("segments-max-bytes", "4096");
    }

    @Override
    protected Map<String, String> otherSettings() {
        return Map.of("segments-dirname", "other");
    }
}
