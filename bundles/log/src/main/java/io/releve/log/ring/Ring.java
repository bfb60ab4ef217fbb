package io.releve.log.ring;

import io.releve.bytes.Bytes;
import java.nio.ByteBuffer;

/** The end of the stream, off-heap, as much as fits. */
final class Ring {
    private final ByteBuffer memory;
    private final int capacity;
    /** Position of the stream after the last byte, and the number of bytes that are there. */
    private long end;
    private int length;

    Ring(int capacity, long position) {
        this.capacity = capacity;
        memory = ByteBuffer.allocateDirect(capacity);
        end = position;
    }

    long first() {
        return end - length;
    }

    void add(Bytes bytes) {
        int count = bytes.length();
        int skipped = Math.max(0, count - capacity);
        int at = (int) Math.floorMod(end + skipped, (long) capacity);
        int from = bytes.offset() + skipped;
        int rest = count - skipped;
        int piece = Math.min(rest, capacity - at);
        memory.put(at, bytes.array(), from, piece);
        memory.put(0, bytes.array(), from + piece, rest - piece);
        end += count;
        length = (int) Math.min(capacity, (long) length + count);
    }

    int read(long from, ByteBuffer target) {
        if (from < first() || from > end) {
            throw new IllegalArgumentException("Position " + from + " is not among " + first() + ".." + end);
        }
        int count = (int) Math.min(target.remaining(), end - from);
        int at = (int) Math.floorMod(from, (long) capacity);
        int piece = Math.min(count, capacity - at);
        target.put(memory.slice(at, piece));
        target.put(memory.slice(0, count - piece));
        return count;
    }
}
