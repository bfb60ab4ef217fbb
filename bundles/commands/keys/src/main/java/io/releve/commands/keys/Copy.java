package io.releve.commands.keys;

import io.releve.bytes.Bytes;
import io.releve.command.Arguments;
import io.releve.command.Call;
import io.releve.command.CommandException;
import io.releve.command.CommandFlag;
import io.releve.command.KeyEvent;
import io.releve.command.KeySpec;
import io.releve.command.KeySpec.Flag;
import io.releve.keyspace.Database;

/** COPY (redis.io/commands/copy). */
final class Copy extends KeyCommand {
    Copy() {
        super(facts("COPY", -3, CommandFlag.WRITE, CommandFlag.DENYOOM)
                .keys(KeySpec.at(1, Flag.RO, Flag.ACCESS), KeySpec.at(2, Flag.OW, Flag.UPDATE))
                .since("6.2.0")
                .complexity("O(N) for collections, where N is the number of elements. O(1) for strings.")
                .summary("Copies a value with its expiry time under another key, in this or another database.")
                .syntax("source:key destination:key [DB destination-db:integer] [REPLACE]"));
    }

    @Override
    public void run(Call call) {
        Arguments arguments = call.arguments();
        Bytes key = arguments.get(1);
        Bytes newKey = arguments.get(2);
        boolean replace = false;
        int index = call.database().index();
        for (int i = 3; i < arguments.size(); i++) {
            if (arguments.is(i, "REPLACE")) {
                replace = true;
            } else if (arguments.is(i, "DB") && i + 1 < arguments.size()) {
                index = databaseIndex(call, ++i);
            } else {
                throw CommandException.SYNTAX;
            }
        }
        boolean sameDatabase = index == call.database().index();
        if (sameDatabase && key.equals(newKey)) {
            throw SAME_OBJECT;
        }
        Database target = sameDatabase ? call.database() : call.engine().database(index);
        if (call.read(key) == null || call.write(target, newKey) != null && !replace) {
            call.reply().integer(0);
            return;
        }
        call.database().copy(key, target, newKey);
        call.event(target, newKey, KeyEvent.NEW, "new");
        call.changed(target, newKey, KeyEvent.GENERIC, "copy_to");
        call.reply().integer(1);
    }
}
