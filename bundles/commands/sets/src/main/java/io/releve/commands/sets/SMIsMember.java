package io.releve.commands.sets;

import io.releve.command.Arguments;
import io.releve.command.Call;
import io.releve.command.CommandFlag;
import io.releve.keyspace.SetValue;

/** SMISMEMBER (redis.io/commands/smismember). */
final class SMIsMember extends SetCommand {
    SMIsMember() {
        super(facts("SMISMEMBER", -3, CommandFlag.READONLY, CommandFlag.FAST)
                .keys(readKey())
                .since("6.2.0")
                .complexity("O(N) where N is the number of members asked for.")
                .summary("Tells of several things whether they are members of a set.")
                .syntax("key member [member ...]"));
    }

    @Override
    public void run(Call call) {
        Arguments arguments = call.arguments();
        SetValue set = call.readSet(arguments.get(1));
        int size = arguments.size();
        call.reply().array(size - 2);
        for (int i = 2; i < size; i++) {
            call.reply().integer(set != null && set.contains(arguments.get(i)) ? 1 : 0);
        }
    }
}
