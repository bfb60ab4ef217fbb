package io.releve.format.rdb;

import io.releve.bytes.Bytes;
import io.releve.bytes.Numbers;
import java.util.Arrays;

/** Packs elements as {@link ListpackReader} reads them: what is a canonical 64-bit integer as a number. */
final class ListpackWriter {
    /** More bytes than an element takes beside its text. */
    static final int OVERHEAD = 10;
    private static final int FIRST = 128;
    private static final int SHORT_TEXT = 64;
    private static final int MEDIUM_TEXT = 4096;

    private byte[] bytes = new byte[FIRST];
    private int end = ListpackReader.HEADER;
    private int count;

    ListpackWriter clear() {
        end = ListpackReader.HEADER;
        count = 0;
        return this;
    }

    int count() {
        return count;
    }

    /** Bytes so far, the end not included. */
    int size() {
        return end;
    }

    private void room(int more) {
        if (bytes.length - end < more) {
            int needed = Math.addExact(end, more);
            bytes = Arrays.copyOf(bytes, (int) Math.max(needed, Math.min(2L * bytes.length, Integer.MAX_VALUE - 16)));
        }
    }

    ListpackWriter add(Bytes text) {
        byte[] array = text.array();
        int from = text.offset();
        int length = text.length();
        if (length <= Numbers.MAX_INTEGER_LENGTH && Numbers.isInteger(array, from, length)) {
            return add(Numbers.integer(array, from, length));
        }
        room(Math.addExact(length, OVERHEAD));
        if (length < SHORT_TEXT) {
            bytes[end] = (byte) (0x80 | length);
            System.arraycopy(array, from, bytes, end + 1, length);
            bytes[end + 1 + length] = (byte) (1 + length);
            end += 2 + length;
            count++;
            return this;
        }
        int start = end;
        end = writeTextHead(bytes, end, length);
        System.arraycopy(array, from, bytes, end, length);
        end += length;
        close(start);
        return this;
    }

    /** @return the position after what stands before a text */
    static int writeTextHead(byte[] target, int at, int length) {
        if (length < SHORT_TEXT) {
            target[at] = (byte) (0x80 | length);
            return at + 1;
        }
        if (length < MEDIUM_TEXT) {
            target[at] = (byte) (0xe0 | length >>> 8);
            target[at + 1] = (byte) length;
            return at + 2;
        }
        target[at] = (byte) 0xf0;
        LittleEndian.putInt(target, at + 1, length);
        return at + 5;
    }

    ListpackWriter add(long value) {
        room(2 * OVERHEAD);
        int start = end;
        if (value >= 0 && value < 128) {
            bytes[end++] = (byte) value;
        } else if (value >= -4096 && value < 4096) {
            bytes[end++] = (byte) (0xc0 | value >>> 8 & 0x1f);
            bytes[end++] = (byte) value;
        } else if (value == (short) value) {
            put(0xf1, value, Short.BYTES);
        } else if (value >= -(1 << 23) && value < 1 << 23) {
            put(0xf2, value, 3);
        } else if (value == (int) value) {
            put(0xf3, value, Integer.BYTES);
        } else {
            put(0xf4, value, Long.BYTES);
        }
        close(start);
        return this;
    }

    private void put(int head, long value, int size) {
        bytes[end] = (byte) head;
        LittleEndian.putLong(bytes, end + 1, value);
        end += 1 + size;
    }

    /** Writes the length of the element behind it. */
    private void close(int start) {
        int size = end - start;
        if (size < ListpackReader.ONE_BYTE) {
            bytes[end++] = (byte) size;
        } else {
            end = writeLengthBehind(bytes, end, size);
        }
        count++;
    }

    /** @return the position after it */
    static int writeLengthBehind(byte[] target, int at, int size) {
        int behind = ListpackReader.lengthBytes(size);
        int rest = size;
        for (int i = behind - 1; i >= 0; i--) {
            target[at + i] = (byte) (rest & 0x7f | (i > 0 ? 0x80 : 0));
            rest >>>= 7;
        }
        return at + behind;
    }

    /** Adds all elements of another one. */
    ListpackWriter addAll(ListpackWriter other) {
        int more = other.end - ListpackReader.HEADER;
        room(more);
        System.arraycopy(other.bytes, ListpackReader.HEADER, bytes, end, more);
        end += more;
        count += other.count;
        return this;
    }

    /** Writes it as a string. */
    void write(RdbOutput output) {
        room(1);
        bytes[end] = (byte) ListpackReader.END;
        writeHead(bytes, end + 1, count);
        output.writeString(bytes, 0, end + 1);
    }

    static void writeHead(byte[] target, int total, int count) {
        LittleEndian.putInt(target, 0, total);
        LittleEndian.putShort(target, Integer.BYTES, Math.min(count, ListpackReader.UNKNOWN_COUNT));
    }
}
