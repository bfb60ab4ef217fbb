package io.releve.keyspace.heap;

/** A field of a hash with its value, or a member of a set, whose value is null. */
final class Element extends Node {
    byte[] value;
    /** The one added before it. */
    Element before;
    /** The one added after it. */
    Element after;

    Element(byte[] key, int hash, byte[] value) {
        super(key, hash);
        this.value = value;
    }
}
