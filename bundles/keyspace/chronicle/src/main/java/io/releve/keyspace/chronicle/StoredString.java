package io.releve.keyspace.chronicle;

import io.releve.bytes.Bytes;
import io.releve.bytes.Numbers;
import io.releve.keyspace.StringValue;
import io.releve.keyspace.chronicle.directory.Entry;
import io.releve.keyspace.chronicle.directory.Record;
import io.releve.keyspace.chronicle.extent.Contents;
import io.releve.keyspace.chronicle.memory.Memory;
import java.util.Objects;

/** A string where it lies in the directory or in pages. Movable: a lookup allocates nothing. */
final class StoredString implements StringValue {
    private static final int EMBEDDED = 44;

    private final Entries entries;
    private final Contents contents;
    private final byte[] digits = new byte[Numbers.MAX_INTEGER_LENGTH];
    private long entry;
    private long record;

    StoredString(Entries entries, Contents contents) {
        this.entries = entries;
        this.contents = contents;
    }

    StoredString set(long newEntry) {
        entry = newEntry;
        record = Entry.record(newEntry);
        return this;
    }

    /** Moves to a record that is in no directory, only to read it. */
    StoredString show(long newRecord) {
        entry = 0;
        record = newRecord;
        return this;
    }

    private boolean isNumber() {
        return Record.encoding(record) == Record.NUMBER;
    }

    private boolean isPaged() {
        return Record.is(record, Record.PAGED);
    }

    private long body() {
        return Record.body(record);
    }

    private long pages() {
        return Memory.getLong(body());
    }

    private int capacity() {
        return Entry.recordSize(entry) - Record.prefix(Record.flags(record));
    }

    @Override
    public String encoding() {
        if (isNumber()) {
            return "int";
        }
        return Record.length(record) <= EMBEDDED && !Record.is(record, Record.RAW) ? "embstr" : "raw";
    }

    @Override
    public long expireAt() {
        return Record.expireAt(record);
    }

    @Override
    public int access() {
        return Record.access(record);
    }

    @Override
    public void access(int clock) {
        Record.access(record, clock);
    }

    @Override
    public long memory() {
        return entries.memory(entry);
    }

    @Override
    public int length() {
        return isNumber() ? Numbers.length(Memory.getLong(body())) : Record.length(record);
    }

    @Override
    public void copyTo(int from, byte[] target, int at, int count) {
        Objects.checkFromIndexSize(from, count, length());
        Objects.checkFromIndexSize(at, count, target.length);
        if (isNumber()) {
            Numbers.write(digits, 0, Memory.getLong(body()));
            System.arraycopy(digits, from, target, at, count);
        } else if (isPaged()) {
            contents.read(pages(), from, target, at, count);
        } else {
            Memory.copy(body() + from, target, at, count);
        }
    }

    @Override
    public int byteAt(int index) {
        Objects.checkIndex(index, length());
        if (isNumber()) {
            Numbers.write(digits, 0, Memory.getLong(body()));
            return digits[index];
        }
        return isPaged() ? contents.byteAt(pages(), index) : Memory.getByte(body() + index);
    }

    @Override
    public boolean isInteger() {
        if (isNumber()) {
            return true;
        }
        int length = Record.length(record);
        if (length == 0 || length > digits.length) {
            return false;
        }
        copyTo(0, digits, 0, length);
        return Numbers.isInteger(digits, 0, length);
    }

    @Override
    public long integer() {
        if (isNumber()) {
            return Memory.getLong(body());
        }
        int length = length();
        copyTo(0, digits, 0, length);
        return Numbers.integer(digits, 0, length);
    }

    @Override
    public void integer(long value) {
        entries.changing(entry);
        if (isPaged()) {
            entries.freeContent(pages());
        }
        Record.flags(record, Record.flags(record) & Record.LONG_KEY);
        Record.encoding(record, Record.NUMBER);
        Record.length(record, 0);
        Memory.putLong(body(), value);
    }

    @Override
    public void assign(Bytes content) {
        entries.changing(entry);
        if (!Strings.overwrite(contents, entry, content)) {
            set(entries.replace(entry, content));
        }
    }

    @Override
    public void append(Bytes tail) {
        entries.changing(entry);
        int length = length();
        makeRoom(Math.addExact(length, tail.length()));
        store(length, tail);
        Record.length(record, length + tail.length());
    }

    @Override
    public void write(int offset, Bytes content) {
        entries.changing(entry);
        int length = length();
        int end = Math.addExact(offset, content.length());
        makeRoom(Math.max(length, end));
        if (offset > length) {
            if (isPaged()) {
                contents.zero(pages(), length, offset - length);
            } else {
                Memory.zero(body() + length, offset - length);
            }
        }
        store(offset, content);
        Record.length(record, Math.max(length, end));
    }

    @Override
    public void write(int offset, int value) {
        Objects.checkIndex(offset, length());
        entries.changing(entry);
        makeRoom(length());
        if (isPaged()) {
            contents.byteAt(pages(), offset, value);
        } else {
            Memory.putByte(body() + offset, value);
        }
    }

    private void store(int offset, Bytes content) {
        if (isPaged()) {
            contents.write(pages(), offset, content.array(), content.offset(), content.length());
        } else {
            Memory.copy(content.array(), content.offset(), body() + offset, content.length());
        }
    }

    /** Makes this raw text with room for {@code length} bytes; what was there stays. */
    private void makeRoom(int length) {
        if (length > MAX_LENGTH) {
            throw new IllegalArgumentException("A string has at most " + MAX_LENGTH + " bytes");
        }
        if (isPaged()) {
            Memory.putLong(body(), contents.grow(pages(), Record.length(record), length));
        } else if (length > Strings.INLINE) {
            moveToPages(length);
        } else {
            int old = length();
            boolean wasNumber = isNumber();
            if (wasNumber) {
                Numbers.write(digits, 0, Memory.getLong(body()));
            }
            if (length > capacity()) {
                // what grows once will grow again
                set(entries.resize(entry, Math.min(Strings.INLINE, length + (length >> 1))));
            }
            if (wasNumber) {
                Record.encoding(record, Record.TEXT);
                Record.length(record, old);
                Memory.copy(digits, 0, body(), old);
            }
        }
        Record.flags(record, Record.flags(record) | Record.RAW);
    }

    private void moveToPages(int length) {
        int old = length();
        long reference = entries.newContent(length);
        if (isNumber()) {
            Numbers.write(digits, 0, Memory.getLong(body()));
            contents.write(reference, 0, digits, 0, old);
        } else {
            contents.write(reference, body(), old);
        }
        Record.encoding(record, Record.TEXT);
        Record.length(record, old);
        Record.flags(record, Record.flags(record) | Record.PAGED);
        Memory.putLong(body(), reference);
    }
}
