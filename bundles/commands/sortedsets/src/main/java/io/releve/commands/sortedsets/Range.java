package io.releve.commands.sortedsets;

import io.releve.command.Arguments;
import io.releve.command.CommandException;
import io.releve.keyspace.SortedSetValue;

/** A range of a sorted set, by rank, by score or by the members' bytes (redis.io/commands/zrange). */
abstract class Range {
    /** What the ends of a range are. */
    enum Kind {
        RANK, SCORE, LEX
    }

    /**
     * Reads a range.
     *
     * @param min position of the argument that gives the lower end (of ranks: the first one in the order wanted)
     * @throws CommandException when it is none
     */
    static Range parse(Kind kind, Arguments arguments, int min, int max, boolean upwards) {
        return switch (kind) {
            case RANK -> {
                long start = arguments.integer(min);
                yield new RankRange(start, arguments.integer(max), upwards);
            }
            case SCORE -> ScoreRange.parse(arguments.get(min), arguments.get(max));
            case LEX -> LexRange.parse(arguments.get(min), arguments.get(max), upwards);
        };
    }

    /** The members in the range. */
    abstract Span in(SortedSetValue set);
}
