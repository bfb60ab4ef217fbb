package io.releve.commands.sets;

import io.releve.bytes.Bytes;
import io.releve.command.Command;
import io.releve.command.CommandFlag;
import io.releve.command.CommandSpec;
import io.releve.command.KeySpec;
import io.releve.command.KeySpec.Flag;
import io.releve.command.Reply;
import io.releve.keyspace.SetValue;

/** What the set commands have in common. */
abstract class SetCommand implements Command {
    private final CommandSpec spec;

    SetCommand(CommandSpec.Builder facts) {
        spec = facts.build();
    }

    static CommandSpec.Builder facts(String name, int arity, CommandFlag... flags) {
        return CommandSpec.command(name, arity).group("set").categories("set").flags(flags);
    }

    /** The key of a command that reads members. */
    static KeySpec readKey() {
        return KeySpec.at(1, Flag.RO, Flag.ACCESS);
    }

    @Override
    public final CommandSpec spec() {
        return spec;
    }

    /** Writes every member. */
    static void write(Reply reply, SetValue set) {
        set.visit(member -> write(reply, member));
    }

    private static boolean write(Reply reply, Bytes member) {
        reply.bulk(member);
        return true;
    }
}
