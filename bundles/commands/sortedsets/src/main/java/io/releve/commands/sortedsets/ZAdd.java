package io.releve.commands.sortedsets;

import io.releve.command.Arguments;
import io.releve.command.Call;
import io.releve.command.CommandException;
import io.releve.command.CommandFlag;
import io.releve.command.KeySpec;
import io.releve.command.KeySpec.Flag;
import java.util.EnumSet;
import java.util.Set;

/** ZADD (redis.io/commands/zadd). */
final class ZAdd extends SortedSetCommand {
    private static final CommandException NX_AND_XX =
            new CommandException("ERR XX and NX options at the same time are not compatible");
    private static final CommandException GT_LT_NX =
            new CommandException("ERR GT, LT, and/or NX options at the same time are not compatible");
    private static final CommandException ONE_INCREMENT =
            new CommandException("ERR INCR option supports a single increment-element pair");
    private static final Update.Option[] OPTIONS = Update.Option.values();

    ZAdd() {
        super(facts("ZADD", -4, CommandFlag.WRITE, CommandFlag.DENYOOM, CommandFlag.FAST)
                .keys(KeySpec.at(1, Flag.RW, Flag.UPDATE))
                .since("1.2.0")
                .complexity("O(log(N)) a member added, where N is the number of members.")
                .summary("Adds members to a sorted set, which is made if need be, or changes their scores.")
                .syntax("key [NX | XX] [GT | LT] [CH] [INCR] score:double member [score:double member ...]")
                .changed("2.4.0", "Takes several members.")
                .changed("3.0.2", "Added the options `XX`, `NX`, `CH` and `INCR`.")
                .changed("6.2.0", "Added the options `GT` and `LT`."));
    }

    @Override
    public void run(Call call) {
        Arguments arguments = call.arguments();
        Set<Update.Option> options = EnumSet.noneOf(Update.Option.class);
        int first = 2;
        for (Update.Option option = option(arguments, first); option != null; option = option(arguments, first)) {
            options.add(option);
            first++;
        }
        int words = arguments.size() - first;
        if (words == 0 || words % 2 != 0) {
            throw CommandException.SYNTAX;
        }
        check(options, words / 2);
        double[] scores = new double[words / 2];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = Score.parse(arguments.get(first + 2 * i), CommandException.NOT_FLOAT);
        }
        new Update(options).run(call, arguments.get(1), scores, first + 1, 2);
    }

    private static Update.Option option(Arguments arguments, int i) {
        if (i < arguments.size()) {
            for (Update.Option option : OPTIONS) {
                if (arguments.is(i, option.name())) {
                    return option;
                }
            }
        }
        return null;
    }

    private static void check(Set<Update.Option> options, int members) {
        boolean onlyNew = options.contains(Update.Option.NX);
        boolean greater = options.contains(Update.Option.GT);
        boolean lower = options.contains(Update.Option.LT);
        if (onlyNew && options.contains(Update.Option.XX)) {
            throw NX_AND_XX;
        }
        if (onlyNew && (greater || lower) || greater && lower) {
            throw GT_LT_NX;
        }
        if (options.contains(Update.Option.INCR) && members > 1) {
            throw ONE_INCREMENT;
        }
    }
}
