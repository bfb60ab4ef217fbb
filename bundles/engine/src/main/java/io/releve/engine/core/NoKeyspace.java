package io.releve.engine.core;

import io.releve.keyspace.Database;
import io.releve.keyspace.Keyspace;
import io.releve.keyspace.Snapshot;
import java.util.Map;

/** The keyspace of a sentinel: it holds nothing, and no command of a sentinel touches a database. */
final class NoKeyspace implements Keyspace {
    @Override
    public String provider() {
        return "none";
    }

    /** Null: every call is given the database of its client, whether it looks at it or not. */
    @Override
    public Database database(int index) {
        return null;
    }

    @Override
    public void swap(int first, int second) {
        throw new IllegalStateException("a sentinel holds no data");
    }

    @Override
    public String origin() {
        return "there is none";
    }

    @Override
    public boolean restored() {
        return false;
    }

    @Override
    public long usedMemory() {
        return 0;
    }

    @Override
    public Map<String, String> details() {
        return Map.of();
    }

    @Override
    public boolean maintain(long deadline) {
        return false;
    }

    @Override
    public Snapshot snapshot(Snapshot.Sink sink) {
        throw new IllegalStateException("a sentinel holds no data");
    }

    @Override
    public void close(boolean keep, long identity) {
        // nothing is open
    }

    @Override
    public void close(boolean keep) {
        // nothing is open
    }
}
