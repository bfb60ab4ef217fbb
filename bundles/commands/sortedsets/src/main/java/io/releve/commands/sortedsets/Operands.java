package io.releve.commands.sortedsets;

import io.releve.command.Arguments;
import io.releve.command.Call;
import io.releve.command.CommandException;
import io.releve.keyspace.SetValue;
import io.releve.keyspace.SortedSetValue;
import io.releve.keyspace.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** The sets that ZUNION, ZINTER, ZDIFF and their kin work on, and the three operations themselves. */
final class Operands {
    private static final CommandException NO_WEIGHT = new CommandException("ERR weight value is not a float");

    /** In the order of the request. */
    private final List<Operand> all;
    private Aggregate aggregate = Aggregate.SUM;

    private Operands(List<Operand> all) {
        this.all = all;
    }

    /**
     * Looks up the keys whose number stands at a position and which follow it.
     *
     * @throws CommandException when there is none, when there are fewer, or when one is neither set nor sorted set
     */
    static Operands read(Call call, int numKeys, String command) {
        Arguments arguments = call.arguments();
        long keys = arguments.integer(numKeys);
        if (keys < 1) {
            throw new CommandException("ERR at least 1 input key is needed for '" + command.toLowerCase(Locale.ROOT)
                    + "' command");
        }
        if (keys > arguments.size() - numKeys - 1) {
            throw CommandException.SYNTAX;
        }
        List<Operand> all = new ArrayList<>((int) keys);
        for (int i = 1; i <= keys; i++) {
            Value value = call.read(arguments.get(numKeys + i));
            if (value != null && !(value instanceof SortedSetValue) && !(value instanceof SetValue)) {
                throw CommandException.WRONG_TYPE;
            }
            all.add(new Operand(arguments.get(numKeys + i), value));
        }
        return new Operands(all);
    }

    int count() {
        return all.size();
    }

    /** Reads as many weights as there are sets. */
    void weights(Arguments arguments, int from) {
        for (int i = 0; i < all.size(); i++) {
            all.get(i).weight(Score.parse(arguments.get(from + i), NO_WEIGHT));
        }
    }

    void aggregate(Aggregate chosen) {
        aggregate = chosen;
    }

    /** Smaller sets first: the order in which scores are added, which clients see in the last digits. */
    private List<Operand> bySize() {
        List<Operand> sorted = new ArrayList<>(all);
        sorted.sort(Comparator.comparingLong(Operand::size));
        return sorted;
    }

    /** Puts the members of all sets into an empty one. */
    void union(SortedSetValue result) {
        for (Operand operand : bySize()) {
            operand.visit((member, score) -> {
                double weighted = Aggregate.orZero(operand.weighted(score));
                double other = result.score(member);
                double sum = Double.isNaN(other) ? weighted : aggregate.of(other, weighted);
                if (sum == 0 && other == 0) {
                    // Equal to the old score, it would not replace it; but its sign may be another.
                    result.put(member, 1);
                }
                result.put(member, sum);
                return true;
            });
        }
    }

    /** Walks through the smallest set and asks the others, smaller ones first. */
    void intersection(SortedSetValue.ScoreVisitor visitor) {
        List<Operand> sorted = bySize();
        Operand smallest = sorted.get(0);
        smallest.visit((member, score) -> {
            double sum = Aggregate.orZero(smallest.weighted(score));
            for (int i = 1; i < sorted.size(); i++) {
                Operand other = sorted.get(i);
                // A view must not be asked while it is walked through.
                double found = other.isSameAs(smallest) ? score : other.score(member);
                if (Double.isNaN(found)) {
                    return true;
                }
                sum = aggregate.of(sum, other.weighted(found));
            }
            return visitor.member(member, sum);
        });
    }

    /** Walks through the first set and asks the others, larger ones first. */
    void difference(SortedSetValue.ScoreVisitor visitor) {
        Operand first = all.get(0);
        List<Operand> others = new ArrayList<>(all.subList(1, all.size()));
        others.sort(Comparator.comparingLong(Operand::size).reversed());
        for (Operand other : others) {
            if (other.isSameAs(first)) {
                return;
            }
        }
        first.visit((member, score) -> {
            for (Operand other : others) {
                if (!Double.isNaN(other.score(member))) {
                    return true;
                }
            }
            return visitor.member(member, score);
        });
    }
}
