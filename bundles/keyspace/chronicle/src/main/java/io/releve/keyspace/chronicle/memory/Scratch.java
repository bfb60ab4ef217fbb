package io.releve.keyspace.chronicle.memory;

/** A heap array for passing use, kept and made larger as needed. */
public final class Scratch {
    private static final int FIRST = 256;

    private byte[] array = {};

    public byte[] array() {
        return array;
    }

    /** An array of at least this length; what it holds is lost. */
    public byte[] atLeast(int length) {
        if (array.length < length) {
            array = new byte[Math.max(Math.max(length, FIRST), (int) Math.min(2L * array.length, Integer.MAX_VALUE / 2))];
        }
        return array;
    }

    /** Lets go of an array above this length. */
    public void trim(int length) {
        if (array.length > length) {
            array = new byte[0];
        }
    }
}
