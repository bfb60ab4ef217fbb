package io.releve.commands.lists;

import io.releve.bytes.Bytes;
import io.releve.command.Call;
import io.releve.command.CommandFlag;
import io.releve.keyspace.ListValue;

/** LINDEX (redis.io/commands/lindex). */
final class LIndex extends ListCommand {
    LIndex() {
        super(facts("LINDEX", 3, CommandFlag.READONLY)
                .keys(readKey())
                .complexity("O(log N) where N is the number of elements.")
                .summary("Returns the element at a position, counted from the end when it is negative.")
                .syntax("key index:integer"));
    }

    @Override
    public void run(Call call) {
        ListValue list = call.readList(call.arguments().get(1));
        if (list == null) {
            call.reply().nil();
            return;
        }
        long index = call.arguments().integer(2);
        Bytes element = new Bytes();
        if (list.get(index < 0 ? index + list.length() : index, element)) {
            call.reply().bulk(element);
        } else {
            call.reply().nil();
        }
    }
}
