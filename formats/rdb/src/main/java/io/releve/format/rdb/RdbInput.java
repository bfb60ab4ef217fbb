package io.releve.format.rdb;

import io.releve.bytes.Bytes;
import io.releve.bytes.Numbers;
import io.releve.keyspace.StringValue;

/**
 * Reads the elements of RDB, which {@link RdbOutput} describes, from bytes that are there or from a source that is
 * asked for more. Nothing that is read is believed: every method throws an {@link RdbException} when the bytes end too
 * early or cannot be right, and no memory is taken for what was only announced. Not for several threads.
 */
public final class RdbInput {
    private static final int BUFFER = 64 * 1024;
    private static final long MAX_TEXT_DOUBLE = 252;

    /** Gives bytes. */
    @FunctionalInterface
    public interface Source {
        /** @return number of bytes put there, at least one, or -1 at the end */
        int read(byte[] target, int from, int length);
    }

    /** Reads a stream; what it throws comes as an {@link java.io.UncheckedIOException}. */
    public static Source source(java.io.InputStream stream) {
        return (target, from, length) -> {
            try {
                return stream.read(target, from, length);
            } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        };
    }

    /** Null: everything is in the buffer. */
    private final Source source;
    private byte[] buffer;
    private int at;
    private int end;
    /** Bytes read before what is in the buffer. */
    private long before;
    private long crc;
    private int checked;
    private final StringSlot packed = new StringSlot();

    public RdbInput(Source source) {
        this.source = source;
        buffer = new byte[BUFFER];
    }

    /** Reads from bytes, which are not copied: strings that were read may be views of them. */
    public RdbInput(Bytes bytes) {
        source = null;
        buffer = bytes.array();
        at = bytes.offset();
        end = at + bytes.length();
        checked = at;
        before = -at;
    }

    /** Bytes read so far. */
    public long position() {
        return before + at;
    }

    /** The check of everything read so far. */
    public long crc() {
        crc = Crc64.update(crc, buffer, checked, at - checked);
        checked = at;
        return crc;
    }

    /** Whether nothing follows. */
    public boolean atEnd() {
        return at == end && (source == null || !refill(1));
    }

    /** What the source has given and nobody has read yet; a view, valid until something is read. */
    Bytes rest() {
        return new Bytes(buffer, at, end - at);
    }

    private static RdbException truncated() {
        return new RdbException("The data ends in the middle of a value");
    }

    /** Sees to it that so many bytes, less than the buffer takes, stand in it. */
    private void require(int count) {
        if (end - at < count && (source == null || !refill(count))) {
            throw truncated();
        }
    }

    private boolean refill(int count) {
        crc();
        System.arraycopy(buffer, at, buffer, 0, end - at);
        before += at;
        end -= at;
        at = 0;
        checked = 0;
        while (end < count) {
            int more = source.read(buffer, end, buffer.length - end);
            if (more <= 0) {
                return false;
            }
            end += more;
        }
        return true;
    }

    /** 0 to 255. */
    public int readByte() {
        require(1);
        return buffer[at++] & 0xff;
    }

    /** 16 bits without sign. */
    public int readShort() {
        require(Short.BYTES);
        at += Short.BYTES;
        return LittleEndian.getShort(buffer, at - Short.BYTES) & 0xffff;
    }

    /** 32 bits. */
    public int readInt() {
        require(Integer.BYTES);
        at += Integer.BYTES;
        return LittleEndian.getInt(buffer, at - Integer.BYTES);
    }

    /** 64 bits. */
    public long readLong() {
        require(Long.BYTES);
        at += Long.BYTES;
        return LittleEndian.getLong(buffer, at - Long.BYTES);
    }

    /** 64 bits. */
    public double readDouble() {
        return Double.longBitsToDouble(readLong());
    }

    /** 64 bits, big-endian, outside of a length. */
    long readBigEndian() {
        return Long.reverseBytes(readLong());
    }

    /** A double as text, the encoding of scores before version 8; never NaN. */
    double readTextDouble() {
        int length = readByte();
        if (length == MAX_TEXT_DOUBLE + 2) {
            return Double.POSITIVE_INFINITY;
        }
        if (length == MAX_TEXT_DOUBLE + 3) {
            return Double.NEGATIVE_INFINITY;
        }
        if (length > MAX_TEXT_DOUBLE) {
            throw new RdbException("A score is not a number");
        }
        require(length);
        at += length;
        double value = Numbers.decimal(new Bytes(buffer, at - length, length));
        if (Double.isNaN(value)) {
            throw new RdbException("A score is not a number");
        }
        return value;
    }

    /** A length or an unsigned number of 64 bits. */
    public long readLength() {
        int first = readByte();
        if (first >>> 6 == 3) {
            throw new RdbException("There is a string where a length should be");
        }
        return length(first);
    }

    private long length(int first) {
        switch (first >>> 6) {
            case 0:
                return first;
            case 1:
                return (first & 0x3f) << 8 | readByte();
            default:
                if (first == RdbOutput.LENGTH_32) {
                    return Integer.reverseBytes(readInt()) & 0xffff_ffffL;
                }
                if (first == RdbOutput.LENGTH_64) {
                    return readBigEndian();
                }
                throw new RdbException("A length begins with the unknown byte " + first);
        }
    }

    /**
     * A number of things that follow, each of which takes at least {@code bytes} bytes.
     *
     * @throws RdbException also when it is known that there is no room for so many
     */
    long readCount(int bytes) {
        long count = readLength();
        if (count < 0 || source == null && count > (end - at) / bytes) {
            throw truncated();
        }
        return count;
    }

    private int stringLength(long length) {
        if (length < 0 || length > StringValue.MAX_LENGTH) {
            throw new RdbException("A string is longer than 512 MiB");
        }
        return (int) length;
    }

    /** A string in any of its encodings. What is returned is valid until the next string is read into the same slot. */
    public Bytes readString(StringSlot slot) {
        int first = readByte();
        switch (first) {
            case RdbOutput.INT_8:
                return number(slot, (byte) readByte());
            case RdbOutput.INT_16:
                return number(slot, (short) readShort());
            case RdbOutput.INT_32:
                return number(slot, readInt());
            case RdbOutput.LZF:
                return compressed(slot);
            default:
                if (first >>> 6 == 3) {
                    throw new RdbException("A string has the unknown encoding " + (first & 0x3f));
                }
                return plain(slot, stringLength(length(first)));
        }
    }

    private static Bytes number(StringSlot slot, int value) {
        return slot.show(Numbers.write(slot.room(Numbers.MAX_INTEGER_LENGTH), 0, value));
    }

    private Bytes compressed(StringSlot slot) {
        int compressed = stringLength(readLength());
        int length = stringLength(readLength());
        if (length > (long) compressed * Lzf.GREATEST_RATIO) {
            throw new RdbException("A compressed string is damaged");
        }
        Bytes text = plain(packed, compressed);
        Lzf.decompress(text.array(), text.offset(), compressed, slot.room(length), length);
        return slot.show(length);
    }

    private Bytes plain(StringSlot slot, int length) {
        if (source == null) {
            require(length);
            at += length;
            return slot.view.set(buffer, at - length, length);
        }
        byte[] array = slot.room(Math.min(length, BUFFER));
        int done = 0;
        while (done < length) {
            require(1);
            int piece = Math.min(end - at, length - done);
            if (array.length < done + piece) {
                array = slot.grow((int) Math.min(length, Math.max(done + piece, 2L * array.length)));
            }
            System.arraycopy(buffer, at, array, done, piece);
            at += piece;
            done += piece;
        }
        return slot.show(length);
    }
}
