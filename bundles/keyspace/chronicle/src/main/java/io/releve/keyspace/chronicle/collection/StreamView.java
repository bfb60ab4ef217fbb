package io.releve.keyspace.chronicle.collection;

import io.releve.bytes.Bytes;
import io.releve.keyspace.StreamValue;
import io.releve.keyspace.chronicle.directory.Record;
import io.releve.keyspace.chronicle.memory.Memory;
import io.releve.keyspace.chronicle.memory.Packed;
import io.releve.keyspace.chronicle.tree.Shape;
import io.releve.keyspace.chronicle.tree.Tree;

/** A stream: a tree of entries by id, one of records by name, and the record without a name in the root. */
public final class StreamView extends CollectionView implements StreamValue {
    private static final int ID = 16;

    private final Tree entries;
    private final Tree records;
    private final byte[] idBytes = new byte[ID];
    private final Bytes id = new Bytes(idBytes);
    private final Bytes body = new Bytes();

    StreamView(Space space, Structures structures) {
        super(space, structures);
        entries = space.tree(Shape.ENTRIES);
        records = space.tree(Shape.RECORDS);
    }

    @Override
    public void initialize(long record) {
        long root = Structures.create(space, type());
        Record.encoding(record, Encoding.STREAM);
        Record.set(record, Record.PAGED);
        Record.pages(record, root);
        Record.length(record, 0);
    }

    private Tree entries(long record) {
        return entries.at(root(record), Roots.ENTRIES);
    }

    private Tree records(long record) {
        return records.at(root(record), Roots.RECORDS);
    }

    private Bytes id(long milliseconds, long sequence) {
        putLong(0, milliseconds);
        putLong(8, sequence);
        return id;
    }

    private void putLong(int at, long value) {
        long rest = value;
        for (int i = at + 7; i >= at; i--) {
            idBytes[i] = (byte) rest;
            rest >>>= 8;
        }
    }

    private static long getLong(byte[] array, int at) {
        return Long.reverseBytes(Memory.getLong(array, Memory.ARRAY + at));
    }

    @Override
    public boolean isEmpty() {
        return length() == 0;
    }

    @Override
    public long length() {
        long record = home.record();
        return record == 0 ? 0 : entries(record).size();
    }

    @Override
    public void add(long milliseconds, long sequence, Bytes content) {
        home.changing();
        Tree tree = entries(home.record());
        tree.limit(space.limits().streamEntries(), space.limits().streamBytes());
        tree.seek(tree.size());
        tree.insert(id(milliseconds, sequence), content);
    }

    @Override
    public boolean remove(long milliseconds, long sequence) {
        home.changing();
        Tree tree = entries(home.record());
        if (!tree.seek(id(milliseconds, sequence))) {
            return false;
        }
        tree.limit(space.limits().streamEntries(), space.limits().streamBytes());
        tree.remove();
        return true;
    }

    @Override
    public void removeFirst(long count) {
        home.changing();
        Tree tree = entries(home.record());
        tree.limit(space.limits().streamEntries(), space.limits().streamBytes());
        tree.remove(0, Math.min(count, tree.size()));
    }

    @Override
    public long firstNode() {
        Tree tree = entries(home.record());
        if (tree.size() == 0) {
            return 0;
        }
        tree.seek(0);
        return tree.leafCount();
    }

    @Override
    public void visit(long milliseconds, long sequence, boolean forward, EntryVisitor visitor) {
        long record = home.record();
        if (record == 0) {
            return;
        }
        long root = root(record);
        Tree tree = entries(record);
        boolean found = tree.seek(id(milliseconds, sequence));
        long size = tree.size();
        long at = size == 0 ? -1 : tree.rank() - (forward || found ? 0 : 1);
        Visit visit = enter();
        while (at >= 0 && at < size) {
            entries.at(root, Roots.ENTRIES).seek(at);
            int from = tree.index();
            int count = tree.leafCount();
            int length = tree.load(visit.page);
            byte[] leaf = visit.page.array();
            for (int i = from; forward ? i < count : i >= 0; i += forward ? 1 : -1) {
                int cell = Tree.cell(leaf, length, i);
                visit.first.read(leaf, cell + ID, visit.value);
                if (!visitor.entry(getLong(leaf, cell), getLong(leaf, cell + 8), visit.value)) {
                    leave(visit);
                    return;
                }
                at += forward ? 1 : -1;
            }
        }
        leave(visit);
    }

    private long nameless(long record) {
        return pages.content(root(record)) + Roots.NAMELESS;
    }

    @Override
    public boolean getRecord(Bytes name, Bytes target) {
        long record = home.record();
        if (record == 0) {
            return false;
        }
        if (name.length() == 0) {
            long at = nameless(record);
            if (Memory.getByte(at) != 0) {
                one.read(at + 1, target);
                return true;
            }
            return false;
        }
        Tree tree = records(record);
        boolean found = tree.seek(name);
        if (found) {
            one.read(tree.value(tree.cell()), target);
        }
        return found;
    }

    @Override
    public void putRecord(Bytes name, Bytes content) {
        home.changing();
        long record = home.record();
        if (name.length() == 0) {
            putNameless(record, content);
            return;
        }
        Tree tree = records(record);
        boolean found = tree.seek(name);
        if (content == null) {
            if (found) {
                tree.remove();
            }
        } else if (found) {
            tree.replace(content);
        } else {
            tree.insert(name, content);
        }
    }

    private void putNameless(long record, Bytes content) {
        long reference = 0;
        if (content != null && Packed.size(content.length()) > Roots.MAX_NAMELESS) {
            reference = space.contents().allocate(content.length());
            space.contents().write(reference, 0, content.array(), content.offset(), content.length());
        }
        long at = nameless(record);
        if (Memory.getByte(at) != 0) {
            freeOutside(at + 1);
        }
        at = pages.edit(root(record)) + Roots.NAMELESS;
        Memory.putByte(at, content == null ? 0 : 1);
        if (reference != 0) {
            Packed.writeOutside(at + 1, content.length(), reference);
        } else if (content != null) {
            Packed.write(at + 1, content.array(), content.offset(), content.length());
        }
    }

    @Override
    public void visitRecords(Bytes from, RecordVisitor visitor) {
        long record = home.record();
        if (record == 0) {
            return;
        }
        long root = root(record);
        Visit visit = enter();
        if (from.length() == 0 && Memory.getByte(nameless(record)) != 0) {
            visit.second.read(nameless(record) + 1, body);
            visit.key.set(idBytes, 0, 0);
            visit.value.set(body.array(), body.offset(), body.length());
            if (!visitor.record(visit.key, visit.value)) {
                leave(visit);
                return;
            }
        }
        Tree tree = records(record);
        tree.seek(from);
        long size = tree.size();
        long at = size == 0 ? 0 : tree.rank();
        while (at < size) {
            records.at(root, Roots.RECORDS).seek(at);
            int first = tree.index();
            int count = tree.leafCount();
            int length = tree.load(visit.page);
            for (int i = first; i < count; i++) {
                int cell = Tree.cell(visit.page.array(), length, i);
                visit.first.read(visit.page.array(), cell, visit.key);
                visit.second.read(visit.page.array(), cell + Tree.keySize(visit.page.array(), cell), visit.value);
                if (!visitor.record(visit.key, visit.value)) {
                    leave(visit);
                    return;
                }
            }
            at += count - first;
        }
        leave(visit);
    }
}
