package io.releve.persistence.segments;

import io.releve.config.Directive;
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
import io.releve.persistence.aof.AofDirectives;
import io.releve.persistence.aof.AofJournalProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

class SegmentsJournalTest extends JournalContract {
    @Override
    public JournalProvider provider() {
        return new SegmentsJournalProvider();
    }

    /** The append-only file takes over, and hands over again. */
    @Override
    public JournalProvider successor() {
        return new AofJournalProvider();
    }

    /** In the append-only file what has no place in it moves its position a second later. */
    @Override
    public boolean positionsAreExact(JournalProvider journal) {
        return journal.name().equals(provider().name());
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
        List<Directive<?>> all = new ArrayList<>(new SegmentsDirectives().directives());
        all.addAll(new AofDirectives().directives());
        return () -> all;
    }

    @Override
    protected Map<String, String> settings() {
        return Map.of("segments-max-bytes", "4096");
    }

    /** The two have folders of their own. */
    @Override
    protected Map<String, String> otherSettings() {
        return Map.of();
    }
}
