package io.releve.bytes;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A view of a region of a byte array. The view can be moved ({@link #set}), so that the hot path allocates nothing;
 * whoever keeps one beyond the call that handed it out keeps a {@link #copy()}. Equality and order are those of the
 * content, bytes unsigned.
 */
public final class Bytes implements ByteSource, Comparable<Bytes> {
    private static final byte[] NONE = {};

    private byte[] array = NONE;
    private int offset;
    private int length;

    /** An empty view. */
    public Bytes() {
    }

    /** A view of the whole array, which is not copied. */
    public Bytes(byte[] array) {
        set(array, 0, array.length);
    }

    /** A view of a part of the array, which is not copied. */
    public Bytes(byte[] array, int offset, int length) {
        set(array, offset, length);
    }

    /** The UTF-8 form of a text. */
    public static Bytes of(String text) {
        return new Bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Moves this view. */
    public Bytes set(byte[] newArray, int newOffset, int newLength) {
        array = newArray;
        offset = newOffset;
        length = newLength;
        return this;
    }

    /** Moves this view in its array. */
    public Bytes set(int newOffset, int newLength) {
        offset = newOffset;
        length = newLength;
        return this;
    }

    public byte[] array() {
        return array;
    }

    public int offset() {
        return offset;
    }

    @Override
    public int length() {
        return length;
    }

    @Override
    public int byteAt(int index) {
        return array[offset + index] & 0xff;
    }

    @Override
    public void copyTo(int from, byte[] target, int at, int count) {
        System.arraycopy(array, offset + from, target, at, count);
    }

    @Override
    public byte[] toByteArray() {
        return Arrays.copyOfRange(array, offset, offset + length);
    }

    /** A view of its own array, independent of this one. */
    public Bytes copy() {
        return new Bytes(toByteArray());
    }

    /** Whether the content is this ASCII word, given in upper case, in any mixture of cases. */
    public boolean is(String upperCaseWord) {
        if (length != upperCaseWord.length()) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            int c = array[offset + i];
            if (c >= 'a' && c <= 'z') {
                c -= 'a' - 'A';
            }
            if (c != upperCaseWord.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** The content as text, UTF-8; malformed bytes become replacement characters. */
    public String text() {
        return new String(array, offset, length, StandardCharsets.UTF_8);
    }

    /** The content as text, one character a byte. */
    public String latin1() {
        return new String(array, offset, length, StandardCharsets.ISO_8859_1);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes b
                && Arrays.equals(array, offset, offset + length, b.array, b.offset, b.offset + b.length);
    }

    @Override
    public int hashCode() {
        int h = 1;
        for (int i = offset, end = offset + length; i < end; i++) {
            h = 31 * h + array[i];
        }
        return h;
    }

    @Override
    public int compareTo(Bytes other) {
        return Arrays.compareUnsigned(array, offset, offset + length,
                other.array, other.offset, other.offset + other.length);
    }

    @Override
    public String toString() {
        return text();
    }
}
