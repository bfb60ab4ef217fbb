package io.releve.commands.lists;

import io.releve.bytes.Bytes;
import io.releve.command.Arguments;
import io.releve.command.Blocking;
import io.releve.command.Call;
import io.releve.command.CommandException;
import io.releve.command.CommandFlag;
import io.releve.command.CommandSpec;
import io.releve.command.KeySpec;
import io.releve.command.KeySpec.Flag;
import io.releve.keyspace.ListValue;

/** LMPOP and BLMPOP (redis.io/commands/lmpop). */
final class MultiPop extends ListCommand {
    private static final CommandException NO_KEYS = new CommandException("ERR numkeys should be greater than 0");
    private static final CommandException NO_COUNT = new CommandException("ERR count should be greater than 0");

    private final boolean blocking;
    /** Where the number of keys stands. */
    private final int numKeys;

    private MultiPop(CommandSpec.Builder facts, boolean blocking) {
        super(facts.since("7.0.0")
                .complexity("O(N+M) where N is the number of keys and M the number of elements returned."));
        this.blocking = blocking;
        numKeys = blocking ? 2 : 1;
    }

    static MultiPop immediate() {
        return new MultiPop(facts("LMPOP", -4, CommandFlag.WRITE, CommandFlag.MOVABLEKEYS)
                .keys(KeySpec.counted(1, 0, 1, 1, Flag.RW, Flag.ACCESS, Flag.DELETE))
                .summary("Removes and returns elements of the first list that has any.")
                .syntax("numkeys:integer key [key ...] <LEFT | RIGHT> [COUNT count:integer]"), false);
    }

    static MultiPop blocking() {
        return new MultiPop(facts("BLMPOP", -5, CommandFlag.WRITE, CommandFlag.BLOCKING, CommandFlag.MOVABLEKEYS)
                .keys(KeySpec.counted(2, 0, 1, 1, Flag.RW, Flag.ACCESS, Flag.DELETE))
                .summary("Removes and returns elements of the first list that has any, waiting if need be.")
                .syntax("timeout:double numkeys:integer key [key ...] <LEFT | RIGHT> [COUNT count:integer]"), true);
    }

    @Override
    public void run(Call call) {
        Arguments arguments = call.arguments();
        long keys = arguments.integer(numKeys, 1, NO_KEYS);
        int first = numKeys + 1;
        if (keys > arguments.size() - first - 1) {
            throw CommandException.SYNTAX;
        }
        int side = first + (int) keys;
        End end = End.parse(arguments, side);
        long count = count(arguments, side + 1);
        long deadline = blocking ? Blocking.seconds(arguments.get(1), call.now()) : 0;
        boolean served = call.readyKey() != null && pop(call, call.readyKey(), end, count);
        for (int i = first; i < side && !served; i++) {
            served = pop(call, arguments.get(i), end, count);
        }
        if (!served && blocking) {
            BlockingPop.await(call, deadline, first, side);
        } else if (!served) {
            call.reply().nilArray();
        }
    }

    private static long count(Arguments arguments, int from) {
        if (from == arguments.size()) {
            return 1;
        }
        if (!arguments.is(from, "COUNT") || from + 1 == arguments.size()) {
            throw CommandException.SYNTAX;
        }
        long count = arguments.integer(from + 1, 1, NO_COUNT);
        if (from + 2 < arguments.size()) {
            throw CommandException.SYNTAX;
        }
        return count;
    }

    /** Pops from the list under a key, if there is one. */
    private static boolean pop(Call call, Bytes key, End end, long most) {
        ListValue list = call.writeList(key);
        if (list == null) {
            return false;
        }
        long count = Math.min(most, list.length());
        call.reply().array(2);
        call.reply().bulk(key);
        reply(call.reply(), list, end, count);
        remove(call, key, list, end, count);
        call.effect(end.pop, key, count);
        return true;
    }
}
