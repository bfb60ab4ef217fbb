package io.releve.commands.scripting;

import static io.releve.command.CommandFlag.ALLOW_BUSY;
import static io.releve.command.CommandFlag.DENYOOM;
import static io.releve.command.CommandFlag.NOSCRIPT;
import static io.releve.command.CommandFlag.WRITE;

import io.releve.command.Arguments;
import io.releve.command.Call;
import io.releve.command.Command;
import io.releve.command.CommandException;
import io.releve.command.CommandFlag;
import io.releve.command.CommandSpec;
import io.releve.command.Help;
import io.releve.commands.scripting.lua.FunctionLibraries;
import io.releve.engine.Script;
import io.releve.engine.Scripts;
import java.util.List;

/** FUNCTION and its subcommands. */
final class FunctionCommands {
    private FunctionCommands() {
    }

    static Command container(Interpreters all) {
        return Command.container(CommandSpec.command("FUNCTION", -2).group("scripting").since("7.0.0")
                .complexity("Depends on subcommand.").summary("A container for function commands.").build(),
                List.of(
                        Command.of(spec("LOAD", -3, NOSCRIPT, WRITE, DENYOOM)
                                .complexity("O(1) (considering compilation time is redundant)")
                                .summary("Creates a library.").syntax("[REPLACE] function-code")
                                .tips("request_policy:all_shards", "response_policy:all_succeeded").build(),
                                call -> load(all, call)),
                        Command.of(spec("DELETE", 3, NOSCRIPT, WRITE).summary("Deletes a library and its functions.")
                                .syntax("library-name").tips("request_policy:all_shards", "response_policy:all_succeeded")
                                .build(), call -> delete(all, call)),
                        Command.of(spec("FLUSH", -2, NOSCRIPT, WRITE)
                                .complexity("O(N) where N is the number of functions deleted")
                                .summary("Deletes all libraries and functions.").syntax("[ASYNC | SYNC]")
                                .tips("request_policy:all_shards", "response_policy:all_succeeded").build(),
                                FunctionCommands::flush),
                        Command.of(spec("LIST", -2, NOSCRIPT).complexity("O(N) where N is the number of functions")
                                .summary("Returns information about all libraries.")
                                .syntax("[LIBRARYNAME library-name-pattern] [WITHCODE]").tips("nondeterministic_output_order")
                                .build(), call -> FunctionListing.list(all.of(call), call)),
                        Command.of(spec("STATS", 2, NOSCRIPT, ALLOW_BUSY)
                                .summary("Returns information about a function during execution.")
                                .tips("nondeterministic_output", "request_policy:all_shards", "response_policy:special").build(),
                                call -> stats(all, call)),
                        Command.of(spec("KILL", 2, NOSCRIPT, ALLOW_BUSY).summary("Terminates a function during execution.")
                                .tips("request_policy:all_shards", "response_policy:one_succeeded").build(),
                                call -> Killing.run(call, true)),
                        Command.of(spec("DUMP", 2, NOSCRIPT).complexity("O(N) where N is the number of functions")
                                .summary("Dumps all libraries into a serialized binary payload.").build(),
                                call -> call.reply().bulk(LibraryPayload.of(call.engine().scripts().libraries()))),
                        Command.of(spec("RESTORE", -3, NOSCRIPT, WRITE, DENYOOM)
                                .complexity("O(N) where N is the number of functions on the payload")
                                .summary("Restores all libraries from a payload.")
                                .syntax("serialized-value [FLUSH | APPEND | REPLACE]")
                                .tips("request_policy:all_shards", "response_policy:all_succeeded").build(),
                                call -> FunctionRestore.run(all.of(call), call)),
                        help()));
    }

    private static CommandSpec.Builder spec(String name, int arity, CommandFlag... flags) {
        return CommandSpec.command("FUNCTION|" + name, arity).group("scripting").since("7.0.0").categories("scripting")
                .flags(flags);
    }

