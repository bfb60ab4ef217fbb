package io.releve.commands.admin;

import static io.releve.command.CommandFlag.FAST;
import static io.releve.command.CommandFlag.LOADING;
import static io.releve.command.CommandFlag.SENTINEL;
import static io.releve.command.CommandFlag.STALE;

import io.releve.bytes.Bytes;
import io.releve.command.Call;
import io.releve.command.Command;
import io.releve.command.CommandSet;
import io.releve.command.CommandSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.osgi.service.component.annotations.Component;

/** The server commands: the short ones here, the containers in classes of their own. */
@Component
public final class AdminCommands implements CommandSet {
    static final String GROUP = "server";

    private final List<Command> commands = all();

    @Override
    public String name() {
        return "admin";
    }

    @Override
    public List<Command> commands() {
        return commands;
    }

    private static List<Command> all() {
        List<Command> commands = new ArrayList<>(new SnapshotCommands().commands());
        commands.addAll(List.of(
                Command.of(spec("INFO", -1, "1.0.0").flags(LOADING, STALE, SENTINEL).categories("dangerous")
                        .summary("Tells about the server and its state.").syntax("[section [section ...]]")
                        .changed("7.0.0", "Several sections in one call.")
                        .tips("nondeterministic_output", "request_policy:all_shards", "response_policy:special").build(),
                        AdminCommands::info),
                Command.of(spec("TIME", 1, "2.6.0").flags(LOADING, STALE, FAST)
                        .summary("Answers the server's time: seconds and microseconds.")
                        .tips("nondeterministic_output").build(), AdminCommands::time),
                new Shutdown(), new Monitor(), new Lolwut(), new ConfigCommands().container(),
                new MemoryCommands().container(), new SlowLogCommands().container(), new LatencyCommands().container(),
                new ModuleCommands().container(), new DebugCommands().container(), new CommandCommands().container(),
                new ClusterCommands().container()));
        return commands;
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
}
