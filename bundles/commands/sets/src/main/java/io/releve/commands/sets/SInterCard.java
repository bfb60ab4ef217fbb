package io.releve.commands.sets;

import io.releve.command.Arguments;
import io.releve.command.Call;
import io.releve.command.CommandException;
import io.releve.command.CommandFlag;
import io.releve.command.KeySpec;
import io.releve.command.KeySpec.Flag;

/** SINTERCARD (redis.io/commands/sintercard). */
final class SInterCard extends SetCommand {
    private static final CommandException NO_KEYS = new CommandException("ERR numkeys should be greater than 0");
    private static final CommandException TOO_MANY =
            new CommandException("ERR Number of keys can't be greater than number of args");
    private static final CommandException NEGATIVE_LIMIT = new CommandException("ERR LIMIT can't be negative");

    SInterCard() {
        super(facts("SINTERCARD", -3, CommandFlag.READONLY, CommandFlag.MOVABLEKEYS)
                .keys(KeySpec.counted(1, 0, 1, 1, Flag.RO, Flag.ACCESS))
                .since("7.0.0")
                .complexity("O(N*M) where N is the number of members of the smallest set and M the number of sets.")
                .summary("Returns how many members several sets have in common, counting up to a limit.")
                .syntax("numkeys:integer key [key ...] [LIMIT limit:integer]"));
    }

    @Override
    public void run(Call call) {
        Arguments arguments = call.arguments();
        long keys = arguments.integer(1, 1, NO_KEYS);
        if (keys > arguments.size() - 2) {
            throw TOO_MANY;
        }
        int afterKeys = 2 + (int) keys;
        long limit = 0;
        for (int i = afterKeys; i < arguments.size(); i += 2) {
            if (!arguments.is(i, "LIMIT") || i + 1 == arguments.size()) {
                throw CommandException.SYNTAX;
            }
            limit = arguments.integer(i + 1, 0, NEGATIVE_LIMIT);
        }
        long most = limit == 0 ? Long.MAX_VALUE : limit;
        long[] count = {0};
        Operands.read(call, 2, afterKeys).intersection(member -> ++count[0] < most);
        call.reply().integer(count[0]);
    }
}
