package io.releve.commands.sets;

import io.releve.command.Call;
import io.releve.command.CommandFlag;
import io.releve.keyspace.SetValue;

/** SMEMBERS (redis.io/commands/smembers). */
final class SMembers extends SetCommand {
    SMembers() {
        super(facts("SMEMBERS", 2, CommandFlag.READONLY)
                .keys(readKey())
                .complexity("O(N) where N is the number of members.")
                .summary("Returns all members of a set.")
                .syntax("key")
                .tips("nondeterministic_output_order"));
    }

    @Override
    public void run(Call call) {
        SetValue set = call.readSet(call.arguments().get(1));
        call.reply().set(set == null ? 0 : (int) set.size());
        if (set != null) {
            write(call.reply(), set);
        }
    }
}
