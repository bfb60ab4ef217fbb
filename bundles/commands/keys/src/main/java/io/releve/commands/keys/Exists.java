package io.releve.commands.keys;

import io.releve.command.Arguments;
import io.releve.command.Call;
import io.releve.command.CommandFlag;
import io.releve.command.KeySpec;
import io.releve.command.KeySpec.Flag;

/** EXISTS (redis.io/commands/exists). */
final class Exists extends KeyCommand {
    Exists() {
        super(facts("EXISTS", -2, CommandFlag.READONLY, CommandFlag.FAST)
                .keys(KeySpec.range(1, -1, 1, Flag.RO))
                .complexity("O(N) where N is the number of keys.")
                .summary("Counts the keys that are there; a key given twice counts twice.")
                .syntax("key [key ...]")
                .changed("3.0.3", "Takes several keys.")
                .tips("request_policy:multi_shard", "response_policy:agg_sum"));
    }

    @Override
    public void run(Call call) {
        Arguments arguments = call.arguments();
        int found = 0;
        for (int i = 1; i < arguments.size(); i++) {
            if (call.peek(arguments.get(i)) != null) {
                found++;
            }
        }
        call.reply().integer(found);
    }
}
