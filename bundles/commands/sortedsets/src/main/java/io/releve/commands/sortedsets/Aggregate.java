package io.releve.commands.sortedsets;

import io.releve.command.Arguments;
import io.releve.command.CommandException;

/** How the scores of a member of several sets become one. */
enum Aggregate {
    SUM {
        @Override
        double of(double score, double other) {
            // Infinities of both signs give 0, so that every result is a score.
            return orZero(score + other);
        }
    },
    MIN {
        @Override
        double of(double score, double other) {
            return other < score ? other : score;
        }
    },
    MAX {
        @Override
        double of(double score, double other) {
            return other > score ? other : score;
        }
    };

    private static final Aggregate[] ALL = values();

    static Aggregate parse(Arguments arguments, int i) {
        for (Aggregate aggregate : ALL) {
            if (arguments.is(i, aggregate.name())) {
                return aggregate;
            }
        }
        throw CommandException.SYNTAX;
    }

    abstract double of(double score, double other);

    /** What is undefined (an infinite weight of a score 0) counts as 0. */
    static double orZero(double score) {
        return Double.isNaN(score) ? 0 : score;
    }
}
