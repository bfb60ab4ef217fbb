package io.releve.keyspace.chronicle.collection;

import io.releve.bytes.Bytes;
import io.releve.bytes.Numbers;
import io.releve.keyspace.Keyspace.FullException;
import io.releve.keyspace.SetValue;
import io.releve.keyspace.chronicle.directory.Record;
import io.releve.keyspace.chronicle.memory.Memory;
import io.releve.keyspace.chronicle.memory.Packed;
import io.releve.keyspace.chronicle.table.Table;
import java.util.random.RandomGenerator;

/** A set: compact, as {@link IntegerSet} or as strings, or a table. */
public final class SetView extends CollectionView implements SetValue {
    private final Table table;
    private final byte[] digits = new byte[Numbers.MAX_INTEGER_LENGTH];
    private final Bytes number = new Bytes();

    SetView(Space space, Structures structures) {
        super(space, structures);
        table = space.table(Table.NONE);
    }

    @Override
    public void initialize(long record) {
        super.initialize(record);
        if (space.limits().setIntegers() > 0) {
            Record.encoding(record, Encoding.INTSET);
            Record.length(record, IntegerSet.HEADER);
            Memory.putByte(Record.body(record) + 2, 2);
        } else if (space.limits().setEntries() == 0) {
            Record.encoding(record, Encoding.HASHTABLE);
        }
    }

    private Table table(long record) {
        return table.at(root(record), Roots.TABLE);
    }

    private static boolean isIntegers(long record) {
        return Record.encoding(record) == Encoding.INTSET;
    }

