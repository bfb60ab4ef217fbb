package io.releve.keyspace.chronicle.extent;

import io.releve.keyspace.chronicle.memory.Memory;

/** Copies of the pages of one block, by where they lie in it. Open addressing; so small that growing takes no time to speak of. */
final class CopiedPages {
    private static final int FIRST = 16;
    /** Pages begin at multiples of 16 bytes. */
    private static final int ALIGNMENT_BITS = 4;

    /** A page's place in the block, in units of the alignment, with a bit above; 0 is none. */
    private int[] places = new int[FIRST];
    private long[] copies = new long[FIRST];
    private int count;

    /** The address of a page's copy; 0 when it has none. */
    long find(long page) {
        int place = place(page);
        int slot = slot(place);
        return places[slot] == place ? copies[slot] : 0;
    }

    /** Notes where a copy is; the page had none. */
    void add(long page, long copy) {
        if (2 * count >= places.length) {
            grow();
        }
        put(place(page), copy);
        count++;
    }

    private static int place(long page) {
        return ((int) page & Extents.SIZE - 1) >>> ALIGNMENT_BITS | 1 << Extents.BITS - ALIGNMENT_BITS;
    }

    private int slot(int place) {
        int mask = places.length - 1;
        int slot = place * 0x9E3779B1 >>> Short.SIZE & mask;
        while (places[slot] != 0 && places[slot] != place) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private void put(int place, long copy) {
        int slot = slot(place);
        places[slot] = place;
        copies[slot] = copy;
    }

    private void grow() {
        int[] oldPlaces = places;
        long[] oldCopies = copies;
        places = new int[2 * oldPlaces.length];
        copies = new long[places.length];
        for (int i = 0; i < oldPlaces.length; i++) {
            if (oldPlaces[i] != 0) {
                put(oldPlaces[i], oldCopies[i]);
            }
        }
    }

    /** Gives all copies back; @return how many there were */
    int free() {
        for (int i = 0; i < places.length; i++) {
            if (places[i] != 0) {
                Memory.free(copies[i]);
            }
        }
        return count;
    }
}
