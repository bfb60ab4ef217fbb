package io.releve.format.stream;

import io.releve.bytes.Bytes;
import java.util.Arrays;

/** The body of an entry: fields and values in turn, each as a length (u32, big-endian) and its bytes. */
public final class Fields {
    private byte[] bytes = new byte[128];
    private int length;

    /** Begins a new body. */
    public Fields clear() {
        length = 0;
        return this;
    }

    /** Adds a field or a value. */
    public Fields add(Bytes word) {
        int needed = Math.addExact(length, Integer.BYTES + word.length());
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) Math.max(needed, Math.min(2L * bytes.length, Integer.MAX_VALUE - 16)));
        }
        int size = word.length();
        bytes[length] = (byte) (size >>> 24);
        bytes[length + 1] = (byte) (size >>> 16);
        bytes[length + 2] = (byte) (size >>> 8);
        bytes[length + 3] = (byte) size;
        word.copyTo(0, bytes, length + Integer.BYTES, size);
        length = needed;
        return this;
    }

    /** The body, valid until this object is used again. */
    public Bytes body() {
        return new Bytes(bytes, 0, length);
    }

    /** Number of words in a body: twice the number of fields. */
    public static int count(Bytes body) {
        int count = 0;
        for (int at = 0; at < body.length(); at += Integer.BYTES + size(body, at)) {
            count++;
        }
        return count;
    }

    /**
     * Moves {@code word} onto the word that begins at {@code at}.
     *
     * @return where the next one begins; the body's length after the last
     */
    public static int next(Bytes body, int at, Bytes word) {
        int size = size(body, at);
        word.set(body.array(), body.offset() + at + Integer.BYTES, size);
        return at + Integer.BYTES + size;
    }

    private static int size(Bytes body, int at) {
        return body.byteAt(at) << 24 | body.byteAt(at + 1) << 16 | body.byteAt(at + 2) << 8 | body.byteAt(at + 3);
    }
}
