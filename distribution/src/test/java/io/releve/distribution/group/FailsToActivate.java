package io.releve.distribution.group;

import io.releve.command.Command;
import io.releve.command.CommandSet;
import io.releve.command.CommandSpec;
import java.util.List;

/** A component that fails when it is asked for. */
public final class FailsToActivate implements CommandSet {
    void activate() {
        throw new IllegalStateException("not today");
    }

    @Override
    public String name() {
        return "fails";
    }

    @Override
    public List<Command> commands() {
        return List.of(Command.of(CommandSpec.command("UNBORN", 1).build(), call -> call.reply().ok()));
    }
}
