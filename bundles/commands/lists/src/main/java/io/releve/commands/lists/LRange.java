package io.releve.commands.lists;

import io.releve.command.Arguments;
import io.releve.command.Call;
import io.releve.command.CommandFlag;
import io.releve.keyspace.ListValue;

/** LRANGE (redis.io/commands/lrange). */
final class LRange extends ListCommand {
    LRange() {
        super(facts("LRANGE", 4, CommandFlag.READONLY)
                .keys(readKey())
                .complexity("O(log N+M) where N is the number of elements and M the number of those returned.")
                .summary("Returns the elements between two positions, counted from the end when they are negative.")
                .syntax("key start:integer stop:integer"));
    }

    @Override
    public void run(Call call) {
        Arguments arguments = call.arguments();
        long start = arguments.integer(2);
        long stop = arguments.integer(3);
        ListValue list = call.readList(arguments.get(1));
        if (list == null) {
            call.reply().array(0);
            return;
        }
        long length = list.length();
        start = first(start, length);
        stop = last(stop, length);
        reply(call.reply(), list, start, true, Math.max(0, stop - start + 1));
    }
}
