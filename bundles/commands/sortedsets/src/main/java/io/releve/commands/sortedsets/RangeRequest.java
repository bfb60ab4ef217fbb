package io.releve.commands.sortedsets;

import io.releve.command.Arguments;
import io.releve.command.CommandException;
import io.releve.keyspace.SortedSetValue;

/** What ZRANGE and its kin ask for: a range, the order, a limit, and whether scores are wanted. */
final class RangeRequest {
    private static final CommandException LIMIT_OF_RANKS = new CommandException(
            "ERR syntax error, LIMIT is only supported in combination with either BYSCORE or BYLEX");
    private static final CommandException SCORES_OF_LEX =
            new CommandException("ERR syntax error, WITHSCORES not supported in combination with BYLEX");

    private Range.Kind kind;
    private Boolean upwards;
    private long offset;
    private long count = -1;
    private boolean withScores;
    private Range range;

    private RangeRequest(Range.Kind kind, Boolean upwards) {
        this.kind = kind;
        this.upwards = upwards;
    }

    /**
     * Reads the ends of the range and the options behind them.
     *
     * @param first position of the first end
     * @param kind what the command's name says about the ends, or null when an option does
     * @param upwards what the command's name says about the order, or null when an option does
     * @param stores whether the members are stored, always with their scores
     */
    static RangeRequest parse(Arguments arguments, int first, Range.Kind kind, Boolean upwards, boolean stores) {
        RangeRequest request = new RangeRequest(kind, upwards);
        for (int i = first + 2; i < arguments.size(); i++) {
            i += request.option(arguments, i, stores);
        }
        request.complete(arguments, first);
        return request;
    }

    /** Reads the option at a position and returns how many words belong to it beyond the first. */
    private int option(Arguments arguments, int i, boolean stores) {
        if (!stores && arguments.is(i, SortedSetCommand.WITH_SCORES)) {
            withScores = true;
        } else if (arguments.is(i, "LIMIT") && i + 2 < arguments.size()) {
            offset = arguments.integer(i + 1);
            count = arguments.integer(i + 2);
            return 2;
        } else if (upwards == null && arguments.is(i, "REV")) {
            upwards = false;
        } else if (kind == null && arguments.is(i, "BYLEX")) {
            kind = Range.Kind.LEX;
        } else if (kind == null && arguments.is(i, "BYSCORE")) {
            kind = Range.Kind.SCORE;
        } else {
            throw CommandException.SYNTAX;
        }
        return 0;
    }

    private void complete(Arguments arguments, int first) {
        if (kind == null) {
            kind = Range.Kind.RANK;
        }
        if (upwards == null) {
            upwards = true;
        }
        if (kind == Range.Kind.RANK && count != -1) {
            throw LIMIT_OF_RANKS;
        }
        if (kind == Range.Kind.LEX && withScores) {
            throw SCORES_OF_LEX;
        }
        // Downwards the higher end of scores and members stands first; ranks count from the highest member then.
        boolean exchanged = !upwards && kind != Range.Kind.RANK;
        range = Range.parse(kind, arguments, exchanged ? first + 1 : first, exchanged ? first : first + 1, upwards);
    }

    /** The members asked for. */
    Span in(SortedSetValue set) {
        Span span = range.in(set);
        return kind == Range.Kind.RANK ? span : span.limited(offset, count, upwards);
    }

    boolean upwards() {
        return upwards;
    }

    boolean withScores() {
        return withScores;
    }
}
