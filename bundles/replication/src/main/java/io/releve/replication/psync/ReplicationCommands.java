package io.releve.replication.psync;

import static io.releve.command.CommandFlag.ADMIN;
import static io.releve.command.CommandFlag.ALLOW_BUSY;
import static io.releve.command.CommandFlag.FAST;
import static io.releve.command.CommandFlag.LOADING;
import static io.releve.command.CommandFlag.NOSCRIPT;
import static io.releve.command.CommandFlag.NO_ASYNC_LOADING;
import static io.releve.command.CommandFlag.NO_MULTI;
import static io.releve.command.CommandFlag.STALE;

import io.releve.command.Call;
import io.releve.command.Command;
import io.releve.command.CommandException;
import io.releve.command.CommandSet;
import io.releve.command.CommandSpec;
import io.releve.replication.Replication;
import java.util.List;
import java.util.function.BiConsumer;
import org.osgi.service.component.annotations.Component;

/** The commands of replication; what they do is up to the replication that the engine has opened. */
@Component
public final class ReplicationCommands implements CommandSet {
    private static final CommandException ABSENT = new CommandException("ERR this server does not replicate");

    private final List<Command> commands = all();

    @Override
    public String name() {
        return "replication";
    }

    @Override
    public List<Command> commands() {
        return commands;
    }

    private static List<Command> all() {
        return List.of(
                command(spec("REPLICAOF", 3, "5.0.0").flags(NO_ASYNC_LOADING, ADMIN, NOSCRIPT, STALE)
                        .summary("Makes this server a replica of another, or a master.")
                        .syntax("<host port:integer | NO ONE>").build(), Replication::replicaOf),
                command(spec("SLAVEOF", 3, "1.0.0").flags(NO_ASYNC_LOADING, ADMIN, NOSCRIPT, STALE)
                        .deprecated("5.0.0", "REPLICAOF").summary("The older name of REPLICAOF.")
                        .syntax("<host port:integer | NO ONE>").build(), Replication::replicaOf),
                command(spec("ROLE", 1, "2.8.12").flags(NOSCRIPT, LOADING, STALE, FAST).categories("admin", "dangerous")
                        .summary("Tells whether this is a master or a replica, and of whom.").build(), Replication::role),
                command(spec("REPLCONF", -1, "3.0.0").flags(ADMIN, NOSCRIPT, LOADING, STALE, ALLOW_BUSY)
                        .summary("Between master and replica: who the replica is, and how far it is.").build(),
                        Replication::configure),
                command(spec("PSYNC", -3, "2.8.0").flags(NO_ASYNC_LOADING, ADMIN, NO_MULTI, NOSCRIPT)
                        .summary("From a replica: asks for the stream of changes from an offset on.")
                        .syntax("replicationid offset:integer").build(), Replication::synchronise),
                command(spec("SYNC", 1, "1.0.0").flags(NO_ASYNC_LOADING, ADMIN, NO_MULTI, NOSCRIPT)
                        .summary("From a replica: asks for all data and the stream of changes.").build(),
                        Replication::synchronise),
                command(CommandSpec.command("GUARD", -7).group("server").since("7.2.0").complexity("O(1)")
                        .flags(ADMIN, NOSCRIPT, STALE, NO_MULTI)
                        .summary("Relève's own: a sentinel tells who leads and asks how far this server is (docs/sentinel-protocol.md).")
                        .syntax("master-name sentinel-id epoch:integer role host port:integer [option ...]").build(), Replication::guard),
                command(spec("FAILOVER", -1, "6.2.0").flags(ADMIN, NOSCRIPT, STALE)
                        .summary("Has a replica take over, without losing anything.")
                        .syntax("[TO host port:integer [FORCE]] [ABORT] [TIMEOUT milliseconds:integer]").build(),
                        Replication::failover));
    }

    private static CommandSpec.Builder spec(String name, int arity, String since) {
        return CommandSpec.command(name, arity).group("server").since(since).complexity("O(1)");
    }

    private static Command command(CommandSpec spec, BiConsumer<Replication, Call> body) {
        return Command.of(spec, call -> {
            Replication replication = call.engine().replication();
            if (replication == null) {
                throw ABSENT;
            }
            body.accept(replication, call);
        });
    }
}
