package io.releve.commands.sortedsets;

import io.releve.command.Arguments;
import io.releve.command.Call;
import io.releve.command.CommandException;
import io.releve.command.CommandFlag;
import io.releve.command.CommandSpec;
import io.releve.command.KeySpec;
import io.releve.command.KeySpec.Flag;
import io.releve.keyspace.SortedSetValue;
import java.util.Locale;

/** ZINTER, ZUNION, ZDIFF and the same with STORE (redis.io/commands/zinter). */
final class SetOperation extends SortedSetCommand {
    private enum Kind {
        INTER, UNION, DIFF
    }

    private static final String KEYS = "numkeys:integer key [key ...]";
    private static final String OPTIONS =
            " [WEIGHTS weight:integer [weight:integer ...]] [AGGREGATE <SUM | MIN | MAX>]";
    private static final String INTER_COMPLEXITY = "O(N*K)+O(M*log(M)) where N is the number of members of the "
            + "smallest set, K the number of sets and M the number of members of the result.";
    private static final String UNION_COMPLEXITY = "O(N)+O(M*log(M)) where N is the number of members of all sets "
            + "together and M the number of members of the result.";
    private static final String DIFF_COMPLEXITY = "O(N*K)+O(M*log(M)) where N is the number of members of the first "
            + "set, K the number of sets and M the number of members of the result.";

    private final Kind kind;
    private final boolean stores;

    private SetOperation(CommandSpec.Builder facts, Kind kind, boolean stores) {
        super(facts);
        this.kind = kind;
        this.stores = stores;
    }

    static SetOperation inter() {
        return new SetOperation(reading("ZINTER", OPTIONS).complexity(INTER_COMPLEXITY)
                .summary("Returns the members that several sets have in common."), Kind.INTER, false);
    }

    static SetOperation interStore() {
        return new SetOperation(storing("ZINTERSTORE", OPTIONS).since("2.0.0").complexity(INTER_COMPLEXITY)
                .summary("Stores the members that several sets have in common."), Kind.INTER, true);
    }

    static SetOperation union() {
        return new SetOperation(reading("ZUNION", OPTIONS).complexity(UNION_COMPLEXITY)
                .summary("Returns the members of several sets."), Kind.UNION, false);
    }

    static SetOperation unionStore() {
        return new SetOperation(storing("ZUNIONSTORE", OPTIONS).since("2.0.0").complexity(UNION_COMPLEXITY)
                .summary("Stores the members of several sets."), Kind.UNION, true);
    }

    static SetOperation diff() {
        return new SetOperation(reading("ZDIFF", "").complexity(DIFF_COMPLEXITY)
                .summary("Returns the members of a set that are in none of the others."), Kind.DIFF, false);
    }

    static SetOperation diffStore() {
        return new SetOperation(storing("ZDIFFSTORE", "").complexity(DIFF_COMPLEXITY)
                .summary("Stores the members of a set that are in none of the others."), Kind.DIFF, true);
    }

    private static CommandSpec.Builder reading(String name, String options) {
        return facts(name, -3, CommandFlag.READONLY, CommandFlag.MOVABLEKEYS)
                .keys(KeySpec.counted(1, 0, 1, 1, Flag.RO, Flag.ACCESS))
                .since("6.2.0")
                .syntax(KEYS + options + " [WITHSCORES]");
    }

    private static CommandSpec.Builder storing(String name, String options) {
        return facts(name, -4, CommandFlag.WRITE, CommandFlag.DENYOOM, CommandFlag.MOVABLEKEYS)
                .keys(KeySpec.at(1, Flag.OW, Flag.UPDATE), KeySpec.counted(2, 0, 1, 1, Flag.RO, Flag.ACCESS))
                .since("6.2.0")
                .syntax("destination:key " + KEYS + options);
    }

    @Override
    public void run(Call call) {
        Arguments arguments = call.arguments();
        int numKeys = stores ? 2 : 1;
        Operands operands = Operands.read(call, numKeys, spec().name());
        boolean withScores = options(arguments, numKeys + 1 + operands.count(), operands);
        SortedSetValue result = Result.begin(call);
        switch (kind) {
            case INTER -> operands.intersection((member, score) -> result.put(member, score));
            case UNION -> operands.union(result);
            default -> operands.difference((member, score) -> result.put(member, score));
        }
        long size = result.size();
        if (stores) {
            Result.store(call, arguments.get(1), result, spec().name().toLowerCase(Locale.ROOT));
            call.reply().integer(size);
        } else {
            MemberWriter writer = MemberWriter.of(call.reply(), withScores);
            writer.begin(size);
            result.visit(0, true, writer);
        }
    }

    /** Reads the options and returns whether scores are wanted. */
    private boolean options(Arguments arguments, int from, Operands operands) {
        boolean withScores = false;
        int i = from;
        while (i < arguments.size()) {
            int left = arguments.size() - i - 1;
            if (kind != Kind.DIFF && left >= operands.count() && arguments.is(i, "WEIGHTS")) {
                operands.weights(arguments, i + 1);
                i += 1 + operands.count();
            } else if (kind != Kind.DIFF && left >= 1 && arguments.is(i, "AGGREGATE")) {
                operands.aggregate(Aggregate.parse(arguments, i + 1));
                i += 2;
            } else if (!stores && arguments.is(i, WITH_SCORES)) {
                withScores = true;
                i++;
            } else {
                throw CommandException.SYNTAX;
            }
        }
        return withScores;
    }
}
