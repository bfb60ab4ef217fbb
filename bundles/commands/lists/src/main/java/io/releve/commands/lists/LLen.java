package io.releve.commands.lists;

import io.releve.command.Call;
import io.releve.command.CommandFlag;
import io.releve.command.KeySpec;
import io.releve.command.KeySpec.Flag;
import io.releve.keyspace.ListValue;

/** LLEN (redis.io/commands/llen). */
final class LLen extends ListCommand {
    LLen() {
        super(facts("LLEN", 2, CommandFlag.READONLY, CommandFlag.FAST)
                .keys(KeySpec.at(1, Flag.RO))
                .summary("Returns the number of elements of a list.")
                .syntax("key"));
    }

    @Override
    public void run(Call call) {
        ListValue list = call.readList(call.arguments().get(1));
        call.reply().integer(list == null ? 0 : list.length());
    }
}
