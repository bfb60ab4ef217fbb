package io.releve.distribution.group;

import io.releve.command.Command;
import io.releve.command.CommandFlag;
import io.releve.command.CommandSet;
import io.releve.command.CommandSpec;
import java.util.List;

/** A command group of somebody else: tests make a bundle of this class. */
public final class HelloWorld implements CommandSet {
    @Override
    public String name() {
        return "hello";
    }

    @Override
    public List<Command> commands() {
        return List.of(Command.of(CommandSpec.command("HELLOWORLD", 1).flags(CommandFlag.FAST).group("hello").build(),
                call -> call.reply().simple("Hello, world")));
    }
}
