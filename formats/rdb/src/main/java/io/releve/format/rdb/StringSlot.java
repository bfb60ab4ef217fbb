package io.releve.format.rdb;

import io.releve.bytes.Bytes;
import java.util.Arrays;

/** Holds a string that was read until the next one is read into it. */
public final class StringSlot {
    private static final int FIRST = 64;
    /** A larger array is given back when a small string follows. */
    private static final int KEPT = 1 << 20;

    final Bytes view = new Bytes();
    private byte[] array = new byte[FIRST];

    /** An array of at least this length; its content is lost. */
    byte[] room(int length) {
        if (array.length < length || array.length > KEPT && length <= KEPT) {
            array = new byte[Math.max(FIRST, length)];
        }
        return array;
    }

    /** The same array with more room behind the content. */
    byte[] grow(int length) {
        array = Arrays.copyOf(array, length);
        return array;
    }

    Bytes show(int length) {
        return view.set(array, 0, length);
    }
}
