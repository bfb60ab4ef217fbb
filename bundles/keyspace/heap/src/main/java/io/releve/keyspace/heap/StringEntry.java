package io.releve.keyspace.heap;

import io.releve.bytes.Bytes;
import io.releve.bytes.Numbers;
import io.releve.keyspace.StringValue;
import java.util.Arrays;
import java.util.Objects;

/** A string: either a number or an array with room to grow. */
final class StringEntry extends Entry implements StringValue {
    /** Redis calls strings up to this length {@code embstr}. */
    private static final int EMBEDDED_LENGTH = 44;
    private static final int ARRAY_HEADER = 16;
    /** Up to this length an appended string doubles its room; beyond, a quarter is added. */
    private static final int DOUBLING_LIMIT = 1 << 20;

    /** The bytes, or null while the content is {@link #number}. */
    private byte[] content;
    private int length;
    private long number;
    /** Whether the bytes were changed in parts. */
    private boolean raw;

    StringEntry(HeapDatabase database, Bytes value) {
        super(database);
        set(value);
    }

    private StringEntry(StringEntry source) {
        super(source.database);
        content = source.content == null ? null : Arrays.copyOf(source.content, source.length);
        length = source.length;
        number = source.number;
        raw = source.raw;
    }

    @Override
    Entry duplicate() {
        try {
            return new StringEntry(this);
        } catch (OutOfMemoryError e) {
            throw full(length);
        }
    }

    @Override
    long contentMemory() {
        return content == null ? 0 : ARRAY_HEADER + content.length;
    }

    /** A string may be empty. */
    @Override
    boolean isVoid() {
        return false;
    }

    @Override
    public String encoding() {
        if (content == null) {
            return "int";
        }
        return raw || length > EMBEDDED_LENGTH ? "raw" : "embstr";
    }

    @Override
    public boolean isInteger() {
        return content == null || Numbers.isInteger(content, 0, length);
    }

    @Override
    public long integer() {
        return content == null ? number : Numbers.integer(content, 0, length);
    }

    @Override
    public void integer(long value) {
        beforeChange();
        if (content != null) {
            grow(-contentMemory());
            content = null;
        }
        number = value;
    }

    @Override
    public void assign(Bytes value) {
        beforeChange();
        long before = contentMemory();
        set(value);
        grow(contentMemory() - before);
    }

    private void set(Bytes value) {
        if (Numbers.isInteger(value)) {
            number = Numbers.integer(value);
            content = null;
        } else {
            int size = value.length();
            // An array that fits, or nearly, is used again.
            if (content == null || content.length < size || content.length > size + size / 4 + 16) {
                content = allocate(size);
            }
            value.copyTo(0, content, 0, size);
            length = size;
        }
        raw = false;
    }

    @Override
    public void append(Bytes tail) {
        beforeChange();
        int end = length();
        reserve(end, Math.addExact(end, tail.length()));
        tail.copyTo(0, content, end, tail.length());
        length = end + tail.length();
    }

    @Override
    public void write(int offset, Bytes part) {
        beforeChange();
        int before = length();
        int end = Math.max(before, Math.addExact(offset, part.length()));
        reserve(before, end);
        if (offset > before) {
            Arrays.fill(content, before, offset, (byte) 0);
        }
        part.copyTo(0, content, offset, part.length());
        length = end;
    }

    @Override
    public void write(int offset, int value) {
        beforeChange();
        Objects.checkIndex(offset, length());
        reserve(length(), length());
        content[offset] = (byte) value;
    }

    /** Makes the content an array with room for {@code needed} bytes that begins with the content as it is. */
    private void reserve(int current, int needed) {
        if (content == null || content.length < needed) {
            int room = needed;
            if (needed > current && content != null) {
                room = (int) Math.min(MAX_LENGTH, needed + (long) (needed < DOUBLING_LIMIT ? needed : needed / 4));
            }
            byte[] larger = allocate(Math.max(room, needed));
            copyTo(0, larger, 0, current);
            long before = contentMemory();
            content = larger;
            length = current;
            grow(contentMemory() - before);
        }
        raw = true;
    }

    @Override
    public int length() {
        return content == null ? Numbers.length(number) : length;
    }

    @Override
    public void copyTo(int from, byte[] target, int at, int count) {
        Objects.checkFromIndexSize(from, count, length());
        if (content != null) {
            System.arraycopy(content, from, target, at, count);
        } else if (from == 0 && count == length()) {
            Objects.checkFromIndexSize(at, count, target.length);
            Numbers.write(target, at, number);
        } else {
            System.arraycopy(digits(), from, target, at, count);
        }
    }

    @Override
    public int byteAt(int index) {
        Objects.checkIndex(index, length());
        return (content == null ? digits() : content)[index] & 0xff;
    }

    private byte[] digits() {
        byte[] digits = new byte[Numbers.MAX_INTEGER_LENGTH];
        Numbers.write(digits, 0, number);
        return digits;
    }

    private static byte[] allocate(int size) {
        try {
            return new byte[size];
        } catch (OutOfMemoryError e) {
            throw full(size);
        }
    }
}
