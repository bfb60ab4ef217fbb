package io.releve.distribution.group;

import io.releve.command.Call;
import io.releve.command.Command;
import io.releve.command.CommandSet;
import io.releve.command.CommandSpec;
import java.util.List;

/** A command of a name that Redis has, one that fails, and one that takes very long. */
public final class FaultyCommands implements CommandSet {
    @Override
    public String name() {
        return "faulty";
    }

    @Override
    public List<Command> commands() {
        return List.of(Command.of(CommandSpec.command("GET", 2).build(), call -> call.reply().simple("not yours")),
                Command.of(CommandSpec.command("FAULTY", 1).build(), call -> {
                    call.reply().array(2);
                    throw new IllegalStateException("on purpose");
                }), Command.of(CommandSpec.command("ENDLESS", 1).build(), FaultyCommands::endless));
    }

    private static void endless(Call call) {
        try {
            Thread.sleep(1200);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        call.reply().ok();
    }
}
