package io.releve.keyspace.heap;

import io.releve.keyspace.Database;
import io.releve.keyspace.EncodingLimits;
import io.releve.keyspace.Keyspace;
import io.releve.keyspace.Snapshot;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Databases on the Java heap. All of them share one key hash, so that an entry can move without being hashed again. */
final class HeapKeyspace implements Keyspace {
    private final HeapDatabase[] databases;
    /** The same in an order that stays, for other threads. */
    private final List<HeapDatabase> all;
    private HeapSnapshot snapshot;
    /** Number of snapshots begun. */
    private int epoch;

    HeapKeyspace(int count, EncodingLimits limits) {
        SecureRandom random = new SecureRandom();
        KeyHash hash = new KeyHash(random.nextLong(), random.nextLong());
        databases = new HeapDatabase[count];
        for (int i = 0; i < count; i++) {
            databases[i] = new HeapDatabase(i, hash, limits);
        }
        all = List.of(databases);
    }

    @Override
    public String provider() {
        return HeapKeyspaceProvider.NAME;
    }

    @Override
    public Database database(int index) {
        return databases[index];
    }

    @Override
    public void swap(int first, int second) {
        HeapDatabase a = databases[first];
        HeapDatabase b = databases[second];
        databases[first] = b;
        databases[second] = a;
        b.index(first);
        a.index(second);
    }

    @Override
    public String origin() {
        return "new and empty, the heap keeps nothing from an earlier run";
    }

    @Override
    public boolean restored() {
        return false;
    }

    @Override
    public long usedMemory() {
        long bytes = 0;
        for (HeapDatabase database : all) {
            bytes += database.usedMemory();
        }
        return bytes;
    }

    @Override
    public Map<String, String> details() {
        Runtime runtime = Runtime.getRuntime();
        Map<String, String> details = new LinkedHashMap<>();
        details.put("heap_used", Long.toString(runtime.totalMemory() - runtime.freeMemory()));
        details.put("heap_committed", Long.toString(runtime.totalMemory()));
        details.put("heap_max", Long.toString(runtime.maxMemory()));
        return details;
    }

    /** Garbage that was not collected yet does not count: what is in the way of the content is the data alone. */
    @Override
    public void reserve(long bytes) {
        if (bytes > Runtime.getRuntime().maxMemory() - usedMemory()) {
            throw Entry.full(bytes);
        }
    }

    /** Tables grow and shrink with the changes themselves, the rest is the garbage collector's. */
    @Override
    public boolean maintain(long deadline) {
        return false;
    }

    /** Values are handed out as a whole: none is pausable. */
    @Override
    public Snapshot snapshot(Snapshot.Sink sink) {
        if (snapshot != null) {
            throw new IllegalStateException("A snapshot is being taken already");
        }
        snapshot = new HeapSnapshot(this, databases, ++epoch, sink);
        for (HeapDatabase database : databases) {
            database.snapshotBegins(snapshot, epoch);
        }
        return snapshot;
    }

    /** The snapshot is over; an earlier one may be closed again. */
    void end(HeapSnapshot ended) {
        if (snapshot == ended) {
            snapshot = null;
            for (HeapDatabase database : databases) {
                database.snapshotEnds();
            }
        }
    }

    @Override
    public void close(boolean keep) {
        close(keep, 0);
    }

    @Override
    public void close(boolean keep, long identity) {
        end(snapshot);
        for (HeapDatabase database : databases) {
            database.clear();
        }
    }
}
