package io.releve.commands.sortedsets;

import io.releve.bytes.Bytes;
import io.releve.command.Arguments;
import io.releve.command.Call;
import io.releve.command.CommandFlag;
import io.releve.command.CommandSpec;
import io.releve.command.KeySpec;
import io.releve.command.KeySpec.Flag;
import io.releve.keyspace.SortedSetValue;
import java.util.Locale;

/** ZREMRANGEBYRANK, ZREMRANGEBYSCORE and ZREMRANGEBYLEX (redis.io/commands/zremrangebyscore). */
final class ZRemRange extends SortedSetCommand {
    private final Range.Kind kind;
    private final String event;

    private ZRemRange(CommandSpec.Builder facts, Range.Kind kind) {
        super(facts.keys(KeySpec.at(1, Flag.RW, Flag.DELETE))
                .complexity("O(log(N)+M) where N is the number of members and M the number of members removed."));
        this.kind = kind;
        event = spec().name().toLowerCase(Locale.ROOT);
    }

    static ZRemRange byRank() {
        return new ZRemRange(facts("ZREMRANGEBYRANK", 4, CommandFlag.WRITE)
                .since("2.0.0")
                .summary("Removes the members whose ranks are in a range.")
                .syntax("key start:integer stop:integer"), Range.Kind.RANK);
    }

    static ZRemRange byScore() {
        return new ZRemRange(facts("ZREMRANGEBYSCORE", 4, CommandFlag.WRITE)
                .since("1.2.0")
                .summary("Removes the members whose scores are in a range.")
                .syntax("key min:double max:double"), Range.Kind.SCORE);
    }

    static ZRemRange byMember() {
        return new ZRemRange(facts("ZREMRANGEBYLEX", 4, CommandFlag.WRITE)
                .since("2.8.9")
                .summary("Removes the members in a range of byte strings; all scores are equal.")
                .syntax("key min max"), Range.Kind.LEX);
    }

    @Override
    public void run(Call call) {
        Arguments arguments = call.arguments();
        Range range = Range.parse(kind, arguments, 2, 3, true);
        Bytes key = arguments.get(1);
        SortedSetValue set = call.writeSortedSet(key);
        Span span = set == null ? Span.NONE : range.in(set);
        if (span.size() > 0) {
            remove(call, key, set, span, event);
        }
        call.reply().integer(span.size());
    }
}
