package io.releve.format.rdb;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Numbers in byte arrays, the least significant byte first. */
final class LittleEndian {
    private static final VarHandle SHORT =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private LittleEndian() {
    }

    static short getShort(byte[] bytes, int at) {
        return (short) SHORT.get(bytes, at);
    }

    static int getInt(byte[] bytes, int at) {
        return (int) INT.get(bytes, at);
    }

    static long getLong(byte[] bytes, int at) {
        return (long) LONG.get(bytes, at);
    }

    static void putShort(byte[] bytes, int at, int value) {
        SHORT.set(bytes, at, (short) value);
    }

    static void putInt(byte[] bytes, int at, int value) {
        INT.set(bytes, at, value);
    }

    static void putLong(byte[] bytes, int at, long value) {
        LONG.set(bytes, at, value);
    }

    /** A number of three bytes with a sign. */
    static int getMedium(byte[] bytes, int at) {
        return bytes[at] & 0xff | (bytes[at + 1] & 0xff) << 8 | bytes[at + 2] << 16;
    }

    /**
     * Copies bytes, eight at a time where both arrays allow it: what stands behind them in the target, up to {@code end},
     * may be lost. In one array the source is at least eight bytes before the target.
     */
    static void copy(byte[] source, int from, byte[] target, int to, int count, int end) {
        int i = 0;
        if (count + Long.BYTES <= source.length - from && count + Long.BYTES <= end - to) {
            do {
                putLong(target, to + i, getLong(source, from + i));
                i += Long.BYTES;
            } while (i < count);
            return;
        }
        for (; i < count; i++) {
            target[to + i] = source[from + i];
        }
    }
}
