package io.releve.keyspace.heap;

import io.releve.bytes.Bytes;
import java.util.Arrays;

/** What a {@link KeyTable} holds: something with a name, linked to the others of its bucket. */
abstract class Node {
    byte[] key;
    int hash;
    /** Next of the same bucket. */
    Node next;

    Node(byte[] key, int hash) {
        this.key = key;
        this.hash = hash;
    }

    final boolean has(Bytes other, int otherHash) {
        return hash == otherHash && Arrays.equals(key, 0, key.length,
                other.array(), other.offset(), other.offset() + other.length());
    }
}
