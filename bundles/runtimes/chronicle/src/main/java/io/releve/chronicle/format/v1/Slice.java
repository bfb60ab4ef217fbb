package io.releve.chronicle.format.v1;

/**
 * A mutable reference to native memory. As a key it carries the hash that its owner computed; as a value it says where
 * the bytes are, or with address 0 that the place is only reserved and nothing is to be written.
 */
public final class Slice {
    private long address;
    private long length;
    private long hash;

    public Slice set(long newAddress, long newLength, long newHash) {
        address = newAddress;
        length = newLength;
        hash = newHash;
        return this;
    }

    /** The absolute address of the first byte, 0 for a reservation. */
    public long address() {
        return address;
    }

    /** In bytes. */
    public long length() {
        return length;
    }

    /** The hash of the bytes; meaningful for keys only. */
    public long hash() {
        return hash;
    }
}
