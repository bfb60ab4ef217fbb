package io.releve.persistence.aof;

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

class AofJournalTest extends JournalContract {
    @Override
    public JournalProvider provider() {
        return new AofJournalProvider();
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
        return new AofDirectives();
    }

    @Override
    protected Map<String, String> settings() {
        return Map.of("auto-aof-rewrite-min-size", "4kb");
    }

    @Override
    protected Map<String, String> otherSettings() {
        return Map.of("appenddirname", "other");
    }

    /** The format has no checksums. */
    @Override
    public boolean noticesDamage() {
        return false;
    }

    /** What has no place in the file moves its position a second later. */
    @Override
    public boolean positionsAreExact(JournalProvider journal) {
        return false;
    }
}
