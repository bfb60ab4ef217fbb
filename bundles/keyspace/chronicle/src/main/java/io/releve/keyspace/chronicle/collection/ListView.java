package io.releve.keyspace.chronicle.collection;

import io.releve.bytes.Bytes;
import io.releve.keyspace.Keyspace.FullException;
import io.releve.keyspace.ListValue;
import io.releve.keyspace.chronicle.directory.Record;
import io.releve.keyspace.chronicle.memory.Memory;
import io.releve.keyspace.chronicle.memory.Packed;
import io.releve.keyspace.chronicle.tree.Shape;
import io.releve.keyspace.chronicle.tree.Tree;
import java.util.Objects;

/** A list: compact while it is in the record, else a tree by position. */
public final class ListView extends CollectionView implements ListValue {
    private final Tree tree;
    private final Bytes none = new Bytes();
    private final Bytes old = new Bytes();
    private final Bytes added = new Bytes();

    ListView(Space space, Structures structures) {
        super(space, structures);
        tree = space.tree(Shape.LIST);
    }

    private Tree tree(long record) {
        return tree.at(root(record), Roots.ELEMENTS);
    }

    @Override
    public boolean isEmpty() {
        return length() == 0;
    }

    @Override
    public long length() {
        long record = home.record();
        return record == 0 ? 0 : length(record);
    }

    private long length(long record) {
        return Record.isCompact(record) ? Compact.count(content(record)) : tree(record).size();
    }

    @Override
    public void addFirst(Bytes element) {
        add(0, element);
    }

    @Override
    public void addLast(Bytes element) {
        add(length(home.record()), element);
    }

    @Override
    public void addAll(ElementSource source) {
        home.changing();
        // until no limit has to be looked at any more
        while (!hasOutgrownLimits(home.record())) {
            if (!source.next(added)) {
                return;
            }
            addLast(added);
        }
        tree(home.record()).append(source, added);
    }

    private static boolean hasOutgrownLimits(long record) {
        return !Record.isCompact(record) && Record.encoding(record) != Encoding.LISTPACK;
    }

    @Override
    public void insert(long index, Bytes element) {
        Objects.checkIndex(index, length() + 1);
        add(index, element);
    }

    private void add(long index, Bytes element) {
        home.changing();
        long record = home.record();
        boolean large = isLargeWith(record, element, 1);
        if (Record.isCompact(record)) {
            int size = Compact.size(element);
            if (element.length() <= INLINE && Record.length(record) + size <= INLINE) {
                long before = content(record);
                int position = (int) (Compact.at(before, (int) index) - before);
                long content = splice(record, position, 0, size);
                Compact.count(content, Compact.count(content) + 1);
                Packed.write(content + position, element.array(), element.offset(), element.length());
                nameLarge(large);
                return;
            }
            toTree(record);
            record = home.record();
        }
        tree(record).seek(index);
        tree.insert(none, element);
        notePacked(record, element, 1);
        nameLarge(large);
    }

    private void nameLarge(boolean large) {
        if (large) {
            Record.encoding(home.record(), Encoding.QUICKLIST);
        }
    }

    /** Redis looks at the limits before it adds, with the bytes as they came. */
    private boolean isLargeWith(long record, Bytes element, int added) {
        return Record.encoding(record) == Encoding.LISTPACK
                && (length(record) + added > space.limits().listEntries()
                || listpackBytes(record) + element.length() > space.limits().listBytes());
    }

    private long listpackBytes(long record) {
        if (!Record.isCompact(record)) {
            return Memory.getLong(pages.content(root(record)) + Roots.LISTPACK_BYTES);
        }
        // an upper bound: what is in a record is far below all limits
        return ListpackSize.EMPTY + 2L * Record.length(record);
    }

    private void notePacked(long record, Bytes element, int sign) {
        if (Record.encoding(record) == Encoding.LISTPACK) {
            long at = pages.edit(root(record)) + Roots.LISTPACK_BYTES;
            Memory.putLong(at, Memory.getLong(at) + sign * ListpackSize.of(element));
        }
    }

    private void toTree(long record) {
        expand(record, root -> {
            tree.at(root, Roots.ELEMENTS);
            Visit visit = enter();
            byte[] content = load(record, visit);
            int length = Record.length(record);
            long packed = ListpackSize.EMPTY;
            for (int at = Compact.FIRST; at < length;) {
                at = visit.first.read(content, at, visit.key);
                tree.seek(tree.size());
                tree.insert(none, visit.key);
                packed += ListpackSize.of(visit.key);
            }
            leave(visit);
            Memory.putLong(pages.edit(root) + Roots.LISTPACK_BYTES, packed);
        });
    }

    @Override
    public boolean get(long index, Bytes target) {
        long record = home.record();
        if (record == 0 || index < 0 || index >= length(record)) {
            return false;
        }
        if (Record.isCompact(record)) {
            one.read(Compact.at(content(record), (int) index), target);
        } else {
            tree(record).seek(index);
            one.read(tree.cell(), target);
        }
        return true;
    }

