package io.releve.sentinel.command;

import static io.releve.sentinel.command.SentinelCommand.facts;

import io.releve.command.Command;
import io.releve.command.CommandSet;
import io.releve.command.CommandSpec;
import io.releve.config.Settings;
import io.releve.sentinel.core.SentinelConfig;
import io.releve.sentinel.net.RunningSentinel;
import java.util.ArrayList;
import java.util.List;

/** The commands that only a sentinel has: SENTINEL and its subcommands (redis.io, High availability with Sentinel). */
public final class SentinelCommands implements CommandSet {
    private static final String GROUP = "sentinel";

    private final SentinelConfig config;
    private final Settings settings;
    private final RunningSentinel sentinel;

    public SentinelCommands(SentinelConfig config, Settings settings, RunningSentinel sentinel) {
        this.config = config;
        this.settings = settings;
        this.sentinel = sentinel;
    }

    @Override
    public String name() {
        return "sentinel";
    }

    @Override
    public List<Command> commands() {
        List<Command> subcommands = new ArrayList<>();
        subcommands.add(Command.of(facts("MYID", 2, "6.2.0").summary("Answers the sentinel's id.").build(),
                call -> call.reply().bulk(config.id)));
        subcommands.add(new SentinelCommand(facts("FLUSHCONFIG", 2, "2.8.4").summary("Writes the configuration file.").build(), sentinel,
                (of, words) -> Watching.saved(of.sentinel().save())));
        subcommands.addAll(Queries.all(sentinel));
        subcommands.addAll(PeerRequests.subcommands(sentinel));
        subcommands.addAll(Watching.all(sentinel));
        subcommands.addAll(Experiments.all(sentinel));
        subcommands.add(GlobalSettings.command(sentinel, settings));
        subcommands.add(SentinelHelp.command(GROUP));
        CommandSpec spec = SentinelCommand.spec("SENTINEL", -2, "2.8.4").complexity("Depends on subcommand.")
                .summary("Commands about watched masters.").build();
        return List.of(Command.container(spec, subcommands), PeerRequests.publish(sentinel), SentinelInfo.role(sentinel));
    }
}
