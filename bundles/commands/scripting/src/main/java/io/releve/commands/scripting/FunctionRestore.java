package io.releve.commands.scripting;

import io.releve.command.Arguments;
import io.releve.command.Call;
import io.releve.command.CommandException;
import io.releve.commands.scripting.lua.Interpreter;
import io.releve.engine.Scripts;
import java.util.List;

/** FUNCTION RESTORE: all libraries of a payload, or none. */
final class FunctionRestore {
    private FunctionRestore() {
    }

    static void run(Interpreter interpreter, Call call) {
        Arguments arguments = call.arguments();
        if (arguments.size() > 4) {
            throw new CommandException("ERR Unknown subcommand or wrong number of arguments for 'restore'. Try FUNCTION HELP.");
        }
        boolean flush = arguments.size() == 4 && arguments.is(3, "FLUSH");
        boolean replace = arguments.size() == 4 && arguments.is(3, "REPLACE");
        if (arguments.size() == 4 && !flush && !replace && !arguments.is(3, "APPEND")) {
            throw new CommandException("ERR Wrong restore policy given, value should be either FLUSH, APPEND or REPLACE.");
        }
        List<byte[]> sources = LibraryPayload.read(arguments.get(2));
        Scripts scripts = call.engine().scripts();
        List<byte[]> before = scripts.libraries();
        try {
            if (flush) {
                scripts.clearLibraries();
            }
            for (byte[] source : sources) {
                interpreter.loadLibrary(scripts, source, replace);
            }
        } catch (CommandException e) {
            scripts.clearLibraries();
            for (byte[] source : before) {
                interpreter.loadLibrary(scripts, source, true);
            }
            throw e;
        }
        FunctionCommands.changed(call);
        call.reply().ok();
    }
}
