package io.releve.commands.lists;

import io.releve.bytes.Bytes;
import io.releve.command.Arguments;
import io.releve.command.Call;
import io.releve.command.CommandFlag;
import io.releve.command.KeyEvent;
import io.releve.command.KeySpec;
import io.releve.command.KeySpec.Flag;
import io.releve.keyspace.ListValue;

/** LTRIM (redis.io/commands/ltrim). */
final class LTrim extends ListCommand {
    LTrim() {
        super(facts("LTRIM", 4, CommandFlag.WRITE)
                .keys(KeySpec.at(1, Flag.RW, Flag.DELETE))
                .complexity("O(N) where N is the number of elements removed.")
                .summary("Removes all elements but those between two positions.")
                .syntax("key start:integer stop:integer"));
    }

    @Override
    public void run(Call call) {
        Arguments arguments = call.arguments();
        long start = arguments.integer(2);
        long stop = arguments.integer(3);
        Bytes key = arguments.get(1);
        ListValue list = call.writeList(key);
        if (list != null) {
            long length = list.length();
            start = first(start, length);
            stop = last(stop, length);
            trim(call, key, list, start, Math.max(0, stop - start + 1));
        }
        call.reply().ok();
    }

    /** Leaves {@code kept} elements from {@code start} on. */
    private static void trim(Call call, Bytes key, ListValue list, long start, long kept) {
        long length = list.length();
        if (kept == 0) {
            list.remove(0, length);
        } else {
            if (start + kept < length) {
                list.remove(start + kept, length - start - kept);
            }
            if (start > 0) {
                list.remove(0, start);
            }
        }
        call.changed(key, KeyEvent.LIST, "ltrim");
        call.countChanges(length - kept - 1);
        if (kept == 0) {
            call.event(key, KeyEvent.GENERIC, "del");
        }
    }
}
