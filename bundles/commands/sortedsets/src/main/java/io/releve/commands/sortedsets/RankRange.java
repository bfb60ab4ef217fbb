package io.releve.commands.sortedsets;

import io.releve.keyspace.SortedSetValue;

/** A range between two ranks, both included; negative ones count from the end. */
final class RankRange extends Range {
    private final long start;
    private final long stop;
    private final boolean upwards;

    /** @param upwards whether ranks count from the lowest member, or from the highest */
    RankRange(long start, long stop, boolean upwards) {
        this.start = start;
        this.stop = stop;
        this.upwards = upwards;
    }

    @Override
    Span in(SortedSetValue set) {
        long size = set.size();
        long first = Math.max(0, start < 0 ? start + size : start);
        long last = Math.min(size - 1, stop < 0 ? stop + size : stop);
        if (first > last) {
            return Span.NONE;
        }
        return upwards ? new Span(first, last + 1) : new Span(size - 1 - last, size - first);
    }
}
