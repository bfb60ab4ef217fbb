package io.releve.commands.sortedsets;

import io.releve.bytes.Bytes;
import io.releve.command.Arguments;
import io.releve.command.Call;
import io.releve.command.CommandException;
import io.releve.command.CommandFlag;
import io.releve.command.Sample;
import io.releve.keyspace.SortedSetValue;
import java.util.HashSet;
import java.util.Set;

/** ZRANDMEMBER (redis.io/commands/zrandmember). */
final class ZRandMember extends SortedSetCommand {
    /** Choosing fewer members than one in this many, members are drawn until enough different ones are there. */
    private static final int DRAWN = 3;

    ZRandMember() {
        super(facts("ZRANDMEMBER", -2, CommandFlag.READONLY)
                .keys(readKey())
                .since("6.2.0")
                .complexity("O(N) where N is the number of members returned.")
                .summary("Returns one or several members chosen at random.")
                .syntax("key [count:integer [WITHSCORES]]")
                .tips("nondeterministic_output"));
    }

    @Override
    public void run(Call call) {
        Arguments arguments = call.arguments();
        Bytes key = arguments.get(1);
        if (arguments.size() == 2) {
            one(call, call.readSortedSet(key));
            return;
        }
        long count = arguments.signedCount(2);
        boolean withScores = arguments.size() > 3;
        if (arguments.size() > 4 || withScores && !arguments.is(3, WITH_SCORES)) {
            throw CommandException.SYNTAX;
        }
        if (withScores && Math.abs(count) > Long.MAX_VALUE / 2) {
            throw CommandException.OUT_OF_RANGE;
        }
        SortedSetValue set = call.readSortedSet(key);
        if (set == null) {
            call.reply().array(0);
            return;
        }
        MemberWriter writer = MemberWriter.of(call.reply(), withScores);
        if (count < 0) {
            // Nobody can take so long an answer.
            if (count < -Integer.MAX_VALUE / 2) {
                throw CommandException.OUT_OF_RANGE;
            }
            repeated(call, set, (int) -count, writer);
        } else {
            distinct(call, set, Math.min(count, set.size()), writer);
        }
    }

    private static void one(Call call, SortedSetValue set) {
        if (set == null) {
            call.reply().nil();
            return;
        }
        Bytes member = new Bytes();
        set.random(call.random(), member);
        call.reply().bulk(member);
    }

    private static void repeated(Call call, SortedSetValue set, int count, MemberWriter writer) {
        Bytes member = new Bytes();
        writer.begin(count);
        for (int i = 0; i < count; i++) {
            double score = set.random(call.random(), member);
            writer.member(member, score);
        }
    }

    private static void distinct(Call call, SortedSetValue set, long count, MemberWriter writer) {
        writer.begin(count);
        if (count * DRAWN > set.size()) {
            Sample sample = new Sample(call.random(), count, set.size());
            set.visit(0, true, (member, score) -> {
                if (sample.next()) {
                    writer.member(member, score);
                }
                return !sample.complete();
            });
        } else {
            Bytes member = new Bytes();
            Set<Bytes> drawn = new HashSet<>();
            while (drawn.size() < count) {
                double score = set.random(call.random(), member);
                if (!drawn.contains(member)) {
                    drawn.add(member.copy());
                    writer.member(member, score);
                }
            }
        }
    }
}
