package io.releve.commands.sortedsets;

import io.releve.bytes.Bytes;
import io.releve.command.Arguments;
import io.releve.command.Blocking;
import io.releve.command.Call;
import io.releve.command.CommandException;
import io.releve.command.CommandFlag;
import io.releve.command.CommandSpec;
import io.releve.command.KeySpec;
import io.releve.command.KeySpec.Flag;
import io.releve.keyspace.SortedSetValue;

/** ZMPOP and BZMPOP (redis.io/commands/zmpop). */
final class MultiPop extends SortedSetCommand {
    private static final CommandException NO_KEYS = new CommandException("ERR numkeys should be greater than 0");
    private static final CommandException NO_COUNT = new CommandException("ERR count should be greater than 0");

    private final boolean blocking;
    /** Where the number of keys stands. */
    private final int numKeys;

    private MultiPop(CommandSpec.Builder facts, boolean blocking) {
        super(facts.since("7.0.0")
                .complexity("O(K) + O(M*log(N)) where K is the number of keys, N the number of members and M the "
                        + "number of members removed."));
        this.blocking = blocking;
        numKeys = blocking ? 2 : 1;
    }

    static MultiPop immediate() {
        return new MultiPop(facts("ZMPOP", -4, CommandFlag.WRITE, CommandFlag.MOVABLEKEYS)
                .keys(KeySpec.counted(1, 0, 1, 1, Flag.RW, Flag.ACCESS, Flag.DELETE))
                .summary("Removes and returns members of the first sorted set that has any.")
                .syntax("numkeys:integer key [key ...] <MIN | MAX> [COUNT count:integer]"), false);
    }

    static MultiPop blocking() {
        return new MultiPop(facts("BZMPOP", -5, CommandFlag.WRITE, CommandFlag.BLOCKING, CommandFlag.MOVABLEKEYS)
                .keys(KeySpec.counted(2, 0, 1, 1, Flag.RW, Flag.ACCESS, Flag.DELETE))
                .summary("Removes and returns members of the first sorted set that has any, waiting if need be.")
                .syntax("timeout:double numkeys:integer key [key ...] <MIN | MAX> [COUNT count:integer]"), true);
    }

    @Override
    public void run(Call call) {
        Arguments arguments = call.arguments();
        long keys = arguments.integer(numKeys, 1, NO_KEYS);
        int first = numKeys + 1;
        if (keys > arguments.size() - first - 1) {
            throw CommandException.SYNTAX;
        }
        int where = first + (int) keys;
        Extreme end = Extreme.parse(arguments, where);
        long count = count(arguments, where + 1);
        long deadline = blocking ? Blocking.seconds(arguments.get(1), call.now()) : 0;
        boolean served = call.readyKey() != null && pop(call, call.readyKey(), end, count);
        for (int i = first; i < where && !served; i++) {
            served = pop(call, arguments.get(i), end, count);
        }
        if (!served && blocking) {
            BlockingPop.await(call, deadline, first, where);
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

    /** Pops from the sorted set under a key, if there is one. */
    private static boolean pop(Call call, Bytes key, Extreme end, long most) {
        SortedSetValue set = call.writeSortedSet(key);
        if (set == null) {
            return false;
        }
        long count = Math.min(most, set.size());
        call.reply().array(2);
        call.reply().bulk(key);
        MemberWriter writer = MemberWriter.pairs(call.reply());
        writer.begin(count);
        end.pop(call, key, set, count, writer);
        call.effect(end.pop, key, count);
        return true;
    }
}
