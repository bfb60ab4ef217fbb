package io.releve.commands.admin;

import io.releve.bytes.Bytes;
import io.releve.command.Arguments;
import io.releve.command.Call;
import io.releve.command.CommandException;
import io.releve.config.Directive;
import io.releve.engine.Engine;
import java.util.List;

/**
 * Subcommands of DEBUG by which tests of Redis and of its clients change how the server works. Those about mechanisms that
 * are not there check their arguments and change nothing: what they are to bring about is the case anyway.
 */
final class DebugSwitches {
    static final List<String> HELP = List.of(
            "CHANGE-REPL-ID", "    Go on under a new replication id.",
            "CLIENT-EVICTION", "    Tell the memory of all clients, which maxmemory-clients limits.",
            "PAUSE-CRON <0|1>", "    Stop the periodic work.",
            "QUICKLIST-PACKED-THRESHOLD <size>", "    Has no influence: lists are kept in pages.",
            "REPLYBUFFER <PEAK-RESET-TIME|RESIZING> <value>", "    Has no influence: connections have no buffers of their own.",
            "SET-DISABLE-DENY-SCRIPTS <0|1>", "    Let scripts run what is not for scripts.");

    private static final Directive<Long> PACKED = Directive.memory("quicklist-packed-threshold", 0, 0, Long.MAX_VALUE);
    private static final CommandException WRONG_SIZE =
            new CommandException("ERR argument must be a memory value bigger than 1 and smaller than 4gb");

    private DebugSwitches() {
    }

    /** @return whether it was one of these */
    static boolean run(Call call) {
        Arguments request = call.arguments();
        Engine engine = call.engine();
        int size = request.size();
        if (request.is(1, "CHANGE-REPL-ID") && size == 2) {
            engine.changeReplicationId();
        } else if (request.is(1, "CLIENT-EVICTION") && size == 2) {
            clientEviction(call);
            return true;
        } else if (request.is(1, "PAUSE-CRON") && size == 3) {
            engine.habit(Engine.Habit.PERIODIC_WORK, isZero(request.get(2)));
        } else if (request.is(1, "SET-DISABLE-DENY-SCRIPTS") && size == 3) {
            engine.habit(Engine.Habit.REFUSALS_IN_SCRIPTS, isZero(request.get(2)));
        } else if (request.is(1, "QUICKLIST-PACKED-THRESHOLD") && size == 3) {
            checkSize(request.get(2).text());
        } else if (request.is(1, "REPLYBUFFER") && size == 4 && request.is(2, "RESIZING")) {
            request.get(3);
        } else if (request.is(1, "REPLYBUFFER") && size == 4 && request.is(2, "PEAK-RESET-TIME")) {
            if (!request.is(3, "NEVER") && !request.is(3, "RESET")) {
                request.integer(3);
            }
        } else {
            return false;
        }
        call.reply().ok();
        return true;
    }

    /** What C's atoi makes of a text that is no number. */
    private static boolean isZero(Bytes text) {
        return !text.text().matches("\\s*[+-]?0*[1-9].*");
    }

    private static void checkSize(String text) {
        try {
            long bytes = PACKED.format().parse(List.of(text));
            if (bytes >= 4L << 30) {
                throw WRONG_SIZE;
            }
        } catch (IllegalArgumentException e) {
            throw WRONG_SIZE;
        }
    }

    private static void clientEviction(Call call) {
        String limit = call.engine().settings().find("maxmemory-clients").getOrDefault("maxmemory-clients", "0");
        if (limit.equals("0")) {
            throw new CommandException("ERR maxmemory-clients is disabled.");
        }
        long sum = call.engine().sessions().stream().mapToLong(session -> session.memory()).sum();
        call.reply().verbatim("txt", Bytes.of("All clients: " + sum + " bytes, maxmemory-clients: " + limit + "\n").array());
    }
}
