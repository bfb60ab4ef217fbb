package io.releve.keyspace.chronicle.collection;

import io.releve.bytes.Bytes;
import io.releve.keyspace.HashValue;
import io.releve.keyspace.Keyspace.FullException;
import io.releve.keyspace.chronicle.directory.Record;
import io.releve.keyspace.chronicle.memory.Packed;
import io.releve.keyspace.chronicle.memory.Scratch;
import io.releve.keyspace.chronicle.table.Table;
import java.util.random.RandomGenerator;

/** A hash: compact, fields and values in turn, or a table. */
public final class HashView extends CollectionView implements HashValue {
    private final Table table;

    HashView(Space space, Structures structures) {
        super(space, structures);
        table = space.table(Table.PACKED);
    }

    private Table table(long record) {
        return table.at(root(record), Roots.TABLE);
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
        return Record.isCompact(record) ? Compact.count(content(record)) / 2 : table(record).size();
    }

    /** The field's place in a compact content, or 0. */
    private long find(long record, Bytes field) {
        long content = content(record);
        long end = content + Record.length(record);
        long at = content + Compact.FIRST;
        while (at < end) {
            if (isEqual(at, field)) {
                return at;
            }
            at += Packed.sizeAt(at);
            at += Packed.sizeAt(at);
        }
        return 0;
    }

    @Override
    public boolean get(Bytes field, Bytes target) {
        long record = home.record();
        if (record == 0) {
            return false;
        }
        if (Record.isCompact(record)) {
            long at = find(record, field);
            if (at != 0) {
                one.read(at + Packed.sizeAt(at), target);
            }
            return at != 0;
        }
        long cell = table(record).find(field);
        if (cell != 0) {
            one.read(table.value(cell), target);
        }
        return cell != 0;
    }

    @Override
    public boolean put(Bytes field, Bytes value) {
        home.changing();
        long record = home.record();
        boolean isLong = field.length() > space.limits().hashValue() || value.length() > space.limits().hashValue();
        if (Record.isCompact(record)) {
            long at = find(record, field);
            int count = Compact.count(content(record)) + (at == 0 ? 2 : 0);
            int encoding = isLong || count / 2 > space.limits().hashEntries() ? Encoding.HASHTABLE
                    : Record.encoding(record);
            long bytes = (long) Record.length(record) + Compact.size(field) + Compact.size(value);
            if (fits(encoding == Encoding.LISTPACK, bytes, count)) {
                if (at == 0) {
                    add(record, field, value);
                } else {
                    replace(record, at, value);
                }
                Record.encoding(home.record(), encoding);
                return at == 0;
            }
            toTable(record);
            record = home.record();
        }
        boolean isNew = table(record).put(field, value);
        if (isLong || table.size() > space.limits().hashEntries()) {
            Record.encoding(record, Encoding.HASHTABLE);
        }
        return isNew;
    }

    private void add(long record, Bytes field, Bytes value) {
        long fieldPages = outside(field);
        long valuePages = 0;
        try {
            valuePages = outside(value);
            int end = Record.length(record);
            long content = splice(record, end, 0, Compact.size(field) + Compact.size(value));
            Compact.count(content, Compact.count(content) + 2);
            write(write(content + end, field, fieldPages), value, valuePages);
        } catch (FullException e) {
            free(fieldPages);
            free(valuePages);
            throw e;
        }
    }

    private void replace(long record, long field, Bytes value) {
        long old = field + Packed.sizeAt(field);
        int at = (int) (old - content(record));
        int oldSize = Packed.sizeAt(old);
        long oldPages = Packed.isOutside(old) ? Packed.reference(old) : 0;
        long valuePages = outside(value);
        try {
            long content = splice(record, at, oldSize, Compact.size(value));
            write(content + at, value, valuePages);
        } catch (FullException e) {
            free(valuePages);
            throw e;
        }
        free(oldPages);
    }

    private void toTable(long record) {
        expand(record, root -> {
            table.at(root, Roots.TABLE);
            Visit visit = enter();
            byte[] content = load(record, visit);
            for (int at = Compact.FIRST; at < Record.length(record);) {
                at = visit.first.read(content, at, visit.key);
                at = visit.second.read(content, at, visit.value);
                table.put(visit.key, visit.value);
            }
            leave(visit);
        });
    }

    @Override
    public boolean remove(Bytes field) {
        home.changing();
        long record = home.record();
        if (record == 0) {
            return false;
        }
        if (!Record.isCompact(record)) {
            boolean removed = table(record).remove(field);
            if (removed && table.size() == 0) {
                emptied();
            }
            return removed;
        }
        long at = find(record, field);
        if (at == 0) {
            return false;
        }
        int count = Compact.count(content(record));
        if (count == 2) {
            emptied();
            return true;
        }
        long value = at + Packed.sizeAt(at);
        freeOutside(at);
        freeOutside(value);
        int position = (int) (at - content(record));
        long content = splice(record, position, (int) (value + Packed.sizeAt(value) - at), 0);
        Compact.count(content, count - 2);
        return true;
    }

    @Override
    public void visit(PairVisitor visitor) {
        long record = home.record();
        if (record == 0) {
            return;
        }
        Visit visit = enter();
        if (Record.isCompact(record)) {
            visitCompact(record, visit, visitor, false);
        } else {
            TableWalk.all(table, root(record), visit, (on, count) -> show(on, count, visitor, false));
        }
        leave(visit);
    }

    private void visitCompact(long record, Visit visit, PairVisitor visitor, boolean all) {
        int length = Record.length(record);
        byte[] content = load(record, visit);
        for (int at = Compact.FIRST; at < length;) {
            at = visit.first.read(content, at, visit.key);
            at = visit.second.read(content, at, visit.value);
            if (!visitor.pair(visit.key, visit.value) && !all) {
                return;
            }
        }
    }

    /** @return false when the visitor has had enough */
    private static boolean show(Visit visit, int count, PairVisitor visitor, boolean all) {
        byte[] page = visit.page.array();
        int at = Table.FIRST_CELL;
        for (int i = 0; i < count; i++) {
            at = visit.second.read(page, TableWalk.key(visit, at), visit.value);
            if (!visitor.pair(visit.key, visit.value) && !all) {
                return false;
            }
        }
        return true;
    }

    @Override
    public long scan(long cursor, int count, PairVisitor visitor) {
        long record = home.record();
        if (record == 0) {
            return 0;
        }
        Visit visit = enter();
        long next = 0;
        if (Record.isCompact(record)) {
            visitCompact(record, visit, visitor, true);
        } else {
            next = TableWalk.scan(table, root(record), cursor, count, visit,
                    (on, cells) -> show(on, cells, visitor, true));
        }
        leave(visit);
        return next;
    }

    @Override
    public void random(RandomGenerator random, Bytes field, Bytes value) {
        long record = home.record();
        long at;
        long valueAt;
        if (Record.isCompact(record)) {
            long content = content(record);
            at = Compact.at(content, 2 * random.nextInt(Compact.count(content) / 2));
            valueAt = at + Packed.sizeAt(at);
        } else {
            at = table(record).random(random);
            valueAt = table.value(at);
        }
        one.read(at, field);
        two.read(valueAt, value);
    }
}
