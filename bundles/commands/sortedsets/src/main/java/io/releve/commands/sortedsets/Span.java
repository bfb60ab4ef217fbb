package io.releve.commands.sortedsets;

import io.releve.keyspace.SortedSetValue;

/**
 * Neighbouring members of a sorted set.
 *
 * @param from rank of the lowest one
 * @param to rank after the highest one; not above {@code from} when there is none
 */
record Span(long from, long to) {
    static final Span NONE = new Span(0, 0);

    long size() {
        return Math.max(0, to - from);
    }

    /**
     * The members that are left when some are skipped and no more than a number are taken.
     *
     * @param offset how many are skipped; negative: all
     * @param count how many are taken; negative: all
     */
    Span limited(long offset, long count, boolean upwards) {
        if (offset < 0 || offset >= size()) {
            return NONE;
        }
        long left = size() - offset;
        long taken = count < 0 ? left : Math.min(count, left);
        return upwards ? new Span(from + offset, from + offset + taken) : new Span(to - offset - taken, to - offset);
    }

    /** Walks through the members. */
    void visit(SortedSetValue set, boolean upwards, SortedSetValue.ScoreVisitor visitor) {
        long count = size();
        if (count > 0) {
            long[] left = {count};
            set.visit(upwards ? from : to - 1, upwards, (member, score) ->
                    visitor.member(member, score) && --left[0] > 0);
        }
    }
}
