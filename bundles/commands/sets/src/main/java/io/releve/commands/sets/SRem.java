package io.releve.commands.sets;

import io.releve.bytes.Bytes;
import io.releve.command.Arguments;
import io.releve.command.Call;
import io.releve.command.CommandFlag;
import io.releve.command.KeyEvent;
import io.releve.command.KeySpec;
import io.releve.command.KeySpec.Flag;
import io.releve.keyspace.SetValue;

/** SREM (redis.io/commands/srem). */
final class SRem extends SetCommand {
    SRem() {
        super(facts("SREM", -3, CommandFlag.WRITE, CommandFlag.FAST)
                .keys(KeySpec.at(1, Flag.RW, Flag.DELETE))
                .complexity("O(N) where N is the number of members to remove.")
                .summary("Removes members and returns how many of them were there.")
                .syntax("key member [member ...]")
                .changed("2.4.0", "Takes several members."));
    }

    @Override
    public void run(Call call) {
        Arguments arguments = call.arguments();
        Bytes key = arguments.get(1);
        SetValue set = call.writeSet(key);
        int removed = 0;
        long left = set == null ? 0 : set.size();
        for (int i = 2; i < arguments.size() && left > 0; i++) {
            if (set.remove(arguments.get(i))) {
                removed++;
                left--;
            }
        }
        if (removed > 0) {
            call.changed(key, KeyEvent.SET, "srem");
            call.countChanges(removed - 1);
            if (left == 0) {
                call.event(key, KeyEvent.GENERIC, "del");
            }
        }
        call.reply().integer(removed);
    }
}
