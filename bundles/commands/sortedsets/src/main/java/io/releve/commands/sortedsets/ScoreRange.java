package io.releve.commands.sortedsets;

import io.releve.bytes.Bytes;
import io.releve.command.CommandException;
import io.releve.keyspace.SortedSetValue;

/** A range between two scores, each excluded when it follows a parenthesis. */
final class ScoreRange extends Range {
    private static final CommandException INVALID = new CommandException("ERR min or max is not a float");

    private final double min;
    private final boolean withoutMin;
    private final double max;
    private final boolean withoutMax;

    private ScoreRange(double min, boolean withoutMin, double max, boolean withoutMax) {
        this.min = min;
        this.withoutMin = withoutMin;
        this.max = max;
        this.withoutMax = withoutMax;
    }

    static ScoreRange parse(Bytes min, Bytes max) {
        boolean withoutMin = isExclusive(min);
        boolean withoutMax = isExclusive(max);
        return new ScoreRange(Score.bound(min, withoutMin ? 1 : 0, INVALID), withoutMin,
                Score.bound(max, withoutMax ? 1 : 0, INVALID), withoutMax);
    }

    private static boolean isExclusive(Bytes bound) {
        return bound.length() > 0 && bound.byteAt(0) == '(';
    }

    @Override
    Span in(SortedSetValue set) {
        return new Span(set.rank(min, withoutMin), set.rank(max, !withoutMax));
    }
}
