package io.releve.commands.admin;

import static io.releve.command.CommandFlag.ADMIN;
import static io.releve.command.CommandFlag.LOADING;
import static io.releve.command.CommandFlag.STALE;

import io.releve.bytes.Numbers;
import io.releve.command.Arguments;
import io.releve.command.Call;
import io.releve.command.Command;
import io.releve.command.CommandException;
import io.releve.command.CommandSpec;
import io.releve.command.Help;
import io.releve.command.Reply;
import io.releve.engine.SlowLog;
import java.util.List;
import java.util.function.Consumer;

/** SLOWLOG: requests that took long. */
final class SlowLogCommands {
    private static final long DEFAULT_COUNT = 10;
    private static final CommandException WRONG_COUNT =
            new CommandException("ERR count should be greater than or equal to -1");

    Command container() {
        return Command.container(AdminCommands.spec("SLOWLOG", -2, "2.2.12").complexity("Depends on subcommand.")
                .summary("Commands about requests that took long.").build(), List.of(
                        own(facts("GET", -2).tips("request_policy:all_nodes", "nondeterministic_output")
                                .complexity("O(N) where N is the number of entries returned").syntax("[count:integer]")
                                .changed("4.0.0", "Entries tell address, port and name of the client.")
                                .summary("Answers the newest entries."), SlowLogCommands::get),
                        own(facts("LEN", 2).summary("Answers the number of entries.").tips("request_policy:all_nodes",
                                "response_policy:agg_sum", "nondeterministic_output"),
                                call -> call.reply().integer(log(call).size())),
                        own(facts("RESET", 2).summary("Removes all entries.")
                                .complexity("O(N) where N is the number of entries in the slowlog")
                                .tips("request_policy:all_nodes", "response_policy:all_succeeded"), call -> {
                                    log(call).clear();
                                    call.reply().ok();
                                }),
                        Help.of("SLOWLOG", AdminCommands.GROUP, "6.2.0", null,
                                "GET [<count>]", "    Answer the newest <count> entries (default: 10, -1: all). Each is made of",
                                "    id, time, microseconds, words of the request, address and name of the client.",
                                "LEN", "    Answer the number of entries.",
                                "RESET", "    Remove all entries.")));
    }

    private static CommandSpec.Builder facts(String name, int arity) {
        return AdminCommands.spec("SLOWLOG|" + name, arity, "2.2.12").flags(ADMIN, LOADING, STALE);
    }

    private static Command own(CommandSpec.Builder spec, Consumer<Call> body) {
        return Command.of(spec.build(), body);
    }

    private static SlowLog log(Call call) {
        return call.engine().introspection().slowLog();
    }

    private static void get(Call call) {
        Arguments request = call.arguments();
        if (request.size() > 3) {
            throw new CommandException("ERR unknown subcommand or wrong number of arguments for '"
                    + request.get(1).text() + "'. Try SLOWLOG HELP.");
        }
        long count = DEFAULT_COUNT;
        if (request.size() == 3) {
            if (!Numbers.isInteger(request.get(2)) || Numbers.integer(request.get(2)) < -1) {
                throw WRONG_COUNT;
            }
            count = Numbers.integer(request.get(2));
        }
        List<SlowLog.Entry> entries = log(call).newest(count);
        Reply reply = call.reply();
        reply.array(entries.size());
        for (SlowLog.Entry entry : entries) {
            reply.array(6);
            reply.integer(entry.id());
            reply.integer(entry.time());
            reply.integer(entry.microseconds());
            reply.array(entry.words().size());
            entry.words().forEach(reply::bulk);
            reply.bulk(entry.address());
            reply.bulk(entry.name());
        }
    }
}
