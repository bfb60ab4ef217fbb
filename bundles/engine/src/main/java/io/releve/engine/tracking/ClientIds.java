package io.releve.engine.tracking;

import java.util.Arrays;

/** A set of ids of clients, which are greater than 0, in one array. */
final class ClientIds {
    private static final int SMALLEST = 4;

    private long[] slots = new long[SMALLEST];
    private int count;

    /** @return whether it was not there before */
    boolean add(long id) {
        if (2 * (count + 1) > slots.length) {
            grow();
        }
        int at = place(slots, id);
        if (slots[at] == id) {
            return false;
        }
        slots[at] = id;
        count++;
        return true;
    }

    private void grow() {
        long[] larger = new long[2 * slots.length];
        for (long id : slots) {
            if (id != 0) {
                larger[place(larger, id)] = id;
            }
        }
        slots = larger;
    }

    /** Where an id is, or would be. */
    private static int place(long[] slots, long id) {
        int at = (int) (id * 0x9E3779B97F4A7C15L >>> 40) & slots.length - 1;
        while (slots[at] != 0 && slots[at] != id) {
            at = at + 1 & slots.length - 1;
        }
        return at;
    }

    int size() {
        return count;
    }

    /** The ids in rising order: the order in which the clients came. */
    long[] sorted() {
        long[] ids = new long[count];
        int next = 0;
        for (long id : slots) {
            if (id != 0) {
                ids[next++] = id;
            }
        }
        Arrays.sort(ids);
        return ids;
    }
}
