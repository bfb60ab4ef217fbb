package io.releve.commands.admin;

import io.releve.command.Arguments;
import io.releve.command.Call;
import io.releve.command.CommandException;
import io.releve.engine.Engine;
import java.util.concurrent.Callable;

/** DEBUG RELOAD and DEBUG LOADAOF: all data is loaded again while clients wait. */
final class DebugReload {
    private static final CommandException OPTIONS =
            new CommandException("ERR DEBUG RELOAD only supports the MERGE, NOFLUSH and NOSAVE options.");
    private static final CommandException IN_TRANSACTION =
            new CommandException("ERR Command not allowed inside a transaction");
    private static final CommandException NO_JOURNAL =
            new CommandException("ERR There is no append-only file to load: appendonly is no");

    private DebugReload() {
    }

    static void reload(Call call) {
        Arguments words = call.arguments();
        boolean clear = true;
        boolean save = true;
        for (int i = 2; i < words.size(); i++) {
            if (words.is(i, "NOFLUSH")) {
                clear = false;
            } else if (words.is(i, "NOSAVE")) {
                save = false;
            } else if (!words.is(i, "MERGE")) {
                // with MERGE or without, a key of the file takes the place of one that is there
                throw OPTIONS;
            }
        }
        Engine engine = call.engine();
        Engine.Reload how = new Engine.Reload(false, save, clear);
        SnapshotCommands.snapshotter(call);
        run(call, () -> {
            engine.reload(how);
            return null;
        });
    }

    static void loadJournal(Call call) {
        Engine engine = call.engine();
        if (engine.journal() == null) {
            throw NO_JOURNAL;
        }
        run(call, () -> {
            engine.reload(new Engine.Reload(true, false, true));
            return null;
        });
    }

    private static void run(Call call, Callable<byte[]> work) {
        if (call.outcome() == null) {
            if (!call.mayBlock()) {
                throw IN_TRANSACTION;
            }
            call.offload(work);
        } else if (call.outcome().failure() != null) {
            throw new CommandException("ERR " + call.outcome().failure().getMessage());
        } else {
            call.reply().ok();
        }
    }
}
