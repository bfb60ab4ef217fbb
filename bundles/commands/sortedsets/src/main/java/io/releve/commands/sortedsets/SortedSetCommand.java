package io.releve.commands.sortedsets;

import io.releve.bytes.Bytes;
import io.releve.command.Call;
import io.releve.command.Command;
import io.releve.command.CommandFlag;
import io.releve.command.CommandSpec;
import io.releve.command.KeyEvent;
import io.releve.command.KeySpec;
import io.releve.command.KeySpec.Flag;
import io.releve.keyspace.SortedSetValue;

/** What the commands on sorted sets have in common. */
abstract class SortedSetCommand implements Command {
    static final String WITH_SCORES = "WITHSCORES";

    private final CommandSpec spec;

    SortedSetCommand(CommandSpec.Builder facts) {
        spec = facts.build();
    }

    static CommandSpec.Builder facts(String name, int arity, CommandFlag... flags) {
        return CommandSpec.command(name, arity).group("sorted-set").categories("sortedset").flags(flags);
    }

    /** The key of a command that reads members or scores. */
    static KeySpec readKey() {
        return KeySpec.at(1, Flag.RO, Flag.ACCESS);
    }

    @Override
    public final CommandSpec spec() {
        return spec;
    }

    /** Removes members from a rank on, at least one, and reports it. */
    static void remove(Call call, Bytes key, SortedSetValue set, Span span, String event) {
        long count = span.size();
        boolean all = count == set.size();
        set.remove(span.from(), count);
        removed(call, key, count, all, event);
    }

    /** Reports that members, at least one, are removed. */
    static void removed(Call call, Bytes key, long count, boolean all, String event) {
        call.changed(key, KeyEvent.SORTED_SET, event);
        call.countChanges(count - 1);
        if (all) {
            call.event(key, KeyEvent.GENERIC, "del");
        }
    }
}
