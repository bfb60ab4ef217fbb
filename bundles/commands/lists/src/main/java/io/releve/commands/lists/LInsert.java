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

/** LINSERT (redis.io/commands/linsert). */
final class LInsert extends ListCommand {
    LInsert() {
        super(facts("LINSERT", 5, CommandFlag.WRITE, CommandFlag.DENYOOM)
                .keys(KeySpec.at(1, Flag.RW, Flag.INSERT))
                .since("2.2.0")
                .complexity("O(N) where N is the number of elements before the pivot.")
                .summary("Inserts an element before or after the first one that equals a pivot.")
                .syntax("key <BEFORE | AFTER> pivot element"));
    }

    @Override
    public void run(Call call) {
        Arguments arguments = call.arguments();
        boolean after = arguments.is(2, "AFTER");
        if (!after && !arguments.is(2, "BEFORE")) {
            throw CommandException.SYNTAX;
        }
        Bytes key = arguments.get(1);
        ListValue list = call.writeList(key);
        if (list == null) {
            call.reply().integer(0);
            return;
        }
        long pivot = find(list, arguments.get(3));
        if (pivot < 0) {
            call.reply().integer(-1);
            return;
        }
        list.insert(after ? pivot + 1 : pivot, arguments.get(4));
        call.changed(key, KeyEvent.LIST, "linsert");
        call.reply().integer(list.length());
    }

    private static long find(ListValue list, Bytes pivot) {
        long[] found = {-1};
        list.visit(0, true, (index, element) -> {
            if (element.equals(pivot)) {
                found[0] = index;
            }
            return found[0] < 0;
        });
        return found[0];
    }
}
