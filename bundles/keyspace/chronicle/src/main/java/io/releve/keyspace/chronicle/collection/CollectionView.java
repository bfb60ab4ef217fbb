package io.releve.keyspace.chronicle.collection;

import io.releve.bytes.Bytes;
import io.releve.keyspace.Keyspace.FullException;
import io.releve.keyspace.Type;
import io.releve.keyspace.Value;
import io.releve.keyspace.chronicle.directory.Record;
import io.releve.keyspace.chronicle.extent.PageAllocator;
import io.releve.keyspace.chronicle.extent.Unpacker;
import io.releve.keyspace.chronicle.memory.Memory;
import io.releve.keyspace.chronicle.memory.Packed;
import java.util.function.LongConsumer;

/** A collection where it lies. It holds nothing of it, so that any number of views may look at the same one. */
public abstract class CollectionView implements Value {
    /** Longest content inside a record, in bytes. */
    static final int INLINE = 192;

    private static final int SLACK = 64;
    /** Arrays above this size are not kept from call to call. */
    private static final int KEPT = 1 << 20;
    private static final int CHANGE = 1 << 16;

    final Space space;
    final PageAllocator pages;
    final Home home = new Home();
    final Unpacker one;
    final Unpacker two;
    private final Structures structures;
    private final Visit usual;
    private boolean visiting;

    CollectionView(Space space, Structures structures) {
        this.space = space;
        this.structures = structures;
        pages = space.pages();
        one = new Unpacker(space.contents());
        two = new Unpacker(space.contents());
        usual = new Visit(space.contents());
    }

    /** Moves to the entry of a key. */
    public final void set(Keys keys, Bytes directoryKey, long hash, long entry) {
        home.set(keys, directoryKey, hash, entry);
    }

    /** Moves to an entry for as long as the directory does not change. */
    public final void set(Keys keys, long entry) {
        home.set(keys, entry);
    }

    /** Moves to a record that is in no directory, only to read it. */
    public final void show(long record) {
        home.show(record);
    }

    /** Makes an empty collection without a key. */
    public final void detach() {
        home.detach(type());
        initialize(home.record());
    }

    /** The record of a collection without a key. */
    public final long detachedRecord() {
        return home.isDetached() ? home.record() : 0;
    }

    /** Whether there are no elements. */
    public abstract boolean isEmpty();

    /** The collection is not this view's any more. */
    public final void leave() {
        home.leave();
    }

    /** Fills in the record of an empty collection, whose body has room for it; {@link #bodySize}. */
    public void initialize(long record) {
        Record.encoding(record, Encoding.LISTPACK);
        Record.length(record, Compact.EMPTY);
        Compact.count(Record.body(record), 0);
    }

    /** The call is over. */
    final void endCall() {
        one.trim(KEPT);
        two.trim(KEPT);
        usual.trim(KEPT);
        visiting = false;
    }

    final void close() {
        home.close();
    }

    final Visit enter() {
        if (visiting) {
            return new Visit(space.contents());
        }
        visiting = true;
        return usual;
    }

    final void leave(Visit visit) {
        if (visit == usual) {
            visiting = false;
        }
    }

    @Override
    public final String encoding() {
        long record = home.record();
        return Encoding.name(record == 0 ? Encoding.LISTPACK : Record.encoding(record));
    }

    @Override
    public final long expireAt() {
        long record = home.record();
        return record == 0 ? NEVER : Record.expireAt(record);
    }

    @Override
    public final int access() {
        long record = home.record();
        return record == 0 ? 0 : Record.access(record);
    }

    @Override
    public final void access(int clock) {
        long record = home.record();
        if (record != 0) {
            Record.access(record, clock);
        }
    }

    @Override
    public final long memory() {
        long record = home.record();
        return record == 0 ? 0 : home.memory() + (Record.is(record, Record.PAGED) ? structures.memory(record) : 0);
    }

    /** The last element goes, and the key with it; what has no key is empty again. */
    final void emptied() {
        if (!home.isDetached()) {
            home.remove();
            return;
        }
        long record = home.record();
        if (Record.isCompact(record)) {
            if (Record.is(record, Record.OUTSIDE)) {
                structures.freeOutside(content(record), Record.length(record));
            }
            if (Record.is(record, Record.PAGED)) {
                pages.free(Record.pages(record));
            }
        } else {
            dismantle(root(record));
        }
        Record.clear(record, Record.PAGED | Record.COMPACT | Record.OUTSIDE);
        if (Record.encoding(record) == Encoding.INTSET) {
            initialize(record);
        } else {
            // what has lost its compact name does not get it back
            Record.length(record, Compact.EMPTY);
            Compact.count(Record.body(record), 0);
        }
    }

    private void dismantle(long root) {
        while (!structures.dismantle(type(), root, Integer.MAX_VALUE)) {
            // it says when all is gone
        }
    }

    /** Address of a compact content. */
    final long content(long record) {
        return Record.is(record, Record.PAGED) ? pages.content(Record.pages(record)) : Record.body(record);
    }

    /** Address of a compact content for changing it. */
    final long edit(long record) {
        return Record.is(record, Record.PAGED) ? pages.edit(Record.pages(record)) : Record.body(record);
    }

    /** Whether a compact content of this size may stay one. */
    static boolean fits(boolean ordered, long bytes, int count) {
        return bytes <= (ordered ? Compact.MAX_BYTES : Compact.MAX_UNORDERED) && count <= Compact.MAX_COUNT;
    }

