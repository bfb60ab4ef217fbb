package io.releve.persistence.segments;

import io.releve.bytes.Bytes;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;

/** Entries on their way to the disk, or the request to go on in another segment, which is a batch without entries. */
final class Batch {
    /** No database is selected. */
    static final int NONE = -1;
    private static final int FIRST = 1 << 12;

    /** Position in the log of the first byte, and behind all that belongs to it. */
    long start;
    long end;
    /** Database that is selected before it. */
    int database;
    /** When it was handed over, ns. */
    long since;
    /** For the request: completes with the name of the segment. Null for entries. */
    CompletableFuture<SegmentName> turned;
    /** The segment, once its name was chosen. */
    SegmentName next;
    byte[] bytes = new byte[FIRST];
    int length;

    /** The request to go on in another segment. */
    static Batch turn(long position) {
        Batch batch = new Batch();
        batch.turned = new CompletableFuture<>();
        batch.start = position;
        batch.end = position;
        return batch;
    }

    boolean isTurn() {
        return turned != null;
    }

    void add(byte[] array, int from, int count) {
        if (bytes.length - length < count) {
            bytes = Arrays.copyOf(bytes, (int) Math.min(Integer.MAX_VALUE - 16L,
                    Math.max((long) length + count, 2L * bytes.length)));
        }
        System.arraycopy(array, from, bytes, length, count);
        length += count;
    }

    void add(Bytes more) {
        add(more.array(), more.offset(), more.length());
    }
}
