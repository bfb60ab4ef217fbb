package io.releve.commands.admin;

import static io.releve.command.CommandFlag.ADMIN;
import static io.releve.command.CommandFlag.STALE;

import io.releve.command.Command;
import io.releve.command.CommandException;
import io.releve.command.CommandSpec;
import io.releve.command.Help;
import java.util.ArrayList;
import java.util.List;

/** CLUSTER on a server that is not part of a cluster: every subcommand answers that support is disabled. */
final class ClusterCommands {
    private static final String GROUP = "cluster";

    /** Name, arity, whether it is for administrators, and the version it came with. */
    private record Sub(String name, int arity, boolean admin, String since) {
    }

    private static final List<Sub> SUBCOMMANDS = List.of(
            new Sub("ADDSLOTS", -3, true, "3.0.0"), new Sub("ADDSLOTSRANGE", -4, true, "7.0.0"),
            new Sub("BUMPEPOCH", 2, true, "3.0.0"), new Sub("COUNT-FAILURE-REPORTS", 3, true, "3.0.0"),
            new Sub("COUNTKEYSINSLOT", 3, false, "3.0.0"), new Sub("DELSLOTS", -3, true, "3.0.0"),
            new Sub("DELSLOTSRANGE", -4, true, "7.0.0"), new Sub("FAILOVER", -2, true, "3.0.0"),
            new Sub("FLUSHSLOTS", 2, true, "3.0.0"), new Sub("FORGET", 3, true, "3.0.0"),
            new Sub("GETKEYSINSLOT", 4, false, "3.0.0"), new Sub("INFO", 2, false, "3.0.0"),
            new Sub("KEYSLOT", 3, false, "3.0.0"), new Sub("LINKS", 2, false, "7.0.0"),
            new Sub("MEET", -4, true, "3.0.0"), new Sub("MYID", 2, false, "3.0.0"),
            new Sub("MYSHARDID", 2, false, "7.2.0"), new Sub("NODES", 2, false, "3.0.0"),
            new Sub("REPLICAS", 3, true, "5.0.0"), new Sub("REPLICATE", 3, true, "3.0.0"),
            new Sub("RESET", -2, true, "3.0.0"), new Sub("SAVECONFIG", 2, true, "3.0.0"),
            new Sub("SET-CONFIG-EPOCH", 3, true, "3.0.0"), new Sub("SETSLOT", -4, true, "3.0.0"),
            new Sub("SHARDS", 2, false, "7.0.0"), new Sub("SLAVES", 3, true, "3.0.0"),
            new Sub("SLOTS", 2, false, "3.0.0"));

    Command container() {
        List<Command> commands = new ArrayList<>();
        for (Sub sub : SUBCOMMANDS) {
            CommandSpec.Builder spec = CommandSpec.command("CLUSTER|" + sub.name(), sub.arity()).group(GROUP)
                    .since(sub.since()).flags(STALE).summary("Needs a cluster; this server is not part of one.");
            if (sub.admin()) {
                spec.flags(ADMIN);
            }
            commands.add(Command.of(spec.build(), call -> {
                throw new CommandException("ERR This instance has cluster support disabled");
            }));
        }
        commands.add(Help.of("CLUSTER", GROUP, "5.0.0", null));
        return Command.container(CommandSpec.command("CLUSTER", -2).group(GROUP).since("3.0.0")
                .complexity("Depends on subcommand.").summary("Commands about a cluster.").build(), commands);
    }
}
