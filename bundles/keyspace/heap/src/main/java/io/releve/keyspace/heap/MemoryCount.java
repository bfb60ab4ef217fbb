package io.releve.keyspace.heap;

import java.util.concurrent.atomic.AtomicLong;

/** Bytes in use by one database: changed by the holder of the turn, read by anybody. */
final class MemoryCount {
    private final AtomicLong bytes = new AtomicLong();

    /** One writer at a time, so a plain read and an opaque write do. */
    void add(long change) {
        bytes.setOpaque(bytes.getPlain() + change);
    }

    void reset() {
        bytes.setOpaque(0);
    }

    long bytes() {
        return bytes.getOpaque();
    }
}
