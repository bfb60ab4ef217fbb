package io.releve.bytes;

import org.osgi.annotation.versioning.ConsumerType;

/** A byte string that may lie anywhere (heap, mapped memory) and is read by copying. */
@ConsumerType
public interface ByteSource {
    /** Length in bytes, 0 to 512 MiB. */
    int length();

    /**
     * Copies {@code count} bytes from position {@code from} of this string to {@code target[at..]}.
     *
     * @throws IndexOutOfBoundsException when the range is not inside this string or the target
     */
    void copyTo(int from, byte[] target, int at, int count);

    /** The byte at {@code index}, 0 to 255. */
    int byteAt(int index);

    /** A copy of the whole string. */
    default byte[] toByteArray() {
        byte[] copy = new byte[length()];
        copyTo(0, copy, 0, copy.length);
        return copy;
    }
}
