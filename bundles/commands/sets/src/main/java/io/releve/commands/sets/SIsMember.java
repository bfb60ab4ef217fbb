package io.releve.commands.sets;

import io.releve.command.Arguments;
import io.releve.command.Call;
import io.releve.command.CommandFlag;
import io.releve.command.KeySpec;
import io.releve.command.KeySpec.Flag;
import io.releve.keyspace.SetValue;

/** SISMEMBER (redis.io/commands/sismember). */
final class SIsMember extends SetCommand {
    SIsMember() {
        super(facts("SISMEMBER", 3, CommandFlag.READONLY, CommandFlag.FAST)
                .keys(KeySpec.at(1, Flag.RO))
                .summary("Tells whether something is a member of a set.")
                .syntax("key member"));
    }

    @Override
    public void run(Call call) {
        Arguments arguments = call.arguments();
        SetValue set = call.readSet(arguments.get(1));
        call.reply().integer(set != null && set.contains(arguments.get(2)) ? 1 : 0);
    }
}
