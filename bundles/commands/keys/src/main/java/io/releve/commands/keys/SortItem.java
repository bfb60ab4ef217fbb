package io.releve.commands.keys;

import java.util.Arrays;
import java.util.Comparator;

/** An element of what SORT sorts, with what it is sorted by. */
final class SortItem {
    private static final Comparator<byte[]> BYTES = Arrays::compareUnsigned;
    private static final Comparator<SortItem> BY_TEXT =
            Comparator.comparing((SortItem item) -> item.text, Comparator.nullsFirst(BYTES));
    private static final Comparator<SortItem> BY_WEIGHT = (a, b) -> a.weight < b.weight ? -1 : a.weight > b.weight ? 1
            : Arrays.compareUnsigned(a.element, b.element);

    final byte[] element;
    double weight;
    /** Null: there is none, which comes first. */
    byte[] text;

    SortItem(byte[] element) {
        this.element = element;
    }

    /** By weight, elements of the same weight by their bytes; or by text. */
    static void sort(SortItem[] items, boolean alphabetic, boolean descending) {
        if (alphabetic) {
            Arrays.sort(items, descending ? BY_TEXT.reversed() : BY_TEXT);
            return;
        }
        sortByWeight(items);
        if (descending) {
            for (int i = 0, j = items.length - 1; i < j; i++, j--) {
                SortItem other = items[i];
                items[i] = items[j];
                items[j] = other;
            }
        }
    }

    /**
     * Sorts numbers instead of objects: the upper bits of the weights in an order-preserving form, with the index
     * below. What is equal in these bits is compared as a whole afterwards.
     */
    private static void sortByWeight(SortItem[] items) {
        int size = items.length;
        long indexes = size == 0 ? 0 : (Long.highestOneBit(size) << 1) - 1;
        long[] keys = new long[size];
        for (int i = 0; i < size; i++) {
            // the sum makes -0 the 0 that it is equal to
            long bits = Double.doubleToRawLongBits(items[i].weight + 0.0);
            keys[i] = (bits ^ bits >> 63 & Long.MAX_VALUE) & ~indexes | i;
        }
        Arrays.sort(keys);
        SortItem[] sorted = new SortItem[size];
        for (int from = 0; from < size; ) {
            int to = from;
            do {
                sorted[to] = items[(int) (keys[to] & indexes)];
                to++;
            } while (to < size && (keys[to] & ~indexes) == (keys[from] & ~indexes));
            if (to - from > 1) {
                Arrays.sort(sorted, from, to, BY_WEIGHT);
            }
            from = to;
        }
        System.arraycopy(sorted, 0, items, 0, size);
    }
}
