package io.releve.commands.keys;

import io.releve.bytes.Bytes;
import io.releve.command.Arguments;
import io.releve.command.Call;
import io.releve.command.CommandFlag;
import io.releve.command.CommandSpec;
import io.releve.command.KeyEvent;
import io.releve.command.KeySpec;
import io.releve.command.KeySpec.Flag;

/** DEL and UNLINK (redis.io/commands/del): memory is given back apart from the command in either case. */
final class Del extends KeyCommand {
    private Del(CommandSpec.Builder facts) {
        super(facts.keys(KeySpec.range(1, -1, 1, Flag.RM, Flag.DELETE))
                .syntax("key [key ...]")
                .tips("request_policy:multi_shard", "response_policy:agg_sum"));
    }

    static Del del() {
        return new Del(facts("DEL", -2, CommandFlag.WRITE)
                .complexity("O(N) where N is the number of keys.")
                .summary("Deletes keys."));
    }

    static Del unlink() {
        return new Del(facts("UNLINK", -2, CommandFlag.WRITE, CommandFlag.FAST)
                .since("4.0.0")
                .complexity("O(1) for each key; memory is given back later.")
                .summary("Deletes keys at once and gives their memory back later."));
    }

    @Override
    public void run(Call call) {
        Arguments arguments = call.arguments();
        int deleted = 0;
        for (int i = 1; i < arguments.size(); i++) {
            Bytes key = arguments.get(i);
            if (call.write(key) != null) {
                call.database().remove(key);
                call.changed(key, KeyEvent.GENERIC, "del");
                deleted++;
            }
        }
        call.reply().integer(deleted);
    }
}
