package io.releve.commands.sets;

import io.releve.command.Call;
import io.releve.command.CommandFlag;
import io.releve.command.KeySpec;
import io.releve.command.KeySpec.Flag;
import io.releve.keyspace.SetValue;

/** SCARD (redis.io/commands/scard). */
final class SCard extends SetCommand {
    SCard() {
        super(facts("SCARD", 2, CommandFlag.READONLY, CommandFlag.FAST)
                .keys(KeySpec.at(1, Flag.RO))
                .summary("Returns the number of members of a set.")
                .syntax("key"));
    }

    @Override
    public void run(Call call) {
        SetValue set = call.readSet(call.arguments().get(1));
        call.reply().integer(set == null ? 0 : set.size());
    }
}
