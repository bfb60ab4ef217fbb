package io.releve.commands.lists;

import io.releve.bytes.Bytes;
import io.releve.command.Arguments;
import io.releve.command.Call;
import io.releve.command.CommandException;
import io.releve.command.CommandFlag;
import io.releve.command.CommandSpec;
import io.releve.command.KeySpec;
import io.releve.command.KeySpec.Flag;
import io.releve.keyspace.ListValue;
import java.util.Locale;

/** LPOP and RPOP (redis.io/commands/lpop). */
final class Pop extends ListCommand {
    private final End end;
    private final CommandException tooMany;

    private Pop(CommandSpec.Builder facts, End end) {
        super(facts.keys(KeySpec.at(1, Flag.RW, Flag.ACCESS, Flag.DELETE))
                .complexity("O(N) where N is the number of elements returned.")
                .syntax("key [count:integer]")
                .changed("6.2.0", "Added the argument `count`."));
        this.end = end;
        tooMany = new CommandException(
                "ERR wrong number of arguments for '" + end.pop.toLowerCase(Locale.ROOT) + "' command");
    }

    static Pop left() {
        return new Pop(facts("LPOP", -2, CommandFlag.WRITE, CommandFlag.FAST)
                .summary("Removes and returns the first elements of a list."), End.LEFT);
    }

    static Pop right() {
        return new Pop(facts("RPOP", -2, CommandFlag.WRITE, CommandFlag.FAST)
                .summary("Removes and returns the last elements of a list."), End.RIGHT);
    }

    @Override
    public void run(Call call) {
        Arguments arguments = call.arguments();
        if (arguments.size() > 3) {
            throw tooMany;
        }
        boolean counted = arguments.size() == 3;
        long count = counted ? arguments.integer(2, 0, CommandException.NOT_POSITIVE) : 1;
        Bytes key = arguments.get(1);
        ListValue list = call.writeList(key);
        if (counted) {
            several(call, key, list, count);
        } else if (list == null) {
            call.reply().nil();
        } else {
            one(call, key, list, end);
        }
    }

    private void several(Call call, Bytes key, ListValue list, long count) {
        if (list == null) {
            call.reply().nilArray();
            return;
        }
        long taken = Math.min(count, list.length());
        reply(call.reply(), list, end, taken);
        if (taken > 0) {
            remove(call, key, list, end, taken);
        }
    }

    /** Answers with the outermost element of a list and removes it. */
    static void one(Call call, Bytes key, ListValue list, End end) {
        Bytes element = new Bytes();
        list.get(end.position(list), element);
        call.reply().bulk(element);
        remove(call, key, list, end, 1);
    }
}
