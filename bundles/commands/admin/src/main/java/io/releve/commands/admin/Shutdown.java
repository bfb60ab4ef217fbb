package io.releve.commands.admin;

import static io.releve.command.CommandFlag.ADMIN;
import static io.releve.command.CommandFlag.ALLOW_BUSY;
import static io.releve.command.CommandFlag.LOADING;
import static io.releve.command.CommandFlag.NOSCRIPT;
import static io.releve.command.CommandFlag.NO_MULTI;
import static io.releve.command.CommandFlag.SENTINEL;
import static io.releve.command.CommandFlag.STALE;

import io.releve.command.Arguments;
import io.releve.command.Call;
import io.releve.command.Command;
import io.releve.command.CommandException;
import io.releve.command.CommandSpec;
import io.releve.engine.Engine;
import io.releve.engine.Engine.ShutdownRequest;

/** SHUTDOWN: answers only when it could not be done. */
final class Shutdown implements Command {
    private static final CommandSpec SPEC = AdminCommands.spec("SHUTDOWN", -1, "1.0.0")
            .flags(ADMIN, NOSCRIPT, LOADING, STALE, NO_MULTI, ALLOW_BUSY, SENTINEL)
            .complexity("O(N) when saving, where N is the total number of keys in all databases")
            .summary("Stops the server.").syntax("[NOSAVE | SAVE] [NOW] [FORCE] [ABORT]")
            .changed("7.0.0", "The modifiers NOW, FORCE and ABORT.").build();

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void run(Call call) {
        if (call.outcome() != null) {
            if (call.outcome().failure() != null) {
                throw new CommandException("ERR Errors trying to SHUTDOWN. Check logs.");
            }
            return;
        }
        Arguments words = call.arguments();
        if (words.size() == 2 && words.is(1, "ABORT")) {
            if (!call.engine().abortShutdown()) {
                throw new CommandException("ERR No shutdown in progress.");
            }
            call.reply().ok();
            return;
        }
        ShutdownRequest request = parse(words);
        Engine engine = call.engine();
        call.offload(() -> {
            engine.prepareShutdown(request);
            // here and not when the request is run again: its client may be gone by then
            engine.shutdown(request);
            return null;
        });
    }

    private static ShutdownRequest parse(Arguments words) {
        Boolean save = null;
        boolean now = false;
        boolean force = false;
        for (int i = 1; i < words.size(); i++) {
            if (words.is(i, "NOSAVE") && !Boolean.TRUE.equals(save)) {
                save = false;
            } else if (words.is(i, "SAVE") && !Boolean.FALSE.equals(save)) {
                save = true;
            } else if (words.is(i, "NOW")) {
                now = true;
            } else if (words.is(i, "FORCE")) {
                force = true;
            } else {
                throw CommandException.SYNTAX;
            }
        }
        return new ShutdownRequest(save, now, force);
    }
}
