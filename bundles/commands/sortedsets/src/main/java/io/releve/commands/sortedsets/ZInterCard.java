package io.releve.commands.sortedsets;

import io.releve.command.Arguments;
import io.releve.command.Call;
import io.releve.command.CommandException;
import io.releve.command.CommandFlag;
import io.releve.command.KeySpec;
import io.releve.command.KeySpec.Flag;

/** ZINTERCARD (redis.io/commands/zintercard). */
final class ZInterCard extends SortedSetCommand {
    private static final CommandException NEGATIVE_LIMIT = new CommandException("ERR LIMIT can't be negative");

    ZInterCard() {
        super(facts("ZINTERCARD", -3, CommandFlag.READONLY, CommandFlag.MOVABLEKEYS)
                .keys(KeySpec.counted(1, 0, 1, 1, Flag.RO, Flag.ACCESS))
                .since("7.0.0")
                .complexity("O(N*K) where N is the number of members of the smallest set and K the number of sets.")
                .summary("Returns how many members several sets have in common, counting up to a limit.")
                .syntax("numkeys:integer key [key ...] [LIMIT limit:integer]"));
    }

    @Override
    public void run(Call call) {
        Arguments arguments = call.arguments();
        Operands operands = Operands.read(call, 1, spec().name());
        long limit = 0;
        for (int i = 2 + operands.count(); i < arguments.size(); i += 2) {
            if (!arguments.is(i, "LIMIT") || i + 1 == arguments.size()) {
                throw CommandException.SYNTAX;
            }
            limit = arguments.integer(i + 1, 0, NEGATIVE_LIMIT);
        }
        long most = limit == 0 ? Long.MAX_VALUE : limit;
        long[] count = {0};
        operands.intersection((member, score) -> ++count[0] < most);
        call.reply().integer(count[0]);
    }
}
