package io.releve.server.netty;

import java.util.Arrays;

/**
 * Bytes of one connection that are not consumed yet, beginning with the start of a request. Grows with what arrives: an
 * announcement alone reserves little.
 */
final class InputBuffer {
    private static final int INITIAL = 1024;
    /** Up to here what was announced is reserved at once. */
    private static final int TRUSTED = 1 << 20;
    private static final int KEPT = 128 * 1024;

    private byte[] bytes;
    private int length;

    boolean isEmpty() {
        return length == 0;
    }

    byte[] array() {
        return bytes;
    }

    int length() {
        return length;
    }

    /**
     * Makes room for {@code count} more.
     *
     * @param needed bytes that will be needed in all, as far as known
     */
    private void reserve(int count, int needed) {
        long least = (long) length + count;
        if (bytes != null && bytes.length >= least) {
            return;
        }
        long wanted = Math.max(least, INITIAL);
        if (needed > wanted) {
            wanted = needed <= TRUSTED || length >= needed / 4 ? needed : Math.min(needed, Math.max(TRUSTED, least * 2));
        } else if (bytes != null) {
            wanted = Math.max(wanted, bytes.length * 2L);
        }
        int capacity = (int) Math.min(wanted, Integer.MAX_VALUE - 16);
        bytes = bytes == null ? new byte[capacity] : Arrays.copyOf(bytes, capacity);
    }

    void append(byte[] source, int from, int count, int needed) {
        reserve(count, needed);
        System.arraycopy(source, from, bytes, length, count);
        length += count;
    }

    /** Drops everything before {@code position}. */
    void consume(int position) {
        length -= position;
        if (length > 0 && position > 0) {
            System.arraycopy(bytes, position, bytes, 0, length);
        } else if (length == 0 && bytes != null && bytes.length > KEPT) {
            bytes = null;
        }
    }

    void clear() {
        bytes = null;
        length = 0;
    }
}
