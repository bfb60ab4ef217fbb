package io.releve.commands.sortedsets;

import io.releve.bytes.Bytes;
import io.releve.command.CommandException;
import io.releve.keyspace.SortedSetValue;

/**
 * A range between two members in byte order (redis.io/commands/zrange, "Lexicographical ranges"). What it holds is
 * documented only where all scores are equal; otherwise it is what Redis finds in a small set, looking at one member
 * after the other.
 */
final class LexRange extends Range {
    private static final CommandException INVALID =
            new CommandException("ERR min or max not valid string range item");

    /** One end. */
    private static final class Bound {
        /** -1 before all members, 1 after all of them, 0 at {@link #member}. */
        private final int beyond;
        private final Bytes member;
        private final boolean exclusive;

        private Bound(int beyond, Bytes member, boolean exclusive) {
            this.beyond = beyond;
            this.member = member;
            this.exclusive = exclusive;
        }

        static Bound parse(Bytes text) {
            int first = text.length() == 0 ? 0 : text.byteAt(0);
            if (text.length() == 1 && (first == '-' || first == '+')) {
                return new Bound(first == '-' ? -1 : 1, null, true);
            }
            if (first != '(' && first != '[') {
                throw INVALID;
            }
            return new Bound(0, new Bytes(text.array(), text.offset() + 1, text.length() - 1), first == '(');
        }

        int compareTo(Bound other) {
            return beyond != 0 || other.beyond != 0 ? Integer.compare(beyond, other.beyond)
                    : member.compareTo(other.member);
        }

        /** Whether a member may follow this lower end. */
        boolean below(Bytes other) {
            int order = beyond != 0 ? beyond : member.compareTo(other);
            return exclusive ? order < 0 : order <= 0;
        }

        /** Whether a member may precede this upper end. */
        boolean above(Bytes other) {
            int order = beyond != 0 ? beyond : member.compareTo(other);
            return exclusive ? order > 0 : order >= 0;
        }

        /** Number of members before this end. */
        long rank(SortedSetValue set, boolean inclusive) {
            return beyond < 0 ? 0 : beyond > 0 ? set.size() : set.rank(member, inclusive);
        }
    }

    private final Bound min;
    private final Bound max;
    private final boolean upwards;

    private LexRange(Bound min, Bound max, boolean upwards) {
        this.min = min;
        this.max = max;
        this.upwards = upwards;
    }

    static LexRange parse(Bytes min, Bytes max, boolean upwards) {
        Bound lower = Bound.parse(min);
        return new LexRange(lower, Bound.parse(max), upwards);
    }

    @Override
    Span in(SortedSetValue set) {
        int order = min.compareTo(max);
        if (order > 0 || order == 0 && (min.exclusive || max.exclusive)) {
            return Span.NONE;
        }
        return equalScores(set) ? new Span(min.rank(set, min.exclusive), max.rank(set, !max.exclusive)) : walk(set);
    }

    private static boolean equalScores(SortedSetValue set) {
        double[] ends = new double[2];
        set.visit(0, true, (member, score) -> {
            ends[0] = score;
            return false;
        });
        set.visit(set.size() - 1, false, (member, score) -> {
            ends[1] = score;
            return false;
        });
        return ends[0] == ends[1];
    }

    /** The first run of members that are not beyond the far end, from the first one that is not before the near end. */
    private Span walk(SortedSetValue set) {
        boolean[] overlaps = {true};
        set.visit(0, true, (member, score) -> {
            overlaps[0] = max.above(member);
            return false;
        });
        set.visit(set.size() - 1, false, (member, score) -> {
            overlaps[0] &= min.below(member);
            return false;
        });
        if (!overlaps[0]) {
            return Span.NONE;
        }
        long[] skippedAndTaken = new long[2];
        set.visit(upwards ? 0 : set.size() - 1, upwards, (member, score) -> {
            boolean near = upwards ? min.below(member) : max.above(member);
            boolean far = upwards ? max.above(member) : min.below(member);
            if (skippedAndTaken[1] == 0 && !near) {
                skippedAndTaken[0]++;
                return true;
            }
            skippedAndTaken[1] += far ? 1 : 0;
            return far;
        });
        long from = upwards ? skippedAndTaken[0] : set.size() - skippedAndTaken[0] - skippedAndTaken[1];
        return new Span(from, from + skippedAndTaken[1]);
    }
}
