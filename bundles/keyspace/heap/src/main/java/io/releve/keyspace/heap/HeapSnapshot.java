package io.releve.keyspace.heap;

import io.releve.bytes.Bytes;
import io.releve.keyspace.Snapshot;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A walk over the tables as they were when it began. An entry whose epoch is lower than the snapshot's was there then and
 * was not handed out yet; whoever is about to change it calls {@link #save} before. A value is handed out as a whole,
 * also a large one, so none is pausable and a slice may take as long as the largest value. A table that was put aside by
 * {@link HeapDatabase#clear} is walked like any other: nobody changes it any more.
 */
final class HeapSnapshot implements Snapshot {
    /** Keys visited between two looks at the clock. */
    private static final int STEP = 4;

    private final HeapKeyspace keyspace;
    private final Sink sink;
    private final int epoch;
    private final long[] sizes;
    private final long[] expires;
    private final Deque<Source> sources = new ArrayDeque<>();
    private final Bytes key = new Bytes();
    private boolean handedOut;

    /** A database, with the table and the number that it had at the beginning. */
    private static final class Source {
        final HeapDatabase database;
        final KeyTable<Entry> table;
        final int number;
        long cursor;
        /** Bytes of the table once it is no longer the database's. */
        long extra;

        Source(HeapDatabase database, KeyTable<Entry> table) {
            this.database = database;
            this.table = table;
            number = database.index();
        }
    }

    HeapSnapshot(HeapKeyspace keyspace, HeapDatabase[] databases, int epoch, Sink sink) {
        this.keyspace = keyspace;
        this.sink = sink;
        this.epoch = epoch;
        sizes = new long[databases.length];
        expires = new long[databases.length];
        for (int i = 0; i < databases.length; i++) {
            sizes[i] = databases[i].size();
            expires[i] = databases[i].expires();
            if (sizes[i] > 0) {
                sources.add(new Source(databases[i], databases[i].table()));
            }
        }
    }

    /** To be called before an entry is changed. */
    void save(Entry entry) {
        if (entry.linked && entry.epoch < epoch) {
            handOut(entry, entry.database.snapshotNumber());
        }
    }

    private void handOut(Entry entry, int number) {
        entry.epoch = epoch;
        handedOut = true;
        sink.value(number, key.set(entry.key, 0, entry.key.length), entry, false);
    }

    /** The database gives up its table, which took this many bytes. */
    void cleared(KeyTable<Entry> table, long memory) {
        for (Source source : sources) {
            if (source.table == table) {
                source.extra = memory;
            }
        }
    }

    @Override
    public long size(int database) {
        return sizes[database];
    }

    @Override
    public long expires(int database) {
        return expires[database];
    }

    @Override
    public boolean advance(long deadline) {
        handedOut = false;
        while (!sources.isEmpty()) {
            Source source = sources.peek();
            source.cursor = source.table.scan(source.cursor, STEP, entry -> {
                if (entry.epoch < epoch) {
                    handOut(entry, source.number);
                }
            });
            if (source.cursor == 0) {
                sources.remove(source);
            }
            if (handedOut && System.nanoTime() - deadline >= 0) {
                break;
            }
        }
        return !sources.isEmpty();
    }

    @Override
    public long extraMemory() {
        long bytes = 0;
        for (Source source : sources) {
            bytes += source.extra;
        }
        return bytes;
    }

    @Override
    public void close() {
        sources.clear();
        keyspace.end(this);
    }
}
