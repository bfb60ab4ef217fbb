package io.releve.commands.admin;

import static io.releve.command.CommandFlag.READONLY;

import io.releve.command.Arguments;
import io.releve.command.Call;
import io.releve.command.Command;
import io.releve.command.CommandException;
import io.releve.command.Help;
import io.releve.command.KeySpec;
import io.releve.keyspace.Value;
import java.util.List;

/** MEMORY: what keys and the server occupy. */
final class MemoryCommands {
    Command container() {
        return Command.container(AdminCommands.spec("MEMORY", -2, "4.0.0").complexity("Depends on subcommand.")
                .summary("Commands about memory.").build(), List.of(
                        Command.of(AdminCommands.spec("MEMORY|USAGE", -3, "4.0.0").flags(READONLY)
                                .complexity("O(1)").keys(KeySpec.at(2, KeySpec.Flag.RO)).syntax("key [SAMPLES count:integer]")
                                .summary("Estimates the memory a key and its value occupy.").build(),
                                MemoryCommands::usage),
                        Help.of("MEMORY", AdminCommands.GROUP, "4.0.0", null,
                                "USAGE <key> [SAMPLES <count>]",
                                "    Answer the bytes <key> and its value occupy. The count is exact, so <count> has no",
                                "    influence.")));
    }

    /** The sizes are kept, not sampled: SAMPLES is checked, and changes nothing. */
    private static void usage(Call call) {
        Arguments request = call.arguments();
        for (int i = 3; i < request.size(); i += 2) {
            if (!request.is(i, "SAMPLES") || i + 1 == request.size()) {
                throw CommandException.SYNTAX;
            }
            if (request.integer(i + 1) < 0) {
                throw CommandException.SYNTAX;
            }
        }
        Value value = call.peek(request.get(2));
        if (value == null) {
            call.reply().nil();
        } else {
            call.reply().integer(value.memory());
        }
    }
}
