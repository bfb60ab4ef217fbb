package io.releve.keyspace.chronicle;

import io.releve.keyspace.Type;
import io.releve.keyspace.chronicle.directory.MappedDirectory;
import io.releve.keyspace.chronicle.expiry.ExpiryIndex;
import io.releve.keyspace.chronicle.extent.FrozenPages;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What is not in use any more: large collections and directories of cleared databases, whose pages come back in slices
 * and whose files are removed in the background.
 */
final class Garbage {
    /** Nobody holds an address for so long. */
    private static final long RETIREMENT_NANOS = 1_000_000_000L;
    /** Pages given back between two looks at the clock. */
    private static final int STEPS = 64;

    private final Storage storage;
    private final Deque<Removed> removed = new ArrayDeque<>();
    /** Bytes in pages of removed collections. */
    private volatile long pending;
    private final Deque<Cleared> cleared = new ArrayDeque<>();
    private final Deque<FrozenPages> frozen = new ArrayDeque<>();

    Garbage(Storage storage) {
        this.storage = storage;
    }

    /** A removed collection. */
    private static final class Removed {
        final Type type;
        final long root;
        /** What it still occupies. */
        long bytes;

        Removed(Type type, long root, long bytes) {
            this.type = type;
            this.root = root;
            this.bytes = bytes;
        }
    }

    private static final class Cleared {
        final Entries entries;
        final MappedDirectory directory;
        final Deque<Long> expiryNodes;
        final long since = System.nanoTime();
        boolean hasReferences;
        long cursor;

        Cleared(MappedDirectory directory, boolean hasReferences, Deque<Long> expiryNodes, Entries entries) {
            this.entries = entries;
            this.directory = directory;
            this.hasReferences = hasReferences;
            this.expiryNodes = expiryNodes;
        }
    }

    void add(MappedDirectory directory, boolean hasReferences, Deque<Long> expiryNodes, Entries entries) {
        cleared.add(new Cleared(directory, hasReferences, expiryNodes, entries));
    }

    /** A collection that occupies so many bytes. */
    void add(Type type, long root, long bytes) {
        removed.add(new Removed(type, root, bytes));
        pending += bytes;
    }

    /** Pages that a snapshot has kept. */
    void add(FrozenPages pages) {
        frozen.add(pages);
    }

    /** Bytes that are on their way back. Any thread. */
    long pending() {
        return pending;
    }

    /** Gives some pages of the oldest collection back. */
    private void dismantle() {
        Removed oldest = removed.peek();
        long before = storage.pages().usedBytes();
        boolean gone = storage.structures().dismantle(oldest.type, oldest.root, STEPS);
        long freed = gone ? oldest.bytes : Math.min(oldest.bytes, before - storage.pages().usedBytes());
        oldest.bytes -= freed;
        pending -= freed;
        if (gone) {
            removed.remove();
        }
    }

    /** Works until the deadline; @return whether more can be done at once */
    boolean collect(long deadline) {
        while (!isEmpty() && System.nanoTime() < deadline) {
            if (!frozen.isEmpty()) {
                thaw();
                continue;
            }
            if (!removed.isEmpty()) {
                dismantle();
                continue;
            }
            Cleared oldest = cleared.peek();
            if (!oldest.expiryNodes.isEmpty()) {
                ExpiryIndex.release(storage.pages(), oldest.expiryNodes);
            } else if (oldest.hasReferences) {
                oldest.cursor = oldest.directory.scan(oldest.cursor, 1, oldest.entries::releaseCleared);
                oldest.hasReferences = oldest.cursor != 0;
            } else if (System.nanoTime() - oldest.since > RETIREMENT_NANOS) {
                storage.background().execute(cleared.remove().directory::destroy);
            } else {
                return false;
            }
        }
        return !isEmpty();
    }

    private boolean isEmpty() {
        return removed.isEmpty() && cleared.isEmpty() && frozen.isEmpty();
    }

    private void thaw() {
        if (frozen.peek().thaw(STEPS)) {
            frozen.remove();
        }
    }

    /** Gives everything back, at the end. */
    void finish() {
        while (!frozen.isEmpty()) {
            thaw();
        }
        for (Cleared each : cleared) {
            while (!each.expiryNodes.isEmpty()) {
                ExpiryIndex.release(storage.pages(), each.expiryNodes);
            }
            while (each.hasReferences) {
                each.cursor = each.directory.scan(each.cursor, 1, each.entries::releaseCleared);
                each.hasReferences = each.cursor != 0;
            }
            each.directory.destroy();
        }
        cleared.clear();
        while (!removed.isEmpty()) {
            dismantle();
        }
    }
}
