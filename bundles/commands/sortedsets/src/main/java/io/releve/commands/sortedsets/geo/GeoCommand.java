package io.releve.commands.sortedsets.geo;

import io.releve.command.Command;
import io.releve.command.CommandFlag;
import io.releve.command.CommandSpec;
import io.releve.command.KeySpec;
import io.releve.command.KeySpec.Flag;

/** What the commands on places have in common. */
abstract class GeoCommand implements Command {
    private final CommandSpec spec;

    GeoCommand(CommandSpec.Builder facts) {
        spec = facts.build();
    }

    static CommandSpec.Builder facts(String name, int arity, CommandFlag... flags) {
        return CommandSpec.command(name, arity).group("geo").categories("geo").flags(flags);
    }

    static KeySpec readKey(int at) {
        return KeySpec.at(at, Flag.RO, Flag.ACCESS);
    }

    @Override
    public final CommandSpec spec() {
        return spec;
    }
}
