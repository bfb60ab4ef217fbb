package io.releve.commands.sortedsets;

import io.releve.command.Arguments;
import io.releve.command.Call;
import io.releve.command.CommandFlag;
import io.releve.command.CommandSpec;
import io.releve.keyspace.SortedSetValue;

/** ZCOUNT and ZLEXCOUNT (redis.io/commands/zcount). */
final class ZCount extends SortedSetCommand {
    private final Range.Kind kind;

    private ZCount(CommandSpec.Builder facts, Range.Kind kind) {
        super(facts.keys(readKey()).complexity("O(log(N)) where N is the number of members."));
        this.kind = kind;
    }

    static ZCount byScore() {
        return new ZCount(facts("ZCOUNT", 4, CommandFlag.READONLY, CommandFlag.FAST)
                .since("2.0.0")
                .summary("Counts the members whose scores are in a range.")
                .syntax("key min:double max:double"), Range.Kind.SCORE);
    }

    static ZCount byMember() {
        return new ZCount(facts("ZLEXCOUNT", 4, CommandFlag.READONLY, CommandFlag.FAST)
                .since("2.8.9")
                .summary("Counts the members in a range of byte strings; all scores are equal.")
                .syntax("key min max"), Range.Kind.LEX);
    }

    @Override
    public void run(Call call) {
        Arguments arguments = call.arguments();
        Range range = Range.parse(kind, arguments, 2, 3, true);
        SortedSetValue set = call.readSortedSet(arguments.get(1));
        call.reply().integer(set == null ? 0 : range.in(set).size());
    }
}