    private Bytes decimal(long value) {
        return number.set(digits, 0, Numbers.write(digits, 0, value));
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

    private long find(long record, Bytes member) {
        long content = content(record);
        long end = content + Record.length(record);
        for (long at = content + Compact.FIRST; at < end; at += Packed.sizeAt(at)) {
            if (isEqual(at, member)) {
                return at;
            }
        }
        return 0;
    }

    @Override
    public boolean contains(Bytes member) {
        long record = home.record();
        if (record == 0) {
            return false;
        }
        if (!Record.isCompact(record)) {
            return table(record).find(member) != 0;
        }
        if (isIntegers(record)) {
            return Numbers.isInteger(member) && IntegerSet.find(content(record), Numbers.integer(member)) >= 0;
        }
        return find(record, member) != 0;
    }

    @Override
    public boolean add(Bytes member) {
        home.changing();
        if (contains(member)) {
            return false;
        }
        long record = home.record();
        int count = (int) Math.min(Compact.MAX_COUNT, size());
        int encoding = encodingWith(record, member, count);
        if (Record.isCompact(record)) {
            long bytes = (long) Record.length(record) + Compact.size(member);
            if (encoding == Encoding.INTSET && fits(true, bytes, count + 1)) {
                addInteger(record, Numbers.integer(member));
                return true;
            }
            boolean ordered = encoding == Encoding.LISTPACK;
            if (isIntegers(record) || !fits(ordered, bytes, count + 1)) {
                if (ordered && fits(true, bytes + (long) count * Numbers.MAX_INTEGER_LENGTH, count + 1)) {
                    toStrings(record);
                    record = home.record();
                } else {
                    toTable(record);
                    record = home.record();
                }
            }
        }
        if (Record.isCompact(record)) {
            addString(record, member);
        } else {
            table(record).add(member);
        }
        Record.encoding(home.record(), encoding);
        return true;
    }

    /** Redis' name with one more member: it changes when the limits do not allow it (redis.io, OBJECT ENCODING). */
    private int encodingWith(long record, Bytes member, int count) {
        int encoding = Record.encoding(record);
        if (encoding == Encoding.INTSET) {
            if (Numbers.isInteger(member)) {
                return count < space.limits().setIntegers() ? Encoding.INTSET : Encoding.HASHTABLE;
            }
            encoding = longestInteger(record, count) <= space.limits().setValue() ? Encoding.LISTPACK
                    : Encoding.HASHTABLE;
        }
        return encoding == Encoding.LISTPACK && count < space.limits().setEntries()
                && member.length() <= space.limits().setValue() ? Encoding.LISTPACK : Encoding.HASHTABLE;
    }

    private int longestInteger(long record, int count) {
        if (count == 0 || !Record.isCompact(record)) {
            return 0;
        }
        long content = content(record);
        return Math.max(Numbers.length(IntegerSet.get(content, 0)),
                Numbers.length(IntegerSet.get(content, count - 1)));
    }

    private void addInteger(long record, long value) {
        long content = content(record);
        int count = Compact.count(content);
        int position = -IntegerSet.find(content, value) - 1;
        int old = IntegerSet.width(content);
        int width = Math.max(old, IntegerSet.widthOf(value));
        int at = IntegerSet.HEADER + position * old;
        if (width != old) {
            // the numbers are made wider at the end of the room
            content = splice(record, IntegerSet.HEADER + count * old, 0, (count + 1) * width - count * old);
            IntegerSet.widen(content, width);
            long from = content + IntegerSet.HEADER + (long) position * width;
            Memory.copy(from, from + width, (long) (count - position) * width);
        } else {
            content = splice(record, at, 0, width);
        }
        IntegerSet.put(content, width, position, value);
        Compact.count(content, count + 1);
    }

    private void addString(long record, Bytes member) {
        long reference = outside(member);
        try {
            int end = Record.length(record);
            long content = splice(record, end, 0, Compact.size(member));
            Compact.count(content, Compact.count(content) + 1);
            write(content + end, member, reference);
        } catch (FullException e) {
            free(reference);
            throw e;
        }
    }

    /** Turns integers into strings. */
    private void toStrings(long record) {
        Visit visit = enter();
        byte[] integers = load(record, visit).clone();
        leave(visit);
        int count = Compact.count(content(record));
        int length = Compact.EMPTY;
        for (int i = 0; i < count; i++) {
            length += Packed.size(Numbers.length(integer(integers, i)));
        }
        int from = Record.length(record);
        long content = length > from ? splice(record, from, 0, length - from) : splice(record, length, from - length, 0);
        long at = content + Compact.FIRST;
        for (int i = 0; i < count; i++) {
            Bytes text = decimal(integer(integers, i));
            at = Packed.write(at, text.array(), 0, text.length());
        }
        Record.encoding(home.record(), Encoding.LISTPACK);
    }

    private static long integer(byte[] integers, int i) {
        long at = Memory.ARRAY + IntegerSet.HEADER + (long) i * integers[2];
        return switch (integers[2]) {
            case 2 -> (short) Memory.getInt(integers, at);
            case 4 -> Memory.getInt(integers, at);
            default -> Memory.getLong(integers, at);
        };
    }

    private void toTable(long record) {
        expand(record, root -> {
            Visit visit = enter();
            visitCompact(record, visit, member -> table.at(root, Roots.TABLE).add(member), true);
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
            boolean removed = table(record).remove(member);
            if (removed && table.size() == 0) {
                emptied();
            }
            return removed;
        }
        int position;
        int size;
        long content = content(record);
        if (isIntegers(record)) {
            int i = Numbers.isInteger(member) ? IntegerSet.find(content, Numbers.integer(member)) : -1;
            size = IntegerSet.width(content);
            position = i < 0 ? -1 : IntegerSet.HEADER + i * size;
        } else {
            long at = find(record, member);
            position = at == 0 ? -1 : (int) (at - content);
            size = at == 0 ? 0 : Packed.sizeAt(at);
        }
        if (position < 0) {
            return false;
        }
        int count = Compact.count(content);
        if (count == 1) {
            emptied();
            return true;
        }
        if (!isIntegers(record)) {
            freeOutside(content + position);
        }
        Compact.count(splice(record, position, size, 0), count - 1);
        return true;
    }

    @Override
    public void visit(MemberVisitor visitor) {
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

    private void visitCompact(long record, Visit visit, MemberVisitor visitor, boolean all) {
        int length = Record.length(record);
        byte[] content = load(record, visit);
        if (isIntegers(record)) {
            byte[] text = new byte[Numbers.MAX_INTEGER_LENGTH];
            int count = Compact.count(content(record));
            for (int i = 0; i < count; i++) {
                visit.key.set(text, 0, Numbers.write(text, 0, integer(content, i)));
                if (!visitor.member(visit.key) && !all) {
                    return;
                }
            }
            return;
        }
        for (int at = Compact.FIRST; at < length;) {
            at = visit.first.read(content, at, visit.key);
            if (!visitor.member(visit.key) && !all) {
                return;
            }
        }
    }

    /** @return false when the visitor has had enough */
    private static boolean show(Visit visit, int count, MemberVisitor visitor, boolean all) {
        int at = Table.FIRST_CELL;
        for (int i = 0; i < count; i++) {
            at = TableWalk.key(visit, at);
            if (!visitor.member(visit.key) && !all) {
                return false;
            }
        }
        return true;
    }

    @Override
    public long scan(long cursor, int count, MemberVisitor visitor) {
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
    public void random(RandomGenerator random, Bytes member) {
        long record = home.record();
        if (!Record.isCompact(record)) {
            one.read(table(record).random(random), member);
            return;
        }
        long content = content(record);
        int i = random.nextInt(Compact.count(content));
        if (isIntegers(record)) {
            Bytes text = decimal(IntegerSet.get(content, i));
            member.set(text.array(), text.offset(), text.length());
        } else {
            one.read(Compact.at(content, i), member);
        }
    }
}
