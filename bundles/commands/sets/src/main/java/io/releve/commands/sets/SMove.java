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

/** SMOVE (redis.io/commands/smove). */
final class SMove extends SetCommand {
    SMove() {
        super(facts("SMOVE", 4, CommandFlag.WRITE, CommandFlag.FAST)
                .keys(KeySpec.at(1, Flag.RW, Flag.ACCESS, Flag.DELETE), KeySpec.at(2, Flag.RW, Flag.INSERT))
                .summary("Moves a member from one set to another.")
                .syntax("source:key destination:key member"));
    }

    @Override
    public void run(Call call) {
        Arguments arguments = call.arguments();
        Bytes from = arguments.get(1);
        Bytes to = arguments.get(2);
        Bytes member = arguments.get(3);
        SetValue source = call.writeSet(from);
        boolean moved = source != null && move(call, from, source, to, member);
        call.reply().integer(moved ? 1 : 0);
    }

    private static boolean move(Call call, Bytes from, SetValue source, Bytes to, Bytes member) {
        if (from.equals(to)) {
            return source.contains(member);
        }
        SetValue target = call.writeSet(to);
        boolean last = source.size() == 1;
        if (!source.remove(member)) {
            return false;
        }
        call.changed(from, KeyEvent.SET, "srem");
        if (last) {
            call.event(from, KeyEvent.GENERIC, "del");
        }
        if (target == null) {
            target = (SetValue) call.create(to, Type.SET);
        }
        if (target.add(member)) {
            call.changed(to, KeyEvent.SET, "sadd");
        }
        return true;
    }
}
