package io.releve.commands.admin;

import static io.releve.command.CommandFlag.ADMIN;
import static io.releve.command.CommandFlag.ALLOW_BUSY;
import static io.releve.command.CommandFlag.FAST;
import static io.releve.command.CommandFlag.LOADING;
import static io.releve.command.CommandFlag.NOSCRIPT;
import static io.releve.command.CommandFlag.NO_MULTI;
import static io.releve.command.CommandFlag.READONLY;
import static io.releve.command.CommandFlag.STALE;

import io.releve.bytes.Bytes;
import io.releve.command.Arguments;
import io.releve.command.Call;
import io.releve.command.Command;
import io.releve.command.CommandException;
import io.releve.command.CommandSet;
import io.releve.command.CommandSpec;
import io.releve.engine.Engine;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.osgi.service.component.annotations.Component;

/** The server commands: the short ones here, the containers in classes of their own. */
@Component
public final class AdminCommands implements CommandSet {
    static final String GROUP = "server";

    private final long loadedAt = System.currentTimeMillis();

    @Override
    public String name() {
        return "admin";
    }

    @Override
    public List<Command> commands() {
        return List.of(
                Command.of(spec("INFO", -1, "1.0.0").flags(LOADING, STALE).categories("dangerous")
                        .summary("Tells about the server and its state.").syntax("[section [section ...]]")
                        .changed("7.0.0", "Several sections in one call.")
                        .tips("nondeterministic_output", "request_policy:all_shards", "response_policy:special").build(),
                        AdminCommands::info),
                Command.of(spec("TIME", 1, "2.6.0").flags(LOADING, STALE, FAST)
                        .summary("Answers the server's time: seconds and microseconds.")
                        .tips("nondeterministic_output").build(), AdminCommands::time),
                Command.of(spec("LASTSAVE", 1, "1.0.0").flags(LOADING, STALE, FAST).categories("admin", "dangerous")
                        .summary("Answers the time of the last snapshot, in seconds since the epoch.")
                        .tips("nondeterministic_output").build(), call -> call.reply().integer(loadedAt / 1000)),
                Command.of(spec("SHUTDOWN", -1, "1.0.0")
                        .flags(ADMIN, NOSCRIPT, LOADING, STALE, NO_MULTI, ALLOW_BUSY)
                        .complexity("O(N) when saving, where N is the total number of keys in all databases")
                        .summary("Stops the server.").syntax("[NOSAVE | SAVE] [NOW] [FORCE] [ABORT]")
                        .changed("7.0.0", "The modifiers NOW, FORCE and ABORT.").build(),
                        AdminCommands::shutdown),
                new Lolwut(), new ConfigCommands().container(), new MemoryCommands().container(),
                new DebugCommands().container(), new CommandCommands().container(), new ClusterCommands().container());
    }

    static CommandSpec.Builder spec(String name, int arity, String since) {
        return CommandSpec.command(name, arity).group(GROUP).since(since).complexity("O(1)");
    }

    private static void info(Call call) {
        List<String> sections = new ArrayList<>();
        for (int i = 1; i < call.arguments().size(); i++) {
            sections.add(call.arguments().get(i).text().toLowerCase(Locale.ROOT));
        }
        call.reply().verbatim("txt", Bytes.of(call.engine().info(sections)).array());
    }

    private static void time(Call call) {
        long micros = call.engine().clock().microseconds();
        call.reply().array(2);
        call.reply().bulkInteger(micros / 1_000_000);
        call.reply().bulkInteger(micros % 1_000_000);
    }

    private static void shutdown(Call call) {
        Arguments request = call.arguments();
        Boolean save = null;
        boolean now = false;
        boolean force = false;
        boolean abort = false;
        for (int i = 1; i < request.size(); i++) {
            if (request.is(i, "NOSAVE") && save == null) {
                save = false;
            } else if (request.is(i, "SAVE") && save == null) {
                save = true;
            } else if (request.is(i, "NOW")) {
                now = true;
            } else if (request.is(i, "FORCE")) {
                force = true;
            } else if (request.is(i, "ABORT")) {
                abort = true;
            } else {
                throw CommandException.SYNTAX;
            }
        }
        if (abort) {
            if (save != null || now || force) {
                throw CommandException.SYNTAX;
            }
            if (!call.engine().abortShutdown()) {
                throw new CommandException("ERR No shutdown in progress.");
            }
            call.reply().ok();
            return;
        }
        call.engine().shutdown(new Engine.ShutdownRequest(save, now, force));
    }
}
