package io.releve.commands.sortedsets;

import io.releve.command.Arguments;
import io.releve.command.Call;
import io.releve.command.CommandException;
import io.releve.command.CommandFlag;
import io.releve.command.KeySpec;
import io.releve.command.KeySpec.Flag;
import java.util.EnumSet;

/** ZINCRBY (redis.io/commands/zincrby). */
final class ZIncrBy extends SortedSetCommand {
    ZIncrBy() {
        super(facts("ZINCRBY", 4, CommandFlag.WRITE, CommandFlag.DENYOOM, CommandFlag.FAST)
                .keys(KeySpec.at(1, Flag.RW, Flag.ACCESS, Flag.UPDATE))
                .since("1.2.0")
                .complexity("O(log(N)) where N is the number of members.")
                .summary("Adds a number to the score of a member, which begins at 0, and returns the new score.")
                .syntax("key increment:double member"));
    }

    @Override
    public void run(Call call) {
        Arguments arguments = call.arguments();
        double[] increment = {Score.parse(arguments.get(2), CommandException.NOT_FLOAT)};
        new Update(EnumSet.of(Update.Option.INCR)).run(call, arguments.get(1), increment, 3, 1);
    }
}