    /**
     * Replaces {@code removed} bytes of a compact content from a position on by as many bytes as {@code inserted}, to be
     * written by the caller. A removal does not fail.
     *
     * @return the address of the content; the record may have moved
     */
    final long splice(long record, int at, int removed, int inserted) {
        int length = Record.length(record);
        int now = length - removed + inserted;
        long content;
        if (Record.is(record, Record.PAGED)) {
            content = splicePage(record, at, removed, inserted);
        } else if (now > INLINE) {
            long page = pages.allocate(now + (now >> 2), PageAllocator.TYPE_COMPACT);
            content = pages.edit(page);
            copyAround(Record.body(record), length, content, at, removed, inserted);
            Record.set(record, Record.PAGED | Record.COMPACT);
            Record.pages(record, page);
            Record.length(record, now);
            home.notePages();
            home.shrink();
            return content;
        } else {
            long place = record;
            if (now > home.capacity()) {
                place = home.resize(Math.min(INLINE, now + (now >> 1)));
            }
            content = Record.body(place);
            Memory.copy(content + at + removed, content + at + inserted, length - at - removed);
        }
        Record.length(home.record(), now);
        return content;
    }

    private long splicePage(long record, int at, int removed, int inserted) {
        int length = Record.length(record);
        int now = length - removed + inserted;
        long page = Record.pages(record);
        int capacity = pages.capacity(page);
        if (now <= capacity && (now > (capacity >> 1) - SLACK || inserted >= removed || !pages.hasRoom())) {
            long content = pages.edit(page);
            Memory.copy(content + at + removed, content + at + inserted, length - at - removed);
            return content;
        }
        long other = pages.allocate(now + (now >> 2), PageAllocator.TYPE_COMPACT);
        long content = pages.edit(other);
        copyAround(pages.content(page), length, content, at, removed, inserted);
        Record.pages(record, other);
        pages.free(page);
        return content;
    }

    private static void copyAround(long from, int length, long to, int at, int removed, int inserted) {
        Memory.copy(from, to, at);
        Memory.copy(from + at + removed, to + at + inserted, length - at - removed);
    }

    /** Stores a string of a compact content elsewhere if it is long; @return its pages or 0 */
    final long outside(Bytes string) {
        if (string.length() <= Compact.MAX_INSIDE) {
            return 0;
        }
        long reference = space.contents().allocate(string.length());
        space.contents().write(reference, 0, string.array(), string.offset(), string.length());
        return reference;
    }

    /** Writes a string into a compact content; @return the address behind it */
    final long write(long at, Bytes string, long reference) {
        if (reference == 0) {
            return Packed.write(at, string.array(), string.offset(), string.length());
        }
        if (!Record.is(home.record(), Record.OUTSIDE)) {
            Record.set(home.record(), Record.OUTSIDE);
            home.notePages();
        }
        return Packed.writeOutside(at, string.length(), reference);
    }

    final void free(long reference) {
        if (reference != 0) {
            space.contents().free(reference);
        }
    }

    /** Gives back what a string of a compact content has elsewhere. */
    final void freeOutside(long at) {
        if (Packed.isOutside(at)) {
            free(Packed.reference(at));
        }
    }

    /** Whether a string of a compact content is this one. */
    final boolean isEqual(long at, Bytes string) {
        if (!Packed.isOutside(at)) {
            return Packed.equal(at, string.array(), string.offset(), string.length());
        }
        return Packed.length(at) == string.length()
                && space.contents().compare(Packed.reference(at), 0, string.length(), string, 0) == 0;
    }

    /** Copies a compact content to the heap. */
    final byte[] load(long record, Visit visit) {
        int length = Record.length(record);
        byte[] array = visit.page.atLeast(length);
        Memory.copy(content(record), array, 0, length);
        return array;
    }

    /**
     * Makes a root with the structures of what was compact so far.
     *
     * @param filling puts the elements into the new root's structures
     * @throws FullException when there is no room; nothing was changed
     */
    final void expand(long record, LongConsumer filling) {
        long outside = 0;
        if (Record.is(record, Record.OUTSIDE)) {
            long[] sum = {0};
            Compact.outside(content(record), Record.length(record),
                    at -> sum[0] += 2L * Packed.length(at) + 3L * PageAllocator.MAX_CONTENT);
            outside = sum[0];
        }
        pages.ensure(8L * Record.length(record) + CHANGE + outside);
        long root = Structures.create(space, type());
        try {
            filling.accept(root);
        } catch (FullException e) {
            dismantle(root);
            throw e;
        }
        settle(record, root);
    }

    /** Puts a root in the place of a compact content, which is given back. */
    private void settle(long record, long root) {
        if (Record.is(record, Record.OUTSIDE)) {
            structures.freeOutside(content(record), Record.length(record));
        }
        if (Record.is(record, Record.PAGED)) {
            pages.free(Record.pages(record));
        }
        Record.clear(record, Record.COMPACT | Record.OUTSIDE);
        Record.set(record, Record.PAGED);
        Record.pages(record, root);
        Record.length(record, 0);
        home.notePages();
        home.shrink();
    }

    /** The root page. */
    static long root(long record) {
        return Record.pages(record);
    }

    /** Body of a new record, in bytes: what is empty grows. */
    public static int bodySize(Type type) {
        return type == Type.STREAM ? 8 : 40;
    }
}
