package io.releve.commands.scripting;

import static io.releve.command.CommandFlag.ALLOW_BUSY;
import static io.releve.command.CommandFlag.NOSCRIPT;
import static io.releve.command.CommandFlag.STALE;

import io.releve.command.Arguments;
import io.releve.command.Call;
import io.releve.command.Command;
import io.releve.command.CommandException;
import io.releve.command.CommandSpec;
import io.releve.command.Help;
import io.releve.commands.scripting.lua.Interpreter;
import java.util.List;
import java.util.Locale;

/** SCRIPT and its subcommands. */
final class ScriptCommands {
    private ScriptCommands() {
    }

    static Command container(Interpreters interpreters) {
        return Command.container(CommandSpec.command("SCRIPT", -2).group("scripting").since("2.6.0")
                .complexity("Depends on subcommand.").summary("A container for Lua scripts management commands.").build(),
                List.of(
                        Command.of(spec("LOAD", 3, "2.6.0").flags(STALE)
                                .complexity("O(N) with N being the length in bytes of the script body.")
                                .summary("Loads a server-side Lua script to the script cache.").syntax("script")
                                .tips("request_policy:all_nodes", "response_policy:all_succeeded").build(),
                                call -> load(interpreters, call)),
                        Command.of(spec("EXISTS", -3, "2.6.0")
                                .complexity("O(N) with N being the number of scripts to check (so checking a single script is"
                                        + " an O(1) operation).")
                                .summary("Determines whether server-side Lua scripts exist in the script cache.")
                                .syntax("sha1 [sha1 ...]").tips("request_policy:all_shards", "response_policy:agg_logical_and")
                                .build(), ScriptCommands::exists),
                        Command.of(spec("FLUSH", -2, "2.6.0")
                                .complexity("O(N) with N being the number of scripts in cache")
                                .summary("Removes all server-side Lua scripts from the script cache.").syntax("[ASYNC | SYNC]")
                                .changed("6.2.0", "Added the `ASYNC` and `SYNC` flushing mode modifiers.")
                                .tips("request_policy:all_nodes", "response_policy:all_succeeded").build(),
                                call -> flush(interpreters, call)),
                        Command.of(spec("KILL", 2, "2.6.0").flags(ALLOW_BUSY)
                                .summary("Terminates a server-side Lua script during execution.")
                                .tips("request_policy:all_shards", "response_policy:one_succeeded").build(),
                                call -> Killing.run(call, false)),
                        Command.of(spec("DEBUG", 3, "3.2.0")
                                .summary("Sets the debug mode of server-side Lua scripts.").syntax("YES | SYNC | NO").build(),
                                ScriptCommands::debug),
                        Help.of("SCRIPT", "scripting", "5.0.0", "scripting",
                                "DEBUG (YES|SYNC|NO)",
                                "    Set the debug mode for subsequent scripts executed.",
                                "EXISTS <sha1> [<sha1> ...]",
                                "    Return information about the existence of the scripts in the script cache.",
                                "FLUSH [ASYNC|SYNC]",
                                "    Flush the Lua scripts cache. Very dangerous on replicas.",
                                "    When called without the optional mode argument, the behavior is determined by the",
                                "    lazyfree-lazy-user-flush configuration directive. Valid modes are:",
                                "    * ASYNC: Asynchronously flush the scripts cache.",
                                "    * SYNC: Synchronously flush the scripts cache.",
                                "KILL",
                                "    Kill the currently executing Lua script.",
                                "LOAD <script>",
                                "    Load a script into the scripts cache without executing it.")));
    }

    private static CommandSpec.Builder spec(String name, int arity, String since) {
        return CommandSpec.command("SCRIPT|" + name, arity).group("scripting").since(since).categories("scripting")
                .flags(NOSCRIPT);
    }

    private static void load(Interpreters interpreters, Call call) {
        byte[] source = call.arguments().get(2).toByteArray();
        String sha = Interpreter.sha(source);
        interpreters.of(call).load(call.engine().scripts(), sha, source);
        call.reply().bulk(sha);
    }

    private static void exists(Call call) {
        Arguments arguments = call.arguments();
        call.reply().array(arguments.size() - 2);
        for (int i = 2; i < arguments.size(); i++) {
            String sha = arguments.get(i).latin1().toLowerCase(Locale.ROOT);
            call.reply().integer(call.engine().scripts().source(sha) == null ? 0 : 1);
        }
    }

    /** Both ways are done at once: nothing that takes long is to be freed. */
    private static void flush(Interpreters interpreters, Call call) {
        Arguments arguments = call.arguments();
        if (arguments.size() > 3 || arguments.size() == 3 && !arguments.is(2, "SYNC") && !arguments.is(2, "ASYNC")) {
            throw new CommandException("ERR SCRIPT FLUSH only support SYNC|ASYNC option");
        }
        call.engine().scripts().flush();
        Interpreter existing = interpreters.existing(call.engine());
        if (existing != null) {
            existing.flush();
        }
        call.reply().ok();
    }

    /** There is no debugger: switching it off is all that can be done. */
    private static void debug(Call call) {
        Arguments arguments = call.arguments();
        if (arguments.is(2, "NO")) {
            call.reply().ok();
        } else if (arguments.is(2, "YES") || arguments.is(2, "SYNC")) {
            throw new CommandException("ERR The debugger for Lua scripts is not supported");
        } else {
            throw new CommandException("ERR Use SCRIPT DEBUG YES/SYNC/NO");
        }
    }
}
