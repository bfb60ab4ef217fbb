package io.releve.keyspace.chronicle.memory;

/**
 * A byte string with its length in front: one byte below 240, two bytes up to {@value #TWO_BYTES}, 0xfe and a u24 above.
 * 0xff stands for a string that lies elsewhere: its length u32 and the reference of its pages i64 follow.
 */
public final class Packed {
    /** Bytes of the stand-in for a string that lies elsewhere. */
    public static final int OUTSIDE_SIZE = 13;
    /** Longest string that is packed with its bytes. */
    public static final int MAX_LENGTH = (1 << 24) - 1;

    private static final int ONE_BYTE = 0xef;
    private static final int TWO_BYTES = 0xf0 + (14 << 8) - 1;
    private static final int THREE = 0xfe;
    private static final int OUTSIDE = 0xff;

    private Packed() {
    }

    /** Bytes that a string of this length takes, packed. */
    public static int size(int length) {
        return length + (length <= ONE_BYTE ? 1 : length <= TWO_BYTES ? 2 : 4);
    }

    public static boolean isOutside(long at) {
        return Memory.getByte(at) == OUTSIDE;
    }

    /** Length of the string, wherever it lies. */
    public static int length(long at) {
        int first = Memory.getByte(at);
        if (first <= ONE_BYTE) {
            return first;
        }
        if (first < THREE) {
            return (first - 0xf0 << 8) + Memory.getByte(at + 1) + 0xf0;
        }
        return first == THREE ? Memory.getInt(at) >>> 8 : Memory.getInt(at + 1);
    }

    /** Bytes in front of the string, or all of the stand-in. */
    public static int header(long at) {
        int first = Memory.getByte(at);
        return first <= ONE_BYTE ? 1 : first < THREE ? 2 : first == THREE ? 4 : OUTSIDE_SIZE;
    }

    /** Bytes taken, length included. */
    public static int sizeAt(long at) {
        int first = Memory.getByte(at);
        if (first <= ONE_BYTE) {
            return 1 + first;
        }
        return first == OUTSIDE ? OUTSIDE_SIZE : size(length(at));
    }

    /** The pages of a string that lies elsewhere. */
    public static long reference(long at) {
        return Memory.getLong(at + 5);
    }

    public static void reference(long at, long reference) {
        Memory.putLong(at + 5, reference);
    }

    /** Writes a string; @return the address behind it */
    public static long write(long at, byte[] array, int offset, int length) {
        long start = writeLength(at, length);
        Memory.copy(array, offset, start, length);
        return start + length;
    }

    /** Writes a string that lies in memory; @return the address behind it */
    public static long write(long at, long from, int length) {
        long start = writeLength(at, length);
        Memory.copy(from, start, length);
        return start + length;
    }

    private static long writeLength(long at, int length) {
        if (length <= ONE_BYTE) {
            Memory.putByte(at, length);
            return at + 1;
        }
        if (length <= TWO_BYTES) {
            Memory.putByte(at, 0xf0 + (length - 0xf0 >> 8));
            Memory.putByte(at + 1, length - 0xf0);
            return at + 2;
        }
        Memory.putInt(at, length << 8 | THREE);
        return at + 4;
    }

    /** Writes the stand-in for a string elsewhere; @return the address behind it */
    public static long writeOutside(long at, int length, long reference) {
        Memory.putByte(at, OUTSIDE);
        Memory.putInt(at + 1, length);
        Memory.putLong(at + 5, reference);
        return at + OUTSIDE_SIZE;
    }

    /** Whether the string packed here, bytes included, is this one. */
    public static boolean equal(long at, byte[] array, int offset, int length) {
        int first = Memory.getByte(at);
        if (first <= ONE_BYTE) {
            return first == length && Memory.equal(at + 1, array, Memory.ARRAY + offset, length);
        }
        return length(at) == length && first != OUTSIDE
                && Memory.equal(at + header(at), array, Memory.ARRAY + offset, length);
    }

    public static boolean isOutside(byte[] page, int at) {
        return page[at] == (byte) OUTSIDE;
    }

    /** {@link #length(long)} in an array. */
    public static int length(byte[] page, int at) {
        int first = page[at] & 0xff;
        return first <= ONE_BYTE ? first : length(page, Memory.ARRAY + at, first);
    }

    private static int length(byte[] page, long offset, int first) {
        if (first < THREE) {
            return (first - 0xf0 << 8) + Memory.getByte(page, offset + 1) + 0xf0;
        }
        return first == THREE ? Memory.getInt(page, offset) >>> 8 : Memory.getInt(page, offset + 1);
    }

    /** {@link #header(long)} in an array. */
    public static int header(byte[] page, int at) {
        int first = page[at] & 0xff;
        return first <= ONE_BYTE ? 1 : first < THREE ? 2 : first == THREE ? 4 : OUTSIDE_SIZE;
    }

    /** {@link #reference(long)} in an array. */
    public static long reference(byte[] page, int at) {
        return Memory.getLong(page, Memory.ARRAY + at + 5);
    }
}
