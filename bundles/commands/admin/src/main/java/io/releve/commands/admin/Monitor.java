package io.releve.commands.admin;

import static io.releve.command.CommandFlag.ADMIN;
import static io.releve.command.CommandFlag.LOADING;
import static io.releve.command.CommandFlag.NOSCRIPT;
import static io.releve.command.CommandFlag.STALE;

import io.releve.command.Call;
import io.releve.command.Command;
import io.releve.command.CommandException;
import io.releve.command.CommandSpec;

/** MONITOR: has the client shown every request; ended by RESET, QUIT or the end of the connection. */
final class Monitor implements Command {
    private static final CommandSpec SPEC = AdminCommands.spec("MONITOR", 1, "1.0.0")
            .flags(ADMIN, NOSCRIPT, LOADING, STALE).complexity("")
            .summary("Shows every request that the server runs.").build();

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void run(Call call) {
        if (!call.mayBlock()) {
            throw new CommandException("ERR MONITOR isn't allowed for DENY BLOCKING client");
        }
        if (call.session().monitoring()) {
            // Redis gives no answer either
            return;
        }
        call.engine().monitor(call.session(), true);
        call.reply().ok();
    }
}
