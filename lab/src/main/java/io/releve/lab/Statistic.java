package io.releve.lab;

import java.util.Collection;
import java.util.Objects;

/**
 * Of some values.
 *
 * @param count of them; with 0 the others are 0 and mean nothing
 * @param median the middle one, or the mean of the two in the middle
 */
record Statistic(int count, double median, long max) {
    /** @param values null for what was not measured */
    static Statistic of(Collection<Long> values) {
        long[] sorted = values.stream().filter(Objects::nonNull).mapToLong(Long::longValue).sorted().toArray();
        if (sorted.length == 0) {
            return new Statistic(0, 0, 0);
        }
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2.0;
        return new Statistic(sorted.length, median, sorted[sorted.length - 1]);
    }
}
