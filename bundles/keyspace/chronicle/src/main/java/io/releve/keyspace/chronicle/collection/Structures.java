package io.releve.keyspace.chronicle.collection;

import io.releve.keyspace.Type;
import io.releve.keyspace.chronicle.directory.Record;
import io.releve.keyspace.chronicle.extent.Contents;
import io.releve.keyspace.chronicle.extent.PageAllocator;
import io.releve.keyspace.chronicle.memory.Memory;
import io.releve.keyspace.chronicle.memory.Packed;
import io.releve.keyspace.chronicle.table.Table;
import io.releve.keyspace.chronicle.tree.Shape;
import io.releve.keyspace.chronicle.tree.Tree;

/** Copies collections page by page and gives them back, knowing of elements only where they lie. */
public final class Structures {
    private static final Type[] TYPES = Type.values();
    /** A copy may need this much more than the original uses. */
    private static final int COPY_SLACK = 4 << 20;

    private final PageAllocator pages;
    private final Contents contents;
    private final Table fields;
    private final Table members;
    private final Table scores;
    private final Tree elements;
    private final Tree order;
    private final Tree entries;
    private final Tree records;
    private final Space space;

    public Structures(Space space) {
        this.space = space;
        pages = space.pages();
        contents = space.contents();
        fields = space.table(Table.PACKED);
        members = space.table(Table.NONE);
        scores = space.table(Table.FIXED);
        elements = space.tree(Shape.LIST);
        order = space.tree(Shape.SORTED_SET);
        entries = space.tree(Shape.ENTRIES);
        records = space.tree(Shape.RECORDS);
    }

    private Table table(Type type, long root) {
        Table table = type == Type.HASH ? fields : type == Type.SET ? members : scores;
        return table.at(root, Roots.TABLE);
    }

    /** A new root with empty structures. */
    static long create(Space space, Type type) {
        PageAllocator pages = space.pages();
        int size = Roots.size(type);
        pages.ensure(1 << 16);
        long root = pages.allocate(size, PageAllocator.TYPE_ROOT);
        Memory.zero(pages.edit(root), size);
        switch (type) {
            case HASH -> space.table(Table.PACKED).at(root, Roots.TABLE).create();
            case SET -> space.table(Table.NONE).at(root, Roots.TABLE).create();
            case SORTED_SET -> space.table(Table.FIXED).at(root, Roots.TABLE).create();
            default -> {
                // empty trees are zero
            }
        }
        return root;
    }

    /** Bytes of what a paged record refers to. */
    public long memory(long record) {
        long reference = Record.pages(record);
        long root = pages.capacity(reference) + PageAllocator.HEADER;
        return Record.is(record, Record.COMPACT) ? root : root + memory(TYPES[Record.type(record)], reference);
    }

    private long memory(Type type, long root) {
        return switch (type) {
            case HASH, SET -> table(type, root).memory();
            case SORTED_SET -> table(type, root).memory() + order.at(root, Roots.ORDER).memory();
            case LIST -> elements.at(root, Roots.ELEMENTS).memory();
            case STREAM -> entries.at(root, Roots.ENTRIES).memory() + records.at(root, Roots.RECORDS).memory()
                    + namelessMemory(root);
            case STRING -> 0;
        };
    }

    private long nameless(long root) {
        long at = pages.content(root) + Roots.NAMELESS;
        return Memory.getByte(at) != 0 && Packed.isOutside(at + 1) ? Packed.reference(at + 1) : 0;
    }

    private long namelessMemory(long root) {
        long reference = nameless(root);
        return reference == 0 ? 0 : contents.memory(reference);
    }

    /** Gives about so many pages back; @return whether all are gone */
    public boolean dismantle(Type type, long root, int steps) {
        boolean gone = switch (type) {
            case HASH, SET -> table(type, root).dismantle(steps);
            // the table comes last: when it is gone it may not be asked again
            case SORTED_SET -> order.at(root, Roots.ORDER).dismantle(steps) && table(type, root).dismantle(steps);
            case LIST -> elements.at(root, Roots.ELEMENTS).dismantle(steps);
            case STREAM -> entries.at(root, Roots.ENTRIES).dismantle(steps)
                    && records.at(root, Roots.RECORDS).dismantle(steps);
            case STRING -> throw new IllegalArgumentException("A string has no root");
        };
        if (gone) {
            if (type == Type.STREAM && nameless(root) != 0) {
                contents.free(nameless(root));
            }
            pages.free(root);
        }
        return gone;
    }

    /** Sees to it that what a paged record refers to can be copied. */
    private void ensure(long record) {
        pages.ensure(memory(record) * 9 / 8 + COPY_SLACK);
    }

    /**
     * Copies what a paged record refers to.
     *
     * @throws io.releve.keyspace.Keyspace.FullException when there is no room; nothing was changed
     */
    public long copy(long record) {
        Type type = TYPES[Record.type(record)];
        long original = Record.pages(record);
        if (Record.is(record, Record.COMPACT)) {
            long copy = pages.allocate(pages.capacity(original), PageAllocator.TYPE_COMPACT);
            Memory.copy(pages.content(original), pages.edit(copy), Record.length(record));
            return copy;
        }
        ensure(record);
        long copy = pages.allocate(Roots.size(type), PageAllocator.TYPE_ROOT);
        Memory.copy(pages.content(original), pages.edit(copy), Roots.size(type));
        switch (type) {
            case HASH, SET, SORTED_SET -> {
                int values = type == Type.HASH ? Table.PACKED : type == Type.SET ? Table.NONE : Table.FIXED;
                Table table = space.table(values).at(copy, Roots.TABLE);
                table.create();
                table.copyOf(table(type, original));
                if (type == Type.SORTED_SET) {
                    copy(Shape.SORTED_SET, copy, order.at(original, Roots.ORDER), Roots.ORDER);
                }
            }
            case LIST -> copy(Shape.LIST, copy, elements.at(original, Roots.ELEMENTS), Roots.ELEMENTS);
            case STREAM -> {
                copy(Shape.ENTRIES, copy, entries.at(original, Roots.ENTRIES), Roots.ENTRIES);
                copy(Shape.RECORDS, copy, records.at(original, Roots.RECORDS), Roots.RECORDS);
                long nameless = nameless(original);
                if (nameless != 0) {
                    long at = pages.edit(copy) + Roots.NAMELESS + 1;
                    Packed.reference(at, contents.copy(nameless, Packed.length(at)));
                }
            }
            case STRING -> throw new IllegalArgumentException("A string has no root");
        }
        return copy;
    }

    private void copy(Shape shape, long root, Tree original, int offset) {
        Tree tree = space.tree(shape).at(root, offset);
        tree.create();
        tree.copyOf(original);
    }

    /** Gives back the strings elsewhere that a compact content refers to. */
    public void freeOutside(long content, int length) {
        Compact.outside(content, length, at -> contents.free(Packed.reference(at)));
    }

    /** Sees to it that {@link #copyOutside} does not fail. */
    public void ensureOutside(long content, int length) {
        long[] bytes = {0};
        Compact.outside(content, length, at -> bytes[0] += 2L * Packed.length(at) + PageAllocator.MAX_CONTENT);
        pages.ensure(bytes[0]);
    }

    /** Makes copies of the strings elsewhere that a copied compact content refers to. */
    public void copyOutside(long content, int length) {
        Compact.outside(content, length,
                at -> Packed.reference(at, contents.copy(Packed.reference(at), Packed.length(at))));
    }
}
