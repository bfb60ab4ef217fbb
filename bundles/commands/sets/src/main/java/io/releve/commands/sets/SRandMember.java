package io.releve.commands.sets;

import io.releve.bytes.Bytes;
import io.releve.command.Arguments;
import io.releve.command.Call;
import io.releve.command.CommandException;
import io.releve.command.CommandFlag;
import io.releve.command.Reply;
import io.releve.command.Sample;
import io.releve.keyspace.SetValue;
import java.util.HashSet;
import java.util.Set;

/** SRANDMEMBER (redis.io/commands/srandmember). */
final class SRandMember extends SetCommand {
    /** Choosing fewer members than one in this many, members are drawn until enough different ones are there. */
    private static final int DRAWN = 3;

    SRandMember() {
        super(facts("SRANDMEMBER", -2, CommandFlag.READONLY)
                .keys(readKey())
                .complexity("O(N) where N is the number of members returned.")
                .summary("Returns one or several members chosen at random.")
                .syntax("key [count:integer]")
                .changed("2.6.0", "Added the argument `count`.")
                .tips("nondeterministic_output"));
    }

    @Override
    public void run(Call call) {
        Arguments arguments = call.arguments();
        if (arguments.size() > 3) {
            throw CommandException.SYNTAX;
        }
        Bytes key = arguments.get(1);
        if (arguments.size() == 2) {
            one(call, call.readSet(key));
            return;
        }
        long count = arguments.signedCount(2);
        SetValue set = call.readSet(key);
        if (set == null) {
            call.reply().array(0);
        } else if (count < -Integer.MAX_VALUE) {
            // Nobody can take so long an answer.
            throw CommandException.OUT_OF_RANGE;
        } else if (count < 0) {
            repeated(call, set, (int) -count);
        } else {
            distinct(call, set, Math.min(count, set.size()));
        }
    }

    private static void one(Call call, SetValue set) {
        if (set == null) {
            call.reply().nil();
            return;
        }
        Bytes member = new Bytes();
        set.random(call.random(), member);
        call.reply().bulk(member);
    }

    private static void repeated(Call call, SetValue set, int count) {
        Bytes member = new Bytes();
        call.reply().array(count);
        for (int i = 0; i < count; i++) {
            set.random(call.random(), member);
            call.reply().bulk(member);
        }
    }

    private static void distinct(Call call, SetValue set, long count) {
        Reply reply = call.reply();
        reply.array((int) count);
        if (count == set.size()) {
            write(reply, set);
        } else if (count * DRAWN > set.size()) {
            Sample sample = new Sample(call.random(), count, set.size());
            set.visit(member -> {
                if (sample.next()) {
                    reply.bulk(member);
                }
                return !sample.complete();
            });
        } else {
            Bytes member = new Bytes();
            Set<Bytes> drawn = new HashSet<>();
            while (drawn.size() < count) {
                set.random(call.random(), member);
                if (!drawn.contains(member)) {
                    drawn.add(member.copy());
                    reply.bulk(member);
                }
            }
        }
    }
}
