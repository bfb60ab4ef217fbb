package io.releve.commands.sortedsets;

import io.releve.bytes.Bytes;
import io.releve.command.Arguments;
import io.releve.command.Call;
import io.releve.command.CommandException;
import io.releve.command.CommandFlag;
import io.releve.command.CommandSpec;
import io.releve.command.KeySpec;
import io.releve.command.KeySpec.Flag;
import io.releve.keyspace.SortedSetValue;

/** ZPOPMIN and ZPOPMAX (redis.io/commands/zpopmin). */
final class Pop extends SortedSetCommand {
    private final Extreme end;

    private Pop(CommandSpec.Builder facts, Extreme end) {
        super(facts.keys(KeySpec.at(1, Flag.RW, Flag.ACCESS, Flag.DELETE))
                .since("5.0.0")
                .complexity("O(log(N)*M) where N is the number of members and M the number of members removed.")
                .syntax("key [count:integer]"));
        this.end = end;
    }

    static Pop min() {
        return new Pop(facts("ZPOPMIN", -2, CommandFlag.WRITE, CommandFlag.FAST)
                .summary("Removes and returns the members with the lowest scores."), Extreme.MIN);
    }

    static Pop max() {
        return new Pop(facts("ZPOPMAX", -2, CommandFlag.WRITE, CommandFlag.FAST)
                .summary("Removes and returns the members with the highest scores."), Extreme.MAX);
    }

    @Override
    public void run(Call call) {
        Arguments arguments = call.arguments();
        if (arguments.size() > 3) {
            throw CommandException.SYNTAX;
        }
        boolean counted = arguments.size() == 3;
        long most = counted ? arguments.integer(2, 0, CommandException.NOT_POSITIVE) : 1;
        Bytes key = arguments.get(1);
        SortedSetValue set = call.writeSortedSet(key);
        long count = set == null ? 0 : Math.min(most, set.size());
        if (count == 0) {
            call.reply().array(0);
            return;
        }
        // One member asked for without a count is not put into a pair.
        MemberWriter writer = counted ? MemberWriter.of(call.reply(), true) : MemberWriter.flat(call.reply());
        writer.begin(count);
        end.pop(call, key, set, count, writer);
    }
}
