package io.releve.commands.strings;

import io.releve.command.Arguments;
import io.releve.command.Call;
import io.releve.command.CommandException;
import io.releve.command.CommandFlag;
import io.releve.command.KeySpec;
import io.releve.command.KeySpec.Flag;
import io.releve.keyspace.Value;

/** MSET (redis.io/commands/mset). */
final class MSet extends StringCommand {
    MSet() {
        super(facts("MSET", -3, CommandFlag.WRITE, CommandFlag.DENYOOM)
                .keys(KeySpec.range(1, -1, 2, Flag.OW, Flag.UPDATE))
                .since("1.0.1")
                .complexity("O(N) where N is the number of keys.")
                .summary("Sets several keys to strings, all at once.")
                .syntax("key value [key value ...]")
                .tips("request_policy:multi_shard", "response_policy:all_succeeded"));
    }

    @Override
    public void run(Call call) {
        checkPairs(call, "mset");
        storePairs(call);
        call.reply().ok();
    }

    static void checkPairs(Call call, String name) {
        if (call.arguments().size() % 2 == 0) {
            throw new CommandException("ERR wrong number of arguments for '" + name + "' command");
        }
    }

    static void storePairs(Call call) {
        Arguments arguments = call.arguments();
        for (int i = 1; i < arguments.size(); i += 2) {
            store(call, arguments.get(i), arguments.get(i + 1), Value.NEVER);
        }
    }
}
