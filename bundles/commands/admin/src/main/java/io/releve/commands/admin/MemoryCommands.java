package io.releve.commands.admin;

import static io.releve.command.CommandFlag.READONLY;

import io.releve.bytes.Bytes;
import io.releve.command.Arguments;
import io.releve.command.Call;
import io.releve.command.Command;
import io.releve.command.CommandException;
import io.releve.command.CommandSpec;
import io.releve.command.Help;
import io.releve.command.KeySpec;
import io.releve.keyspace.Value;
import java.util.List;
import java.util.function.Consumer;

/** MEMORY: what keys and the server occupy. */
final class MemoryCommands {
    Command container() {
        return Command.container(AdminCommands.spec("MEMORY", -2, "4.0.0").complexity("Depends on subcommand.")
                .summary("Commands about memory.").build(), List.of(
                        Command.of(AdminCommands.spec("MEMORY|USAGE", -3, "4.0.0").flags(READONLY)
                                .complexity("O(N) where N is the number of samples.").keys(KeySpec.at(2, KeySpec.Flag.RO))
                                .syntax("key [SAMPLES count:integer]")
                                .summary("Estimates the memory a key and its value occupy.").build(),
                                MemoryCommands::usage),
                        report("DOCTOR", "Answers what is wrong with the memory, for people.", call ->
                                call.reply().verbatim("txt", Bytes.of(MemoryFigures.of(call).diagnosis()).array())),
                        report("STATS", "Answers what the memory is used for.", call -> MemoryFigures.of(call).write(call)),
                        own(facts("MALLOC-STATS").complexity("Depends on how much memory is allocated, could be slow")
                                .tips("nondeterministic_output", "request_policy:all_shards", "response_policy:special")
                                .summary("Answers what the virtual machine and the keyspace tell of their memory."),
                                call -> call.reply().verbatim("txt", Bytes.of(MemoryFigures.pools(call)).array())),
                        own(facts("PURGE").complexity("Depends on how much memory is allocated, could be slow")
                                .tips("request_policy:all_shards", "response_policy:all_succeeded")
                                .summary("Has the virtual machine collect garbage."), MemoryCommands::purge),
                        Help.of("MEMORY", AdminCommands.GROUP, "4.0.0", null,
                                "DOCTOR", "    Answer what is wrong with the memory.",
                                "MALLOC-STATS", "    Answer what the virtual machine and the keyspace tell of their memory.",
                                "PURGE", "    Have the virtual machine collect garbage.",
                                "STATS", "    Answer what the memory is used for.",
                                "USAGE <key> [SAMPLES <count>]",
                                "    Answer the bytes <key> and its value occupy. The count is exact, so <count> has no",
                                "    influence.")));
    }

    private static CommandSpec.Builder facts(String name) {
        return AdminCommands.spec("MEMORY|" + name, 2, "4.0.0");
    }

    private static Command own(CommandSpec.Builder spec, Consumer<Call> body) {
        return Command.of(spec.build(), body);
    }

    private static Command report(String name, String summary, Consumer<Call> body) {
        return own(facts(name).summary(summary).tips("nondeterministic_output", "request_policy:all_shards",
                "response_policy:special"), body);
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

    /** Only the client that asks waits, as far as the collector of the virtual machine works beside the others. */
    private static void purge(Call call) {
        if (call.outcome() == null) {
            call.offload(() -> {
                System.gc();
                return new byte[0];
            });
        } else {
            call.reply().ok();
        }
    }
}
