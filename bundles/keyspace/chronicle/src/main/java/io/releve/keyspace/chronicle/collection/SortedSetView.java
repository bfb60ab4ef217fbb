package io.releve.keyspace.chronicle.collection;

import io.releve.bytes.Bytes;
import io.releve.keyspace.Keyspace.FullException;
import io.releve.keyspace.SortedSetValue;
import io.releve.keyspace.chronicle.directory.Record;
import io.releve.keyspace.chronicle.memory.Memory;
import io.releve.keyspace.chronicle.memory.Packed;
import io.releve.keyspace.chronicle.table.Table;
import io.releve.keyspace.chronicle.tree.Shape;
import io.releve.keyspace.chronicle.tree.Tree;
import java.util.random.RandomGenerator;

/** A sorted set: compact, {@link ScoredKey}s in order; or a table of scores beside a tree of scored keys. */
public final class SortedSetView extends CollectionView implements SortedSetValue {
    private final Table table;
    private final Tree tree;
    private final CompactOrder compact = new CompactOrder(this);
    private final ScoredKey key = new ScoredKey();
    private final Bytes none = new Bytes();
    private final Bytes scored = new Bytes();
    private final Bytes removed = new Bytes();

    SortedSetView(Space space, Structures structures) {
        super(space, structures);
        table = space.table(Table.FIXED);
        tree = space.tree(Shape.SORTED_SET);
    }

    private Table table(long record) {
        return table.at(root(record), Roots.TABLE);
    }

    private Tree tree(long record) {
        return tree.at(root(record), Roots.ORDER);
    }

    @Override
    public boolean isEmpty() {
        return size() == 0;
    }

    @Override
    public long size() {
        long record = home.record();
        if (record == 0) {
            return 0;
        }
        return Record.isCompact(record) ? Compact.count(content(record)) : table(record).size();
    }

    @Override
    public double score(Bytes member) {
        long record = home.record();
        if (record == 0) {
            return Double.NaN;
        }
        if (Record.isCompact(record)) {
            long at = compact.find(record, member);
            return at == 0 ? Double.NaN : compact.score(at);
        }
        long cell = table(record).find(member);
        return cell == 0 ? Double.NaN : scoreOf(cell);
    }

    private double scoreOf(long cell) {
        return ScoredKey.score(Memory.getLong(table.value(cell)));
    }

    @Override
    public boolean put(Bytes member, double score) {
        home.changing();
        long record = home.record();
        if (!Record.isCompact(record)) {
            return putInTable(record, member, score);
        }
        long at = compact.find(record, member);
        if (at != 0) {
            if (compact.score(at) != score) {
                compact.move(record, at, score, member);
            }
            return false;
        }
        int count = Compact.count(content(record)) + 1;
        int encoding = Record.encoding(record);
        if (count > space.limits().sortedSetEntries() || member.length() > space.limits().sortedSetValue()) {
            encoding = Encoding.SKIPLIST;
        }
        int size = Compact.size(ScoredKey.SCORE + member.length());
        if (fits(encoding == Encoding.LISTPACK, (long) Record.length(record) + size, count)) {
            compact.add(record, score, member);
            Record.encoding(home.record(), encoding);
            return true;
        }
        toTable(record);
        record = home.record();
        putInTable(record, member, score);
        Record.encoding(record, encoding);
        return true;
    }

    private boolean putInTable(long record, Bytes member, double score) {
        long cell = table(record).find(member);
        if (cell != 0) {
            double old = scoreOf(cell);
            if (old != score) {
                // the new one first: it may fail
                insert(record, score, member);
                tree.seek(key.place(old, member));
                tree.remove();
                table.set(ScoredKey.sortable(score));
            }
            return false;
        }
        insert(record, score, member);
        try {
            table.insert(member, ScoredKey.sortable(score));
        } catch (FullException e) {
            tree.seek(key.place(score, member));
            tree.remove();
            throw e;
        }
        if (table.size() > space.limits().sortedSetEntries() || member.length() > space.limits().sortedSetValue()) {
            Record.encoding(record, Encoding.SKIPLIST);
        }
        return true;
    }

    private void insert(long record, double score, Bytes member) {
        tree(record).seek(key.place(score, member));
        tree.insert(key.of(score, member), none);
    }

    private void toTable(long record) {
        expand(record, root -> {
            table.at(root, Roots.TABLE);
            tree.at(root, Roots.ORDER);
            Visit visit = enter();
            byte[] content = load(record, visit);
            int length = Record.length(record);
            for (int at = Compact.FIRST; at < length;) {
                at = visit.first.read(content, at, visit.key);
                double score = ScoredKey.split(visit.key, visit.value);
                table.put(visit.value, ScoredKey.sortable(score));
                tree.seek(tree.size());
                tree.insert(visit.key, none);
            }
            leave(visit);
        });
    }

    @Override
    public boolean remove(Bytes member) {
        home.changing();
        long record = home.record();
        if (record == 0) {
            return false;
        }
        if (!Record.isCompact(record)) {
            long cell = table(record).find(member);
            if (cell == 0) {
                return false;
            }
            tree(record).seek(key.place(scoreOf(cell), member));
            tree.remove();
            table.removeFound(cell);
            if (table.size() == 0) {
                emptied();
            }
            return true;
        }
        long at = compact.find(record, member);
        if (at == 0) {
            return false;
        }
        compact.remove(record, at, 1);
        return true;
    }

