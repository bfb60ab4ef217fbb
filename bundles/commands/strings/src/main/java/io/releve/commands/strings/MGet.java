package io.releve.commands.strings;

import io.releve.command.Arguments;
import io.releve.command.Call;
import io.releve.command.CommandFlag;
import io.releve.command.KeySpec;
import io.releve.command.KeySpec.Flag;
import io.releve.keyspace.StringValue;

/** MGET (redis.io/commands/mget). */
final class MGet extends StringCommand {
    MGet() {
        super(facts("MGET", -2, CommandFlag.READONLY, CommandFlag.FAST)
                .keys(KeySpec.range(1, -1, 1, Flag.RO, Flag.ACCESS))
                .complexity("O(N) where N is the number of keys.")
                .summary("Returns the strings stored under several keys, null for those that hold none.")
                .syntax("key [key ...]")
                .tips("request_policy:multi_shard"));
    }

    @Override
    public void run(Call call) {
        Arguments arguments = call.arguments();
        int size = arguments.size();
        call.reply().array(size - 1);
        for (int i = 1; i < size; i++) {
            Get.reply(call, call.read(arguments.get(i)) instanceof StringValue value ? value : null);
        }
    }
}