    @Override
    public void set(long index, Bytes element) {
        home.changing();
        Objects.checkIndex(index, length());
        long record = home.record();
        boolean large = isLargeWith(record, element, 0);
        if (Record.isCompact(record)) {
            long before = content(record);
            long at = Compact.at(before, (int) index);
            int position = (int) (at - before);
            int size = Packed.sizeAt(at);
            if (element.length() <= INLINE && Record.length(record) - size + Compact.size(element) <= INLINE) {
                long content = splice(record, position, size, Compact.size(element));
                Packed.write(content + position, element.array(), element.offset(), element.length());
                nameLarge(large);
                shrink(home.record());
                return;
            }
            toTree(record);
            record = home.record();
        }
        tree(record).seek(index);
        one.read(tree.cell(), old);
        tree.replace(element);
        notePacked(record, old, -1);
        notePacked(record, element, 1);
        nameLarge(large);
        shrink(record);
    }

    /** A list goes back to its first name at half the limits only, so that it does not change it all the time. */
    private void shrink(long record) {
        if (Record.encoding(record) != Encoding.QUICKLIST || length(record) > space.limits().listEntries() / 2) {
            return;
        }
        int limit = space.limits().listBytes() / 2;
        if (Record.isCompact(record)) {
            if (listpackBytes(record) <= limit) {
                Record.encoding(record, Encoding.LISTPACK);
            }
            return;
        }
        if (tree(record).cells() + tree.size() + ListpackSize.EMPTY > limit) {
            return;
        }
        long[] packed = {ListpackSize.EMPTY};
        visit(0, true, (index, element) -> {
            packed[0] += ListpackSize.of(element);
            return packed[0] <= limit;
        });
        if (packed[0] <= limit) {
            Memory.putLong(pages.edit(root(record)) + Roots.LISTPACK_BYTES, packed[0]);
            Record.encoding(record, Encoding.LISTPACK);
        }
    }

    @Override
    public void remove(long index, long count) {
        home.changing();
        long length = length();
        if (index < 0 || index >= length || count <= 0) {
            return;
        }
        long removed = Math.min(count, length - index);
        long record = home.record();
        if (removed == length) {
            emptied();
            return;
        }
        if (Record.isCompact(record)) {
            long content = content(record);
            long from = Compact.at(content, (int) index);
            long to = from;
            for (int i = 0; i < removed; i++) {
                to += Packed.sizeAt(to);
            }
            content = splice(record, (int) (from - content), (int) (to - from), 0);
            Compact.count(content, (int) (length - removed));
        } else {
            if (Record.encoding(record) == Encoding.LISTPACK) {
                forgetPacked(record, index, removed);
            }
            tree(record).remove(index, removed);
        }
        shrink(home.record());
    }

    private void forgetPacked(long record, long index, long removed) {
        if (removed == 1) {
            tree(record).seek(index);
            one.read(tree.cell(), old);
            notePacked(record, old, -1);
            return;
        }
        visit(index, true, (i, element) -> {
            notePacked(record, element, -1);
            return i + 1 < index + removed;
        });
    }

    @Override
    public void visit(long index, boolean forward, ElementVisitor visitor) {
        long record = home.record();
        if (record == 0 || index < 0 || index >= length(record)) {
            return;
        }
        Visit visit = enter();
        if (Record.isCompact(record)) {
            visitCompact(record, (int) index, forward, visit, visitor);
        } else {
            visitTree(root(record), index, forward, visit, visitor);
        }
        leave(visit);
    }

    private void visitCompact(long record, int index, boolean forward, Visit visit, ElementVisitor visitor) {
        int count = Compact.count(content(record));
        byte[] content = load(record, visit);
        int at = Compact.FIRST;
        for (int i = 0; i < index; i++) {
            at = visit.first.read(content, at, visit.key);
        }
        for (int i = index; i >= 0 && i < count; i += forward ? 1 : -1) {
            if (!forward) {
                // an inline list has few elements
                at = Compact.FIRST;
                for (int k = 0; k < i; k++) {
                    at = visit.first.read(content, at, visit.key);
                }
            }
            at = visit.first.read(content, at, visit.key);
            if (!visitor.element(i, visit.key)) {
                return;
            }
        }
    }

    private void visitTree(long root, long index, boolean forward, Visit visit, ElementVisitor visitor) {
        long size = tree.at(root, Roots.ELEMENTS).size();
        long at = index;
        while (at >= 0 && at < size) {
            tree.at(root, Roots.ELEMENTS).seek(at);
            int from = tree.index();
            int count = tree.leafCount();
            int length = tree.load(visit.page);
            byte[] leaf = visit.page.array();
            for (int i = from; forward ? i < count : i >= 0; i += forward ? 1 : -1) {
                visit.first.read(leaf, Tree.cell(leaf, length, i), visit.key);
                if (!visitor.element(at, visit.key)) {
                    return;
                }
                at += forward ? 1 : -1;
            }
        }
    }
}
