package io.releve.format.rdb;

import io.releve.format.stream.StreamId;
import java.util.Arrays;

/**
 * The pending entries of a group, which come before the consumers they belong to: ids in ascending order with the time
 * and number of deliveries.
 */
final class PendingReader {
    private static final int FIRST = 64;
    /** Bytes an entry takes at least. */
    private static final int LEAST = StreamId.LENGTH + Long.BYTES + 1;
    /** Numbers an entry takes: both parts of the id, time, deliveries. */
    private static final int WIDTH = 4;

    private long[] entries = {};
    private boolean[] owned = {};
    private int size;
    private int owners;
    private int found;

    void read(RdbInput input) {
        long count = input.readCount(LEAST);
        size = 0;
        owners = 0;
        if (entries.length > WIDTH * FIRST) {
            entries = new long[0];
        }
        StreamId before = null;
        for (long i = 0; i < count; i++) {
            if ((size + 1) * WIDTH > entries.length) {
                entries = Arrays.copyOf(entries, Math.multiplyExact(WIDTH, Math.max(FIRST, 2 * size)));
            }
            StreamId id = new StreamId(input.readBigEndian(), input.readBigEndian());
            if (before != null && id.compareTo(before) <= 0) {
                throw StreamReader.damaged("has pending entries out of order");
            }
            before = id;
            int at = WIDTH * size++;
            entries[at] = id.milliseconds();
            entries[at + 1] = id.sequence();
            entries[at + 2] = input.readLong();
            entries[at + 3] = input.readLength();
        }
        owned = new boolean[size];
    }

    /** Gives an entry to a consumer; @return false when it is not there or somebody has it */
    boolean own(StreamId id) {
        int low = 0;
        int high = size - 1;
        while (low <= high) {
            found = low + high >>> 1;
            int order = new StreamId(entries[WIDTH * found], entries[WIDTH * found + 1]).compareTo(id);
            if (order == 0) {
                if (owned[found]) {
                    return false;
                }
                owned[found] = true;
                owners++;
                return true;
            }
            if (order < 0) {
                low = found + 1;
            } else {
                high = found - 1;
            }
        }
        return false;
    }

    /** When the entry that was given last was delivered, ms since the epoch. */
    long delivered() {
        return entries[WIDTH * found + 2];
    }

    /** How often it was. */
    long deliveries() {
        return entries[WIDTH * found + 3];
    }

    /** Whether every entry has a consumer. */
    boolean allOwned() {
        return owners == size;
    }
}
