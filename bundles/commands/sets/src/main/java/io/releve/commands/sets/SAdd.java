package io.releve.commands.sets;

import io.releve.bytes.Bytes;
import io.releve.command.Arguments;
import io.releve.command.Call;
import io.releve.command.CommandFlag;
import io.releve.command.KeyEvent;
import io.releve.command.KeySpec;
import io.releve.command.KeySpec.Flag;
import io.releve.keyspace.SetValue;
import io.releve.keyspace.Type;

/** SADD (redis.io/commands/sadd). */
final class SAdd extends SetCommand {
    SAdd() {
        super(facts("SADD", -3, CommandFlag.WRITE, CommandFlag.DENYOOM, CommandFlag.FAST)
                .keys(KeySpec.at(1, Flag.RW, Flag.INSERT))
                .complexity("O(N) where N is the number of members to add.")
                .summary("Adds members to a set, which is made if need be, and returns how many of them are new.")
                .syntax("key member [member ...]")
                .changed("2.4.0", "Takes several members."));
    }

    @Override
    public void run(Call call) {
        Arguments arguments = call.arguments();
        Bytes key = arguments.get(1);
        SetValue set = call.writeSet(key);
        if (set == null) {
            set = (SetValue) call.create(key, Type.SET);
        }
        int added = 0;
        int size = arguments.size();
        for (int i = 2; i < size; i++) {
            if (set.add(arguments.get(i))) {
                added++;
            }
        }
        if (added > 0) {
            call.changed(key, KeyEvent.SET, "sadd");
            call.countChanges(added - 1);
        }
        call.reply().integer(added);
    }
}
