package io.releve.keyspace.heap;

import io.releve.bytes.Bytes;
import io.releve.contracts.SnapshotContract;
import io.releve.keyspace.Database;
import io.releve.keyspace.Keyspace;
import io.releve.keyspace.KeyspaceSettings;
import io.releve.keyspace.Snapshot;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;

/** The contract's part for values that can be paused, with values that are copied as a whole to be so. */
class PausableSnapshotTest extends SnapshotContract {
    @Override
    protected Keyspace open(KeyspaceSettings settings) {
        return new Copying(new HeapKeyspaceProvider().open(settings));
    }

    @Override
    protected boolean pausable() {
        return true;
    }

    private record Copying(Keyspace keyspace) implements Keyspace {
        @Override
        public Snapshot snapshot(Snapshot.Sink sink) {
            return new CopyingSnapshot(keyspace, sink);
        }

        @Override
        public String provider() {
            return keyspace.provider();
        }

        @Override
        public Database database(int index) {
            return keyspace.database(index);
        }

        @Override
        public void swap(int first, int second) {
            keyspace.swap(first, second);
        }

        @Override
        public String origin() {
            return keyspace.origin();
        }

        @Override
        public boolean restored() {
            return keyspace.restored();
        }

        @Override
        public long usedMemory() {
            return keyspace.usedMemory();
        }

        @Override
        public Map<String, String> details() {
            return keyspace.details();
        }

        @Override
        public boolean maintain(long deadline) {
            return keyspace.maintain(deadline);
        }

        @Override
        public void close(boolean keep) throws java.io.IOException {
            keyspace.close(keep);
        }

        @Override
        public void close(boolean keep, long identity) throws java.io.IOException {
            keyspace.close(keep, identity);
        }
    }

    private static final class CopyingSnapshot implements Snapshot {
        private final Deque<Runnable> copies = new ArrayDeque<>();
        private final Snapshot snapshot;
        private boolean advancing;

        CopyingSnapshot(Keyspace keyspace, Sink sink) {
            snapshot = keyspace.snapshot((database, key, value, pausable) -> {
                if (advancing) {
                    Entry copy = ((Entry) value).duplicate();
                    copy.expireAt = value.expireAt();
                    Bytes name = key.copy();
                    copies.add(() -> sink.value(database, name, copy, true));
                } else {
                    sink.value(database, key, value, false);
                }
            });
        }

        @Override
        public long size(int database) {
            return snapshot.size(database);
        }

        @Override
        public long expires(int database) {
            return snapshot.expires(database);
        }

        @Override
        public boolean advance(long deadline) {
            advancing = true;
            boolean more = snapshot.advance(deadline);
            advancing = false;
            while (!copies.isEmpty()) {
                copies.poll().run();
            }
            return more;
        }

        @Override
        public long extraMemory() {
            return snapshot.extraMemory();
        }

        @Override
        public void close() {
            snapshot.close();
        }
    }
}
