package io.releve.examples.ratelimit;

import io.releve.command.Call;
import io.releve.command.Command;
import io.releve.command.CommandException;
import io.releve.command.CommandFlag;
import io.releve.command.CommandSpec;
import io.releve.command.KeySpec;
import io.releve.keyspace.StringValue;

/** {@code RATELIMIT.LEFT key limit}: how often more it may be done; counts nothing. */
final class Left implements Command {
    private static final CommandException LIMIT = new CommandException("ERR limit must be positive");

    private final CommandSpec spec = CommandSpec.command("RATELIMIT.LEFT", 3).flags(CommandFlag.READONLY, CommandFlag.FAST)
            .keys(KeySpec.at(1, KeySpec.Flag.RO, KeySpec.Flag.ACCESS)).group("string").since("1.0.0")
            .syntax("key limit:integer").summary("Tells how many uses are left.").build();

    @Override
    public CommandSpec spec() {
        return spec;
    }

    @Override
    public void run(Call call) {
        long limit = call.arguments().integer(2, 1, LIMIT);
        StringValue count = call.readString(call.arguments().get(1));
        call.reply().integer(Math.max(0, limit - (count != null && count.isInteger() ? count.integer() : 0)));
    }
}