    @Override
    public void remove(long rank, long count) {
        home.changing();
        long size = size();
        if (rank < 0 || rank >= size || count <= 0) {
            return;
        }
        long rest = Math.min(count, size - rank);
        long record = home.record();
        if (rest == size) {
            emptied();
        } else if (Record.isCompact(record)) {
            compact.remove(record, Compact.at(content(record), (int) rank), (int) rest);
        } else if (rest == 1) {
            tree(record).seek(rank);
            one.read(tree.cell(), scored);
            ScoredKey.split(scored, removed);
            tree.remove();
            table(record).remove(removed);
        } else {
            Visit visit = enter();
            table(record);
            tree(record);
            while (rest > 0) {
                tree.seek(rank);
                int from = tree.index();
                int taken = (int) Math.min(rest, tree.leafCount() - from);
                int length = tree.load(visit.page);
                for (int i = from; i < from + taken; i++) {
                    visit.first.read(visit.page.array(), Tree.cell(visit.page.array(), length, i), visit.key);
                    ScoredKey.split(visit.key, visit.value);
                    table.remove(visit.value);
                }
                tree.remove(rank, taken);
                rest -= taken;
            }
            leave(visit);
        }
    }

    @Override
    public long rank(Bytes member) {
        long record = home.record();
        if (record == 0) {
            return -1;
        }
        if (Record.isCompact(record)) {
            return compact.find(record, member) == 0 ? -1 : compact.rank();
        }
        long cell = table(record).find(member);
        if (cell == 0) {
            return -1;
        }
        tree(record).seek(key.place(scoreOf(cell), member));
        return tree.rank();
    }

    @Override
    public long rank(double score, boolean inclusive) {
        long record = home.record();
        return record == 0 ? 0 : below(record, key.bound(score, inclusive));
    }

    private long below(long record, Bytes scoredKey) {
        if (Record.isCompact(record)) {
            compact.lowerBound(record, scoredKey);
            return compact.rank();
        }
        tree(record).seek(scoredKey);
        return tree.rank();
    }

    @Override
    public long rank(Bytes member, boolean inclusive) {
        long record = home.record();
        if (record == 0 || size() == 0) {
            return 0;
        }
        double score;
        if (Record.isCompact(record)) {
            score = compact.score(content(record) + Compact.FIRST);
        } else {
            tree(record).seek(0);
            one.read(tree.cell(), scored);
            score = ScoredKey.score(scored.array(), scored.offset());
        }
        long below = below(record, key.place(score, member));
        return inclusive && !Double.isNaN(score(member)) ? below + 1 : below;
    }

    @Override
    public void visit(long rank, boolean upwards, ScoreVisitor visitor) {
        long record = home.record();
        if (record == 0 || rank < 0 || rank >= size()) {
            return;
        }
        Visit visit = enter();
        if (Record.isCompact(record)) {
            compact.visit(record, (int) rank, upwards, visit, visitor);
        } else {
            visitTree(root(record), rank, upwards, visit, visitor);
        }
        leave(visit);
    }

    private void visitTree(long root, long rank, boolean upwards, Visit visit, ScoreVisitor visitor) {
        long size = tree.at(root, Roots.ORDER).size();
        tree.seek(rank);
        visit.first.read(tree.cell(), visit.key);
        double first = ScoredKey.split(visit.key, visit.value);
        // who wants one member alone does not pay for a page
        if (!visitor.member(visit.value, first)) {
            return;
        }
        long at = upwards ? rank + 1 : rank - 1;
        while (at >= 0 && at < size) {
            tree.at(root, Roots.ORDER).seek(at);
            int index = tree.index();
            int count = tree.leafCount();
            int length = tree.load(visit.page);
            byte[] leaf = visit.page.array();
            for (int i = index; upwards ? i < count : i >= 0; i += upwards ? 1 : -1) {
                visit.first.read(leaf, Tree.cell(leaf, length, i), visit.key);
                double score = ScoredKey.split(visit.key, visit.value);
                if (!visitor.member(visit.value, score)) {
                    return;
                }
            }
            at += upwards ? count - index : -index - 1;
        }
    }

    @Override
    public long scan(long cursor, int count, ScoreVisitor visitor) {
        long record = home.record();
        if (record == 0) {
            return 0;
        }
        if (Record.isCompact(record)) {
            visit(0, true, (member, score) -> {
                visitor.member(member, score);
                return true;
            });
            return 0;
        }
        Visit visit = enter();
        long next = TableWalk.scan(table, root(record), cursor, count, visit, (on, cells) -> show(on, cells, visitor));
        leave(visit);
        return next;
    }

    private static boolean show(Visit visit, int count, ScoreVisitor visitor) {
        byte[] page = visit.page.array();
        int at = Table.FIRST_CELL;
        for (int i = 0; i < count; i++) {
            at = TableWalk.key(visit, at);
            visitor.member(visit.key, ScoredKey.score(Memory.getLong(page, Memory.ARRAY + at)));
            at += Table.FIXED;
        }
        return true;
    }

    @Override
    public double random(RandomGenerator random, Bytes member) {
        long record = home.record();
        if (Record.isCompact(record)) {
            long content = content(record);
            one.read(Compact.at(content, random.nextInt(Compact.count(content))), scored);
            return ScoredKey.split(scored, member);
        }
        long cell = table(record).random(random);
        one.read(cell, member);
        return scoreOf(cell);
    }
}
