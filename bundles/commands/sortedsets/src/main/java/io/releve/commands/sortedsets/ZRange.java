package io.releve.commands.sortedsets;

import io.releve.command.Call;
import io.releve.command.CommandFlag;
import io.releve.command.CommandSpec;
import io.releve.keyspace.SortedSetValue;

/** ZRANGE and the older commands it replaces (redis.io/commands/zrange). */
final class ZRange extends SortedSetCommand {
    private static final String LIMIT = "[LIMIT offset:integer count:integer]";

    private final Range.Kind kind;
    private final Boolean upwards;

    private ZRange(CommandSpec.Builder facts, Range.Kind kind, Boolean upwards) {
        super(facts.keys(readKey())
                .complexity("O(log(N)+M) where N is the number of members and M the number of members returned."));
        this.kind = kind;
        this.upwards = upwards;
    }

    static ZRange range() {
        return new ZRange(facts("ZRANGE", -4, CommandFlag.READONLY)
                .since("1.2.0")
                .summary("Returns the members in a range of ranks, scores or byte strings.")
                .syntax("key start stop [BYSCORE | BYLEX] [REV] " + LIMIT + " [WITHSCORES]")
                .changed("6.2.0", "Added the options `REV`, `BYSCORE`, `BYLEX` and `LIMIT`."), null, null);
    }

    static ZRange reverse() {
        return new ZRange(facts("ZREVRANGE", -4, CommandFlag.READONLY)
                .since("1.2.0")
                .deprecated("6.2.0", "`ZRANGE` with the `REV` argument")
                .summary("Returns the members in a range of ranks, the highest score first.")
                .syntax("key start:integer stop:integer [WITHSCORES]"), Range.Kind.RANK, false);
    }

    static ZRange byScore() {
        return new ZRange(facts("ZRANGEBYSCORE", -4, CommandFlag.READONLY)
                .since("1.0.5")
                .deprecated("6.2.0", "`ZRANGE` with the `BYSCORE` argument")
                .summary("Returns the members whose scores are in a range.")
                .syntax("key min:double max:double [WITHSCORES] " + LIMIT)
                .changed("2.0.0", "Added the option `WITHSCORES`."), Range.Kind.SCORE, true);
    }

    static ZRange reverseByScore() {
        return new ZRange(facts("ZREVRANGEBYSCORE", -4, CommandFlag.READONLY)
                .since("2.2.0")
                .deprecated("6.2.0", "`ZRANGE` with the `REV` and `BYSCORE` arguments")
                .summary("Returns the members whose scores are in a range, the highest score first.")
                .syntax("key max:double min:double [WITHSCORES] " + LIMIT)
                .changed("2.1.6", "The ends can be excluded."), Range.Kind.SCORE, false);
    }

    static ZRange byMember() {
        return new ZRange(facts("ZRANGEBYLEX", -4, CommandFlag.READONLY)
                .since("2.8.9")
                .deprecated("6.2.0", "`ZRANGE` with the `BYLEX` argument")
                .summary("Returns the members in a range of byte strings; all scores are equal.")
                .syntax("key min max " + LIMIT), Range.Kind.LEX, true);
    }

    static ZRange reverseByMember() {
        return new ZRange(facts("ZREVRANGEBYLEX", -4, CommandFlag.READONLY)
                .since("2.8.9")
                .deprecated("6.2.0", "`ZRANGE` with the `REV` and `BYLEX` arguments")
                .summary("Returns the members in a range of byte strings, the last one first; all scores are equal.")
                .syntax("key max min " + LIMIT), Range.Kind.LEX, false);
    }

    @Override
    public void run(Call call) {
        RangeRequest request = RangeRequest.parse(call.arguments(), 2, kind, upwards, false);
        SortedSetValue set = call.readSortedSet(call.arguments().get(1));
        Span span = set == null ? Span.NONE : request.in(set);
        MemberWriter writer = MemberWriter.of(call.reply(), request.withScores());
        writer.begin(span.size());
        span.visit(set, request.upwards(), writer);
    }
}
