package io.releve.commands.lists;

import io.releve.bytes.Bytes;
import io.releve.command.Arguments;
import io.releve.command.Blocking;
import io.releve.command.Call;
import io.releve.command.CommandFlag;
import io.releve.command.CommandSpec;
import io.releve.command.KeyEvent;
import io.releve.command.KeySpec;
import io.releve.command.KeySpec.Flag;
import io.releve.keyspace.ListValue;
import io.releve.keyspace.Type;
import java.util.List;

/** LMOVE, BLMOVE and their forerunners RPOPLPUSH and BRPOPLPUSH (redis.io/commands/lmove). */
final class Move extends ListCommand {
    /** Whether the request tells the ends; if not, the last element becomes the first. */
    private final boolean given;
    private final boolean blocking;

    private Move(CommandSpec.Builder facts, boolean given, boolean blocking) {
        super(facts.keys(KeySpec.at(1, Flag.RW, Flag.ACCESS, Flag.DELETE), KeySpec.at(2, Flag.RW, Flag.INSERT)));
        this.given = given;
        this.blocking = blocking;
    }

    static Move lMove() {
        return new Move(facts("LMOVE", 5, CommandFlag.WRITE, CommandFlag.DENYOOM)
                .since("6.2.0")
                .summary("Moves an element from an end of a list to an end of another and returns it.")
                .syntax("source:key destination:key <LEFT | RIGHT> <LEFT | RIGHT>"), true, false);
    }

    static Move blMove() {
        return new Move(facts("BLMOVE", 6, CommandFlag.WRITE, CommandFlag.DENYOOM, CommandFlag.BLOCKING)
                .since("6.2.0")
                .summary("Moves an element from an end of a list, for which it waits, to an end of another.")
                .syntax("source:key destination:key <LEFT | RIGHT> <LEFT | RIGHT> timeout:double"), true, true);
    }

    static Move rPopLPush() {
        return new Move(facts("RPOPLPUSH", 3, CommandFlag.WRITE, CommandFlag.DENYOOM)
                .since("1.2.0")
                .summary("Moves the last element of a list before the first of another and returns it.")
                .syntax("source:key destination:key")
                .deprecated("6.2.0", "`LMOVE` with the `RIGHT` and `LEFT` arguments"), false, false);
    }

    static Move brPopLPush() {
        return new Move(facts("BRPOPLPUSH", 4, CommandFlag.WRITE, CommandFlag.DENYOOM, CommandFlag.BLOCKING)
                .since("2.2.0")
                .summary("Moves the last element of a list, for which it waits, before the first of another.")
                .syntax("source:key destination:key timeout:double")
                .changed("6.0.0", "The time-out may have decimals.")
                .deprecated("6.2.0", "`BLMOVE` with the `RIGHT` and `LEFT` arguments"), false, true);
    }

    @Override
    public void run(Call call) {
        Arguments arguments = call.arguments();
        Bytes from = arguments.get(1);
        End taken = given ? End.parse(arguments, 3) : End.RIGHT;
        End put = given ? End.parse(arguments, 4) : End.LEFT;
        long deadline = blocking ? Blocking.seconds(arguments.get(arguments.size() - 1), call.now()) : 0;
        ListValue source = call.writeList(from);
        if (source == null) {
            missing(call, from, deadline);
            return;
        }
        Bytes to = arguments.get(2);
        if (from.equals(to)) {
            rotate(call, from, source, taken, put);
        } else {
            move(call, from, source, to, taken, put);
        }
        // The two keys together count as one change.
        call.countChanges(-1);
        if (blocking && given) {
            call.effect("LMOVE", from, to, arguments.get(3), arguments.get(4));
        } else if (blocking) {
            call.effect("RPOPLPUSH", from, to);
        }
    }

    private void missing(Call call, Bytes from, long deadline) {
        if (!blocking) {
            call.reply().nil();
        } else if (call.timedOut()) {
            call.reply().nilArray();
        } else if (call.mayBlock()) {
            call.block(new Blocking(deadline, List.of(from), Type.LIST));
        } else {
            call.reply().nil();
        }
    }

    private static void move(Call call, Bytes from, ListValue source, Bytes to, End taken, End put) {
        ListValue target = call.writeList(to);
        if (target == null) {
            target = (ListValue) call.create(to, Type.LIST);
        }
        Bytes element = new Bytes();
        source.get(taken.position(source), element);
        put.add(target, element);
        call.reply().bulk(element);
        call.changed(to, KeyEvent.LIST, put.pushed);
        remove(call, from, source, taken, 1);
    }

    private static void rotate(Call call, Bytes key, ListValue list, End taken, End put) {
        Bytes element = new Bytes();
        list.get(taken.position(list), element);
        call.reply().bulk(element);
        if (taken == put) {
            call.changed(key, KeyEvent.LIST, put.pushed);
            call.changed(key, KeyEvent.LIST, taken.popped);
            return;
        }
        // The view's own bytes are valid only until it is changed.
        put.add(list, element.copy());
        call.changed(key, KeyEvent.LIST, put.pushed);
        remove(call, key, list, taken, 1);
    }
}
