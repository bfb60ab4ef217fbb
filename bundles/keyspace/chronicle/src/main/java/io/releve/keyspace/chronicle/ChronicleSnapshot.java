package io.releve.keyspace.chronicle;

import io.releve.bytes.Bytes;
import io.releve.keyspace.Snapshot;
import io.releve.keyspace.Type;
import io.releve.keyspace.Value;
import io.releve.keyspace.chronicle.collection.CollectionView;
import io.releve.keyspace.chronicle.collection.Views;
import io.releve.keyspace.chronicle.directory.Directory;
import io.releve.keyspace.chronicle.directory.Entry;
import io.releve.keyspace.chronicle.directory.MappedDirectory;
import io.releve.keyspace.chronicle.directory.Record;
import io.releve.keyspace.chronicle.extent.Contents;
import io.releve.keyspace.chronicle.extent.FrozenPages;
import io.releve.keyspace.chronicle.memory.Memory;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * A snapshot of all databases. Every record has the number of the last snapshot that has it, its epoch: a record with
 * another one is handed out when the walk over the directories comes to it, or before, when it is about to be changed. What
 * is large is not handed out by whoever changes it: its record is copied, from then on its pages stay to be read (they are
 * copied before they are changed), and the walk goes on with it next, so that this takes a moment only.
 */
final class ChronicleSnapshot implements Snapshot {
    private static final int STRING = Type.STRING.ordinal();
    /** What occupies more is not handed out at once, in bytes. */
    static final long LARGE = 128 << 10;

    private final Storage storage;
    private final Garbage garbage;
    private final Sink sink;
    private final long large;
    private final int epoch;
    private final List<Walk> walks = new ArrayList<>();
    private final Deque<Image> images = new ArrayDeque<>();
    private final KeyReader keys;
    private final Bytes key = new Bytes();
    private final Views views;
    private FrozenPages frozen;
    private Contents frozenContents;
    private Views frozenViews;
    private int walking;
    private long handedOut;

    /** A walk over a directory that was there when the snapshot began. */
    private static final class Walk {
        final int index;
        final Entries entries;
        final MappedDirectory directory;
        final long size;
        final long expires;
        long cursor;
        boolean over;
        /** To be done afterwards; null unless the database was emptied. */
        Runnable cleared;

        Walk(int index, Entries entries) {
            this.index = index;
            this.entries = entries;
            directory = entries.directory();
            size = entries.size();
            expires = entries.expiry().size();
            over = directory == null;
        }
    }

    /** A large value: a copy of its record. */
    private record Image(int index, Bytes key, long record) {
    }

    /**
     * The turn is held; the epoch has just begun.
     *
     * @param large what occupies more is not handed out at once, in bytes: {@link #LARGE} but in tests
     */
    ChronicleSnapshot(Storage storage, Garbage garbage, List<Entries> databases, Sink sink, long large) {
        this.storage = storage;
        this.large = large;
        this.garbage = garbage;
        this.sink = sink;
        epoch = storage.pages().epoch();
        keys = new KeyReader(storage.contents());
        views = storage.newViews(storage.pages(), storage.contents());
        for (int i = 0; i < databases.size(); i++) {
            walks.add(new Walk(i, databases.get(i)));
        }
    }

    @Override
    public long size(int database) {
        return walks.get(database).size;
    }

    @Override
    public long expires(int database) {
        return walks.get(database).expires;
    }

    @Override
    public long extraMemory() {
        long bytes = (frozen == null ? 0 : frozen.bytes()) + (long) images.size() * Directory.MAX_RECORD;
        for (Walk walk : walks) {
            bytes += walk.cleared == null ? 0 : walk.directory.usedBytes();
        }
        return bytes;
    }

    @Override
    public boolean advance(long deadline) {
        long before = handedOut;
        while (step()) {
            if (handedOut != before && System.nanoTime() >= deadline) {
                return true;
            }
        }
        return false;
    }

    /** @return false when everything was handed out */
    private boolean step() {
        Image next = images.peek();
        if (next != null) {
            show(next);
            return true;
        }
        while (walking < walks.size() && walks.get(walking).over) {
            walking++;
        }
        if (walking == walks.size()) {
            return false;
        }
        Walk walk = walks.get(walking);
        walk.cursor = walk.directory.scan(walk.cursor, 1, entry -> {
            if (Record.epoch(Entry.record(entry)) != epoch) {
                take(walk, entry);
            }
        });
        if (walk.cursor == 0) {
            end(walk);
        }
        return true;
    }

    private static void end(Walk walk) {
        walk.over = true;
        if (walk.cleared != null) {
            walk.cleared.run();
            walk.cleared = null;
        }
    }

    /** A record of these entries is about to be changed or removed. */
    void changing(Entries entries, long entry) {
        if (Record.epoch(Entry.record(entry)) == epoch) {
            return;
        }
        for (Walk walk : walks) {
            if (walk.entries == entries) {
                take(walk, entry);
                return;
            }
        }
    }

    /**
     * A directory is not in use any more.
     *
     * @param then what is to be done when nobody needs it
     */
    void cleared(MappedDirectory directory, Runnable then) {
        for (Walk walk : walks) {
            if (walk.directory == directory && !walk.over) {
                walk.cleared = then;
                return;
            }
        }
        then.run();
    }

    private void take(Walk walk, long entry) {
        long record = Entry.record(entry);
        Record.epoch(record, epoch);
        keys.read(entry, key);
        if (isLarge(record)) {
            int size = Math.min(Entry.recordSize(entry), Directory.MAX_RECORD);
            long copy = Memory.allocate(size);
            Memory.copy(record, copy, size);
            images.add(new Image(walk.index, key.copy(), copy));
            freeze();
        } else {
            handedOut++;
            sink.value(walk.index, key, view(walk.entries, entry), false);
        }
    }

    private boolean isLarge(long record) {
        if (Record.type(record) == STRING) {
            return Record.is(record, Record.PAGED) && Record.length(record) > large;
        }
        return !Record.isCompact(record) && storage.structures().memory(record) > large;
    }

    private Value view(Entries entries, long entry) {
        int type = Record.type(Entry.record(entry));
        if (type == STRING) {
            return new StoredString(entries, storage.contents()).set(entry);
        }
        CollectionView view = views.passing(type);
        view.set(entries, entry);
        return view;
    }

    private void freeze() {
        if (frozen == null) {
            frozen = new FrozenPages(storage.pages());
            frozenContents = new Contents(frozen);
            frozenViews = storage.newViews(frozen, frozenContents);
        }
        storage.pages().freeze(frozen);
    }

    private void show(Image image) {
        int type = Record.type(image.record());
        Value value;
        if (type == STRING) {
            value = new StoredString(null, frozenContents).show(image.record());
        } else {
            CollectionView view = frozenViews.passing(type);
            view.show(image.record());
            value = view;
        }
        handedOut++;
        sink.value(image.index(), image.key(), value, true);
        images.remove();
        Memory.free(image.record());
        if (images.isEmpty()) {
            thaw();
        }
    }

    /** Nothing large is left that somebody has changed: pages change and go as usual again. */
    private void thaw() {
        storage.pages().freeze(null);
        if (frozen.bytes() > 0) {
            garbage.add(frozen);
            frozen = null;
        }
    }

    @Override
    public void close() {
        if (storage.snapshot() != this) {
            return;
        }
        storage.snapshot(null);
        images.forEach(image -> Memory.free(image.record()));
        images.clear();
        if (frozen != null) {
            thaw();
        }
        walks.forEach(ChronicleSnapshot::end);
        views.close();
    }
}
