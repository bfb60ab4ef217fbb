package io.releve.commands.keys;

import io.releve.command.Call;
import io.releve.command.CommandFlag;
import io.releve.command.KeySpec;
import io.releve.command.KeySpec.Flag;
import io.releve.keyspace.Value;

/** TYPE (redis.io/commands/type). */
final class Type extends KeyCommand {
    Type() {
        super(facts("TYPE", 2, CommandFlag.READONLY, CommandFlag.FAST)
                .keys(KeySpec.at(1, Flag.RO))
                .summary("Returns the name of the type of the value under a key.")
                .syntax("key"));
    }

    @Override
    public void run(Call call) {
        Value value = call.peek(call.arguments().get(1));
        call.reply().simple(value == null ? "none" : value.type().redisName());
    }
}
