package io.releve.keyspace.chronicle;

import io.releve.keyspace.chronicle.directory.Entry;
import io.releve.keyspace.chronicle.directory.MappedDirectory;
import io.releve.keyspace.chronicle.directory.Record;
import io.releve.keyspace.chronicle.expiry.ExpiryIndex;
import io.releve.keyspace.chronicle.extent.Contents;
import java.util.ArrayDeque;
import java.util.Deque;

/** Directories of cleared databases, whose pages come back in slices and whose files are removed in the background. */
final class Garbage {
    /** Nobody holds an address for so long. */
    private static final long RETIREMENT_NANOS = 1_000_000_000L;

    private final Storage storage;
    private final Contents contents;
    private final Deque<Cleared> cleared = new ArrayDeque<>();

    Garbage(Storage storage) {
        this.storage = storage;
        contents = storage.contents();
    }

    private static final class Cleared {
        final MappedDirectory directory;
        final Deque<Long> expiryNodes;
        final long since = System.nanoTime();
        boolean hasReferences;
        long cursor;

        Cleared(MappedDirectory directory, boolean hasReferences, Deque<Long> expiryNodes) {
            this.directory = directory;
            this.hasReferences = hasReferences;
            this.expiryNodes = expiryNodes;
        }
    }

    void add(MappedDirectory directory, boolean hasReferences, Deque<Long> expiryNodes) {
        cleared.add(new Cleared(directory, hasReferences, expiryNodes));
    }

    /** Works until the deadline; @return whether more can be done at once */
    boolean collect(long deadline) {
        while (!cleared.isEmpty() && System.nanoTime() < deadline) {
            Cleared oldest = cleared.peek();
            if (!oldest.expiryNodes.isEmpty()) {
                ExpiryIndex.release(storage.pages(), oldest.expiryNodes);
            } else if (oldest.hasReferences) {
                oldest.cursor = oldest.directory.scan(oldest.cursor, 1, this::freeContents);
                oldest.hasReferences = oldest.cursor != 0;
            } else if (System.nanoTime() - oldest.since > RETIREMENT_NANOS) {
                storage.background().execute(cleared.remove().directory::destroy);
            } else {
                return false;
            }
        }
        return !cleared.isEmpty();
    }

    private void freeContents(long entry) {
        long record = Entry.record(entry);
        long pages = Strings.contentPages(record);
        if (pages != 0) {
            contents.free(pages);
        }
        if (Record.is(record, Record.LONG_KEY)) {
            contents.free(Record.keyPages(record));
        }
    }

    /** Gives everything back, at the end. */
    void finish() {
        for (Cleared each : cleared) {
            while (!each.expiryNodes.isEmpty()) {
                ExpiryIndex.release(storage.pages(), each.expiryNodes);
            }
            while (each.hasReferences) {
                each.cursor = each.directory.scan(each.cursor, 1, this::freeContents);
                each.hasReferences = each.cursor != 0;
            }
            each.directory.destroy();
        }
        cleared.clear();
    }
}
