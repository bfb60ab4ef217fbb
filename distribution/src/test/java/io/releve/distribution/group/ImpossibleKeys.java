package io.releve.distribution.group;

import io.releve.command.Command;
import io.releve.command.CommandSet;
import io.releve.command.CommandSpec;
import io.releve.command.KeySpec;
import java.util.List;

/** A command whose keys would be looked for without an end. */
public final class ImpossibleKeys implements CommandSet {
    @Override
    public String name() {
        return "impossible";
    }

    @Override
    public List<Command> commands() {
        return List.of(Command.of(CommandSpec.command("IMPOSSIBLE", -2).keys(KeySpec.range(1, -1, 0)).build(),
                call -> call.reply().ok()));
    }
}
