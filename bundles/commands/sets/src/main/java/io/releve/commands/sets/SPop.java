package io.releve.commands.sets;

import io.releve.bytes.Bytes;
import io.releve.command.Arguments;
import io.releve.command.Call;
import io.releve.command.CommandException;
import io.releve.command.CommandFlag;
import io.releve.command.KeyEvent;
import io.releve.command.KeySpec;
import io.releve.command.KeySpec.Flag;
import io.releve.config.Directive;
import io.releve.keyspace.SetValue;

/** SPOP (redis.io/commands/spop). */
final class SPop extends SetCommand {
    /** Members of one effect, as since Redis 7.2: a longer request could be refused elsewhere. */
    private static final int BATCH = 1024;
    private static final Directive<Boolean> UNLINKS = Directive.bool("lazyfree-lazy-server-del", false);

    SPop() {
        super(facts("SPOP", -2, CommandFlag.WRITE, CommandFlag.FAST)
                .keys(KeySpec.at(1, Flag.RW, Flag.ACCESS, Flag.DELETE))
                .complexity("O(N) where N is the number of members returned.")
                .summary("Removes and returns one or several members chosen at random.")
                .syntax("key [count:integer]")
                .changed("3.2.0", "Added the argument `count`.")
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
            one(call, key, call.writeSet(key));
            return;
        }
        long count = arguments.integer(2, 0, CommandException.NOT_POSITIVE);
        SetValue set = call.writeSet(key);
        if (set == null || count == 0) {
            call.reply().set(0);
        } else if (count >= set.size()) {
            all(call, key, set);
        } else {
            several(call, key, set, (int) count);
        }
    }

    private static void one(Call call, Bytes key, SetValue set) {
        if (set == null) {
            call.reply().nil();
            return;
        }
        boolean last = set.size() == 1;
        Bytes member = take(call, set);
        call.effect("SREM", key, member);
        call.changed(key, KeyEvent.SET, "spop");
        if (last) {
            call.event(key, KeyEvent.GENERIC, "del");
        }
    }

    private static void all(Call call, Bytes key, SetValue set) {
        long size = set.size();
        call.reply().set((int) size);
        write(call.reply(), set);
        call.database().remove(key);
        call.effect(call.engine().settings().get(UNLINKS) ? "UNLINK" : "DEL", key);
        call.changed(key, KeyEvent.SET, "spop");
        call.countChanges(size - 1);
        call.event(key, KeyEvent.GENERIC, "del");
    }

    private static void several(Call call, Bytes key, SetValue set, int count) {
        call.reply().set(count);
        for (int left = count; left > 0; left -= BATCH) {
            Object[] effect = new Object[2 + Math.min(left, BATCH)];
            effect[0] = "SREM";
            effect[1] = key;
            for (int i = 2; i < effect.length; i++) {
                effect[i] = take(call, set);
            }
            call.effect(effect);
        }
        call.changed(key, KeyEvent.SET, "spop");
        call.countChanges(count - 1);
    }

    /** Removes a member chosen at random and answers with it. */
    private static Bytes take(Call call, SetValue set) {
        Bytes member = new Bytes();
        set.random(call.random(), member);
        // The view's own bytes are valid only until it is changed.
        member = member.copy();
        call.reply().bulk(member);
        set.remove(member);
        return member;
    }
}
