package io.releve.commands.strings;

import io.releve.command.Arguments;
import io.releve.command.Call;
import io.releve.command.CommandFlag;
import io.releve.command.KeySpec;
import io.releve.command.KeySpec.Flag;

/** MSETNX (redis.io/commands/msetnx). */
final class MSetNx extends StringCommand {
    MSetNx() {
        super(facts("MSETNX", -3, CommandFlag.WRITE, CommandFlag.DENYOOM)
                .keys(KeySpec.range(1, -1, 2, Flag.OW, Flag.INSERT))
                .since("1.0.1")
                .complexity("O(N) where N is the number of keys.")
                .summary("Sets several keys to strings if none of them is there, all or none.")
                .syntax("key value [key value ...]")
                .tips("request_policy:multi_shard", "response_policy:agg_min"));
    }

    @Override
    public void run(Call call) {
        MSet.checkPairs(call, "msetnx");
        Arguments arguments = call.arguments();
        for (int i = 1; i < arguments.size(); i += 2) {
            if (call.write(arguments.get(i)) != null) {
                call.reply().integer(0);
                return;
            }
        }
        MSet.storePairs(call);
        call.reply().integer(1);
    }
}
