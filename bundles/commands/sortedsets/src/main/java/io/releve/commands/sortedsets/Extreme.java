package io.releve.commands.sortedsets;

import io.releve.bytes.Bytes;
import io.releve.command.Arguments;
import io.releve.command.Call;
import io.releve.command.CommandException;
import io.releve.keyspace.SortedSetValue;

/** One of the two ends of a sorted set. */
enum Extreme {
    MIN("zpopmin", "ZPOPMIN"),
    MAX("zpopmax", "ZPOPMAX");

    /** The event of a set that lost members here. */
    private final String popped;
    /** The command that takes members away here. */
    final String pop;

    Extreme(String popped, String pop) {
        this.popped = popped;
        this.pop = pop;
    }

    /** The end that argument {@code i} names. */
    static Extreme parse(Arguments arguments, int i) {
        if (arguments.is(i, "MIN")) {
            return MIN;
        }
        if (arguments.is(i, "MAX")) {
            return MAX;
        }
        throw CommandException.SYNTAX;
    }

    /** Writes the outermost members, at least one, the outermost one first, and removes them. */
    void pop(Call call, Bytes key, SortedSetValue set, long count, MemberWriter writer) {
        Span span = this == MIN ? new Span(0, count) : new Span(set.size() - count, set.size());
        span.visit(set, this == MIN, writer);
        SortedSetCommand.remove(call, key, set, span, popped);
    }
}