    private static Command help() {
        return Help.of("FUNCTION", "scripting", "7.0.0", "scripting",
                "LOAD [REPLACE] <FUNCTION CODE>",
                "    Create a new library with the given library name and code.",
                "DELETE <LIBRARY NAME>",
                "    Delete the given library.",
                "LIST [LIBRARYNAME PATTERN] [WITHCODE]",
                "    Return general information on all the libraries:",
                "    * Library name",
                "    * The engine used to run the Library",
                "    * Library description",
                "    * Functions list",
                "    * Library code (if WITHCODE is given)",
                "    It also possible to get only function that matches a pattern using LIBRARYNAME argument.",
                "STATS",
                "    Return information about the current function running:",
                "    * Function name",
                "    * Command used to run the function",
                "    * Duration in MS that the function is running",
                "    If no function is running, return nil",
                "    In addition, returns a list of available engines.",
                "KILL",
                "    Kill the current running function.",
                "FLUSH [ASYNC|SYNC]",
                "    Delete all the libraries.",
                "    When called without the optional mode argument, the behavior is determined by the",
                "    lazyfree-lazy-user-flush configuration directive. Valid modes are:",
                "    * ASYNC: Asynchronously flush the libraries.",
                "    * SYNC: Synchronously flush the libraries.",
                "DUMP",
                "    Return a serialized payload representing the current libraries, can be restored using FUNCTION RESTORE command",
                "RESTORE <PAYLOAD> [FLUSH|APPEND|REPLACE]",
                "    Restore the libraries represented by the given payload, it is possible to give a restore policy to",
                "    control how to handle existing libraries (default APPEND):",
                "    * FLUSH: delete all existing libraries.",
                "    * APPEND: appends the restored libraries to the existing libraries. On collision, abort.",
                "    * REPLACE: appends the restored libraries to the existing libraries, On collision, replace the old",
                "      libraries with the new libraries (notice that even on this option there is a chance of failure",
                "      in case of functions name collision with another library).");
    }

    private static void load(Interpreters all, Call call) {
        Arguments arguments = call.arguments();
        int last = arguments.size() - 1;
        boolean replace = false;
        for (int i = 2; i < last; i++) {
            if (!arguments.is(i, "REPLACE")) {
                throw new CommandException("ERR Unknown option given: " + arguments.get(i).latin1());
            }
            replace = true;
        }
        String name = all.of(call).loadLibrary(call.engine().scripts(), arguments.get(last).toByteArray(), replace);
        changed(call);
        call.reply().bulk(name);
    }

    /** It is written as it came, and counts as one change. */
    static void changed(Call call) {
        call.propagate();
        call.countChanges(1);
    }

    private static void delete(Interpreters all, Call call) {
        String name = call.arguments().get(2).latin1();
        Scripts scripts = call.engine().scripts();
        if (!all.of(call).libraries(scripts).all().containsKey(name)) {
            throw new CommandException("ERR Library not found");
        }
        scripts.removeLibrary(name);
        changed(call);
        call.reply().ok();
    }

    private static void flush(Call call) {
        Arguments arguments = call.arguments();
        if (arguments.size() > 3 || arguments.size() == 3 && !arguments.is(2, "SYNC") && !arguments.is(2, "ASYNC")) {
            throw new CommandException("ERR FUNCTION FLUSH only supports SYNC|ASYNC option");
        }
        call.engine().scripts().clearLibraries();
        changed(call);
        call.reply().ok();
    }

    private static void stats(Interpreters all, Call call) {
        Script running = call.engine().scripts().running();
        if (running != null && !running.isFunction()) {
            throw new CommandException(Killing.busy(running));
        }
        call.reply().map(2);
        call.reply().bulk("running_script");
        if (running == null) {
            call.reply().nil();
        } else {
            call.reply().map(3);
            call.reply().bulk("name");
            call.reply().bulk(running.name());
            call.reply().bulk("command");
            call.reply().array(running.request().size());
            running.request().forEach(call.reply()::bulk);
            call.reply().bulk("duration_ms");
            call.reply().integer(running.milliseconds());
        }
        // a script that is busy is in the middle of what would be compiled here
        FunctionLibraries libraries = running == null ? all.of(call).libraries(call.engine().scripts())
                : all.of(call).libraries();
        call.reply().bulk("engines");
        call.reply().map(1);
        call.reply().bulk("LUA");
        call.reply().map(2);
        call.reply().bulk("libraries_count");
        call.reply().integer(libraries.all().size());
        call.reply().bulk("functions_count");
        call.reply().integer(libraries.functions());
    }
}
