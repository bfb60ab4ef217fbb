package io.releve.format.rdb;

import io.releve.bytes.ByteSource;
import io.releve.bytes.Bytes;
import io.releve.bytes.Numbers;

/**
 * Writes the elements of RDB: lengths, strings, numbers. Lengths take 6 or 14 bits in one or two bytes, or follow a
 * byte in 32 or 64 bits, big-endian; all other numbers are little-endian. Nothing is kept but a buffer, so anything of
 * any size can be streamed through. Not for several threads.
 */
public final class RdbOutput {
    /** Strings of this length and less are not tried to be compressed. */
    static final int NOT_COMPRESSED = 20;
    /** Longer strings are not compressed: they are passed on in pieces. */
    static final int LONGEST_COMPRESSED = 16 << 20;

    static final int LENGTH_14 = 0x40;
    static final int LENGTH_32 = 0x80;
    static final int LENGTH_64 = 0x81;
    static final int INT_8 = 0xc0;
    static final int INT_16 = 0xc1;
    static final int INT_32 = 0xc2;
    static final int LZF = 0xc3;

    private static final int BUFFER = 16 * 1024;
    private static final int FIRST_BUFFER = 256;
    /** Longest text of a number that is written as one. */
    private static final int LONGEST_INT = 11;

    /** Takes the bytes. */
    @FunctionalInterface
    public interface Sink {
        void write(byte[] bytes, int from, int length);
    }

    /** Keeps the bytes, so that some of them can be filled in later. What it gets is not checked here. */
    public interface Store extends Sink {
        /** Puts four bytes, big-endian, in the place of what was written at a position. */
        void replace(long position, int value);
    }

    private final Sink sink;
    /** The sink, if it is one. */
    private final Store store;
    private final boolean compress;
    private byte[] buffer = new byte[FIRST_BUFFER];
    private int at;
    /** Bytes given to the sink. */
    private long written;
    /** Check of what was given to the sink and of the buffer up to {@link #checked}. */
    private long crc;
    private int checked;
    private Lzf lzf;
    private byte[] compressed = {};
    private byte[] whole = {};

    /** @param compress whether strings are compressed where that makes them shorter */
    public RdbOutput(Sink sink, boolean compress) {
        this.sink = sink;
        store = sink instanceof Store kept ? kept : null;
        this.compress = compress;
    }

    /** Bytes written so far. */
    public long position() {
        return written + at;
    }

    /** The check of everything written so far; not with a {@link Store}. */
    public long crc() {
        if (store != null) {
            throw new IllegalStateException("What is stored can still change");
        }
        return updateCrc();
    }

    private long updateCrc() {
        crc = Crc64.update(crc, buffer, checked, at - checked);
        checked = at;
        return crc;
    }

    /** Hands what is buffered to the sink. */
    public void flush() {
        if (at > 0) {
            if (store == null) {
                updateCrc();
            }
            sink.write(buffer, 0, at);
            written += at;
            at = 0;
            checked = 0;
        }
    }

    /** Makes room for a few bytes. */
    private void room(int count) {
        if (buffer.length - at >= count) {
            return;
        }
        if (buffer.length < BUFFER) {
            byte[] larger = new byte[BUFFER];
            System.arraycopy(buffer, 0, larger, 0, at);
            buffer = larger;
        } else {
            flush();
        }
    }

    public void writeByte(int value) {
        room(1);
        buffer[at++] = (byte) value;
    }

    /** 16 bits. */
    public void writeShort(int value) {
        room(Short.BYTES);
        LittleEndian.putShort(buffer, at, value);
        at += Short.BYTES;
    }

    /** 32 bits. */
    public void writeInt(int value) {
        room(Integer.BYTES);
        LittleEndian.putInt(buffer, at, value);
        at += Integer.BYTES;
    }

    /** 64 bits. */
    public void writeLong(long value) {
        room(Long.BYTES);
        LittleEndian.putLong(buffer, at, value);
        at += Long.BYTES;
    }

    /** 64 bits. */
    public void writeDouble(double value) {
        writeLong(Double.doubleToRawLongBits(value));
    }

    /** 64 bits, big-endian, outside of a length. */
    void writeBigEndian(long value) {
        writeLong(Long.reverseBytes(value));
    }

