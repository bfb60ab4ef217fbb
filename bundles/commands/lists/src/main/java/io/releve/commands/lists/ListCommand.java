package io.releve.commands.lists;

import io.releve.bytes.Bytes;
import io.releve.command.Call;
import io.releve.command.Command;
import io.releve.command.CommandFlag;
import io.releve.command.CommandSpec;
import io.releve.command.KeyEvent;
import io.releve.command.KeySpec;
import io.releve.command.KeySpec.Flag;
import io.releve.command.Reply;
import io.releve.keyspace.ListValue;

/** What the list commands have in common. */
abstract class ListCommand implements Command {
    private final CommandSpec spec;

    ListCommand(CommandSpec.Builder facts) {
        spec = facts.build();
    }

    static CommandSpec.Builder facts(String name, int arity, CommandFlag... flags) {
        return CommandSpec.command(name, arity).group("list").categories("list").flags(flags);
    }

    /** The key of a command that reads elements. */
    static KeySpec readKey() {
        return KeySpec.at(1, Flag.RO, Flag.ACCESS);
    }

    @Override
    public final CommandSpec spec() {
        return spec;
    }

    /** The first position of a range that begins at {@code start}, counted from the end when it is negative. */
    static long first(long start, long length) {
        return Math.max(0, start < 0 ? start + length : start);
    }

    /** The last position of a range that ends at {@code stop}, -1 when that lies before the list. */
    static long last(long stop, long length) {
        return Math.max(-1, Math.min(length - 1, stop < 0 ? stop + length : stop));
    }

    /** Answers with the outermost elements, the outermost one first. */
    static void reply(Reply reply, ListValue list, End end, long count) {
        reply(reply, list, end.position(list), end == End.LEFT, count);
    }

    /** Answers with an array of {@code count} elements, which must be there. */
    static void reply(Reply reply, ListValue list, long from, boolean forward, long count) {
        reply.array((int) count);
        if (count > 0) {
            list.visit(from, forward, new ListValue.ElementVisitor() {
                private long left = count;

                @Override
                public boolean element(long index, Bytes element) {
                    reply.bulk(element);
                    return --left > 0;
                }
            });
        }
    }

    /** Removes outermost elements, at least one, and reports it. */
    static void remove(Call call, Bytes key, ListValue list, End end, long count) {
        boolean all = count == list.length();
        list.remove(end.lowest(list, count), count);
        call.changed(key, KeyEvent.LIST, end.popped);
        if (count > 1) {
            call.countChanges(count - 1);
        }
        if (all) {
            call.event(key, KeyEvent.GENERIC, "del");
        }
    }
}
