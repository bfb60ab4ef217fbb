package io.releve.commands.keys;

import io.releve.command.Arguments;
import io.releve.command.Call;
import io.releve.command.CommandFlag;
import io.releve.command.KeySpec;
import io.releve.command.KeySpec.Flag;

/** TOUCH (redis.io/commands/touch). */
final class Touch extends KeyCommand {
    Touch() {
        super(facts("TOUCH", -2, CommandFlag.READONLY, CommandFlag.FAST)
                .keys(KeySpec.range(1, -1, 1, Flag.RO))
                .since("3.2.1")
                .complexity("O(N) where N is the number of keys.")
                .summary("Marks keys as used now and counts those that are there.")
                .syntax("key [key ...]")
                .tips("request_policy:multi_shard", "response_policy:agg_sum"));
    }

    @Override
    public void run(Call call) {
        Arguments arguments = call.arguments();
        int found = 0;
        for (int i = 1; i < arguments.size(); i++) {
            if (call.read(arguments.get(i)) != null) {
                found++;
            }
        }
        call.reply().integer(found);
    }
}