    /** A length or an unsigned number. */
    public void writeLength(long length) {
        room(1 + Long.BYTES);
        if (length >= 0 && length < 1 << 6) {
            buffer[at++] = (byte) length;
        } else if (length >= 0 && length < 1 << 14) {
            buffer[at++] = (byte) (LENGTH_14 | length >>> 8);
            buffer[at++] = (byte) length;
        } else if (length >>> 32 == 0) {
            buffer[at++] = (byte) LENGTH_32;
            writeInt(Integer.reverseBytes((int) length));
        } else {
            buffer[at++] = (byte) LENGTH_64;
            writeBigEndian(length);
        }
    }

    /** Whether {@link #placeLength} can be called. */
    boolean isStored() {
        return store != null;
    }

    /** Leaves room for a length of at most 32 bits; @return where, for {@link #fillLength} */
    long placeLength() {
        room(1 + Integer.BYTES);
        long place = position();
        buffer[at++] = (byte) LENGTH_32;
        writeInt(0);
        return place;
    }

    /** Writes the length for which there is room. */
    void fillLength(long place, int length) {
        long position = place + 1;
        if (position >= written) {
            LittleEndian.putInt(buffer, (int) (position - written), Integer.reverseBytes(length));
        } else {
            store.replace(position, length);
        }
    }

    /** Bytes as they are. */
    public void writeBytes(byte[] bytes, int from, int length) {
        if (length > buffer.length - at) {
            room(length);
            if (length > buffer.length - at) {
                flush();
                if (store == null) {
                    crc = Crc64.update(crc, bytes, from, length);
                }
                sink.write(bytes, from, length);
                written += length;
                return;
            }
        }
        System.arraycopy(bytes, from, buffer, at, length);
        at += length;
    }

    /** A string: as a number where it is one of at most 32 bits, compressed where that makes it shorter. */
    public void writeString(Bytes string) {
        writeString(string.array(), string.offset(), string.length());
    }

    /** A string of these bytes. */
    public void writeString(byte[] bytes, int from, int length) {
        if (length <= LONGEST_INT && writeNumber(bytes, from, length)) {
            return;
        }
        if (compress && length > NOT_COMPRESSED && length <= LONGEST_COMPRESSED
                && writeCompressed(bytes, from, length)) {
            return;
        }
        writeLength(length);
        writeBytes(bytes, from, length);
    }

    /** A string that lies elsewhere; a very long one is copied in pieces. */
    public void writeString(ByteSource string) {
        int length = string.length();
        if (length <= LONGEST_COMPRESSED) {
            if (whole.length < length) {
                whole = new byte[length];
            }
            string.copyTo(0, whole, 0, length);
            writeString(whole, 0, length);
            if (whole.length > BUFFER) {
                whole = new byte[0];
            }
            return;
        }
        writeLength(length);
        for (int done = 0; done < length; ) {
            room(BUFFER);
            int piece = Math.min(length - done, buffer.length - at);
            string.copyTo(done, buffer, at, piece);
            at += piece;
            done += piece;
        }
    }

    private boolean writeNumber(byte[] bytes, int from, int length) {
        if (!Numbers.isInteger(bytes, from, length)) {
            return false;
        }
        long value = Numbers.integer(bytes, from, length);
        if (value == (byte) value) {
            writeByte(INT_8);
            writeByte((int) value);
        } else if (value == (short) value) {
            writeByte(INT_16);
            writeShort((int) value);
        } else if (value == (int) value) {
            writeByte(INT_32);
            writeInt((int) value);
        } else {
            return false;
        }
        return true;
    }

    private boolean writeCompressed(byte[] bytes, int from, int length) {
        if (lzf == null) {
            lzf = new Lzf();
        }
        if (compressed.length < length) {
            compressed = new byte[Math.max(length, FIRST_BUFFER)];
        }
        int shorter = lzf.compress(bytes, from, length, compressed, length - Integer.BYTES);
        if (shorter > 0) {
            writeByte(LZF);
            writeLength(shorter);
            writeLength(length);
            writeBytes(compressed, 0, shorter);
        }
        if (compressed.length > LONGEST_COMPRESSED / 16) {
            compressed = new byte[0];
        }
        return shorter > 0;
    }
}
