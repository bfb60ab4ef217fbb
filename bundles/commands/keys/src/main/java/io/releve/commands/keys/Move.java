package io.releve.commands.keys;

import io.releve.bytes.Bytes;
import io.releve.command.Call;
import io.releve.command.CommandFlag;
import io.releve.command.KeyEvent;
import io.releve.command.KeySpec;
import io.releve.command.KeySpec.Flag;
import io.releve.keyspace.Database;

/** MOVE (redis.io/commands/move). */
final class Move extends KeyCommand {
    Move() {
        super(facts("MOVE", 3, CommandFlag.WRITE, CommandFlag.FAST)
                .keys(KeySpec.at(1, Flag.RW, Flag.ACCESS, Flag.UPDATE))
                .summary("Moves a key to another database unless that has a key of the same name.")
                .syntax("key db:integer"));
    }

    @Override
    public void run(Call call) {
        Bytes key = call.arguments().get(1);
        int index = databaseIndex(call, 2);
        if (index == call.database().index()) {
            throw SAME_OBJECT;
        }
        Database target = call.engine().database(index);
        if (call.write(key) == null || call.write(target, key) != null) {
            call.reply().integer(0);
            return;
        }
        call.database().move(key, target, key);
        call.event(target, key, KeyEvent.NEW, "new");
        call.changed(key, KeyEvent.GENERIC, "move_from");
        call.changed(target, key, KeyEvent.GENERIC, "move_to");
        call.reply().integer(1);
    }
}
