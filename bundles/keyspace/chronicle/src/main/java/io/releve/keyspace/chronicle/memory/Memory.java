package io.releve.keyspace.chronicle.memory;

import java.lang.reflect.Field;
import java.nio.ByteOrder;
import sun.misc.Unsafe;

/** Absolute memory. Addresses may be unaligned; nothing is checked. */
public final class Memory {
    /** Offset of the first byte in a {@code byte[]}, for the methods that take a base object. */
    public static final long ARRAY = Unsafe.ARRAY_BYTE_BASE_OFFSET;

    /** Up to this many bytes are copied here rather than by a call. */
    private static final int SHORT = 32;

    private static final Unsafe UNSAFE = unsafe();

    private Memory() {
    }

    private static Unsafe unsafe() {
        try {
            Field field = Unsafe.class.getDeclaredField("theUnsafe");
            field.setAccessible(true);
            return (Unsafe) field.get(null);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Whether this machine stores the low byte first, as the file layout demands. */
    public static boolean isLittleEndian() {
        return ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
    }

    public static long allocate(long bytes) {
        return UNSAFE.allocateMemory(bytes);
    }

    public static void free(long address) {
        UNSAFE.freeMemory(address);
    }

    public static int getByte(long address) {
        return UNSAFE.getByte(address) & 0xff;
    }

    public static void putByte(long address, int value) {
        UNSAFE.putByte(address, (byte) value);
    }

    /** 0 to 65,535. */
    public static int getShort(long address) {
        return UNSAFE.getShort(address) & 0xffff;
    }

    public static void putShort(long address, int value) {
        UNSAFE.putShort(address, (short) value);
    }

    public static int getInt(long address) {
        return UNSAFE.getInt(address);
    }

    public static void putInt(long address, int value) {
        UNSAFE.putInt(address, value);
    }

    public static long getLong(long address) {
        return UNSAFE.getLong(address);
    }

    public static void putLong(long address, long value) {
        UNSAFE.putLong(address, value);
    }

    /** A byte of an array (offset from {@link #ARRAY} on) or, with a null base, of absolute memory; 0 to 255. */
    public static int getByte(Object base, long offset) {
        return UNSAFE.getByte(base, offset) & 0xff;
    }

    public static int getInt(Object base, long offset) {
        return UNSAFE.getInt(base, offset);
    }

    public static long getLong(Object base, long offset) {
        return UNSAFE.getLong(base, offset);
    }

    /** Ranges may overlap. */
    public static void copy(long from, long to, long bytes) {
        UNSAFE.copyMemory(from, to, bytes);
    }

    public static void copy(byte[] from, int at, long to, int bytes) {
        if (bytes > SHORT) {
            UNSAFE.copyMemory(from, ARRAY + at, null, to, bytes);
            return;
        }
        int i = 0;
        for (; i + 8 <= bytes; i += 8) {
            UNSAFE.putLong(to + i, UNSAFE.getLong(from, ARRAY + at + i));
        }
        for (; i < bytes; i++) {
            UNSAFE.putByte(to + i, from[at + i]);
        }
    }

    public static void copy(long from, byte[] to, int at, int bytes) {
        if (bytes > SHORT) {
            UNSAFE.copyMemory(null, from, to, ARRAY + at, bytes);
            return;
        }
        int i = 0;
        for (; i + 8 <= bytes; i += 8) {
            UNSAFE.putLong(to, ARRAY + at + i, UNSAFE.getLong(from + i));
        }
        for (; i < bytes; i++) {
            to[at + i] = UNSAFE.getByte(from + i);
        }
    }

    public static void zero(long address, long bytes) {
        UNSAFE.setMemory(address, bytes, (byte) 0);
    }

    /** Whether memory equals a part of an array (or, with a null base, other memory). */
    public static boolean equal(long address, Object base, long offset, int length) {
        int i = 0;
        for (; i + 8 <= length; i += 8) {
            if (UNSAFE.getLong(address + i) != UNSAFE.getLong(base, offset + i)) {
                return false;
            }
        }
        for (; i < length; i++) {
            if (UNSAFE.getByte(address + i) != UNSAFE.getByte(base, offset + i)) {
                return false;
            }
        }
        return true;
    }

    /** Compares memory with a part of an array (or, with a null base, other memory), bytes unsigned. */
    public static int compare(long address, int length, Object base, long offset, int otherLength) {
        int common = Math.min(length, otherLength);
        int i = commonPrefix(address, base, offset, common);
        return i == common ? length - otherLength : getByte(address + i) - getByte(base, offset + i);
    }

    /** How many of the first {@code length} bytes are the same. */
    public static int commonPrefix(long address, Object base, long offset, int length) {
        int i = 0;
        for (; i + 8 <= length; i += 8) {
            long difference = UNSAFE.getLong(address + i) ^ UNSAFE.getLong(base, offset + i);
            if (difference != 0) {
                return i + (Long.numberOfTrailingZeros(difference) >> 3);
            }
        }
        while (i < length && UNSAFE.getByte(address + i) == UNSAFE.getByte(base, offset + i)) {
            i++;
        }
        return i;
    }
}
