package io.releve.commands.lists;

import io.releve.bytes.Bytes;
import io.releve.command.Arguments;
import io.releve.command.Call;
import io.releve.command.CommandException;
import io.releve.command.CommandFlag;
import io.releve.command.KeyEvent;
import io.releve.command.KeySpec;
import io.releve.command.KeySpec.Flag;
import io.releve.keyspace.ListValue;

/** LSET (redis.io/commands/lset). */
final class LSet extends ListCommand {
    private static final CommandException NO_SUCH_INDEX = new CommandException("ERR index out of range");

    LSet() {
        super(facts("LSET", 4, CommandFlag.WRITE, CommandFlag.DENYOOM)
                .keys(KeySpec.at(1, Flag.RW, Flag.UPDATE))
                .complexity("O(log N) where N is the number of elements.")
                .summary("Replaces the element at a position, counted from the end when it is negative.")
                .syntax("key index:integer element"));
    }

    @Override
    public void run(Call call) {
        Arguments arguments = call.arguments();
        Bytes key = arguments.get(1);
        ListValue list = call.writeList(key);
        if (list == null) {
            throw CommandException.NO_SUCH_KEY;
        }
        long index = arguments.integer(2);
        if (index < 0) {
            index += list.length();
        }
        if (index < 0 || index >= list.length()) {
            throw NO_SUCH_INDEX;
        }
        list.set(index, arguments.get(3));
        call.changed(key, KeyEvent.LIST, "lset");
        call.reply().ok();
    }
}
