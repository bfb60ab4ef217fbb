package io.releve.sentinel.service;

import static io.releve.command.CommandFlag.ADMIN;
import static io.releve.command.CommandFlag.ONLY_SENTINEL;

import io.releve.command.Call;
import io.releve.command.Command;
import io.releve.command.CommandException;
import io.releve.command.CommandSet;
import io.releve.command.CommandSpec;
import io.releve.sentinel.core.SentinelConfig;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/** The commands that only a sentinel has: SENTINEL and its subcommands (redis.io, High availability with Sentinel). */
final class SentinelCommands implements CommandSet {
    private static final String GROUP = "sentinel";

    private final SentinelConfig config;
    private final SentinelConfig.Store store;

    SentinelCommands(SentinelConfig config, SentinelConfig.Store store) {
        this.config = config;
        this.store = store;
    }

    @Override
    public String name() {
        return "sentinel";
    }

    @Override
    public List<Command> commands() {
        CommandSpec sentinel = spec("SENTINEL", -2, "2.8.4").complexity("Depends on subcommand.")
                .summary("Commands about watched masters.").build();
        return List.of(Command.container(sentinel, List.of(
                own("MYID", 2, "6.2.0", "Answers the sentinel's id.", call -> call.reply().bulk(config.id)),
                own("FLUSHCONFIG", 2, "2.8.4", "Writes the configuration file.", this::flushConfig),
                SentinelHelp.command(GROUP))));
    }

    /** Facts of a command that exists in sentinels only. */
    static CommandSpec.Builder spec(String name, int arity, String since) {
        return CommandSpec.command(name, arity).group(GROUP).since(since).flags(ADMIN, ONLY_SENTINEL).complexity("O(1)");
    }

    private static Command own(String name, int arity, String since, String summary, Consumer<Call> body) {
        return Command.of(spec("SENTINEL|" + name, arity, since).summary(summary).build(), body);
    }

    /** A disk may take its time: not on the thread that serves clients. */
    private void flushConfig(Call call) {
        if (call.outcome() == null) {
            call.offload(() -> {
                if (!store.save(config)) {
                    throw new IOException("not saved");
                }
                return null;
            });
        } else if (call.outcome().failure() != null) {
            throw new CommandException("ERR Failed to save config file");
        } else {
            call.reply().ok();
        }
    }
}
