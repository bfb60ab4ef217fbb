package io.releve.commands.admin;

import static io.releve.command.CommandFlag.ADMIN;
import static io.releve.command.CommandFlag.NOSCRIPT;
import static io.releve.command.CommandFlag.NO_ASYNC_LOADING;

import io.releve.command.Call;
import io.releve.command.Command;
import io.releve.command.CommandException;
import io.releve.command.CommandSpec;
import io.releve.command.Help;
import io.releve.command.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** MODULE: what modules are elsewhere are bundles here; modules of Redis are native code and cannot be loaded. */
final class ModuleCommands {
    /** A line of INFO bundles. */
    private static final Pattern BUNDLE = Pattern.compile("bundle\\d+:name=([^,]+),version=(\\d+)\\.(\\d+)\\.(\\d+)[^,]*,.*");
    private static final CommandException REFUSED = new CommandException("ERR Modules of Redis cannot be loaded here: commands"
            + " are added by bundles, put into deploy/ (see BUNDLE HELP)");

    Command container() {
        return Command.container(AdminCommands.spec("MODULE", -2, "4.0.0").complexity("Depends on subcommand.")
                .summary("Commands about modules.").build(), List.of(
                        Command.of(AdminCommands.spec("MODULE|LIST", 2, "4.0.0").flags(ADMIN, NOSCRIPT)
                                .complexity("O(N) where N is the number of loaded modules.")
                                .tips("nondeterministic_output_order").summary("Lists the bundles of the server.").build(),
                                ModuleCommands::list),
                        refused("LOAD", -3, "4.0.0", "path [arg [arg ...]]"),
                        refused("LOADEX", -3, "7.0.0", "path [CONFIG name value [CONFIG name value ...]] [ARGS args [args ...]]"),
                        refused("UNLOAD", 3, "4.0.0", "name"),
                        Help.of("MODULE", AdminCommands.GROUP, "5.0.0", null,
                                "LIST", "    List the bundles of the server.",
                                "LOAD <path> [<arg> ...]", "    Refused: see BUNDLE HELP.",
                                "LOADEX <path> [[CONFIG NAME VALUE] [CONFIG NAME VALUE]] [ARGS ...]",
                                "    Refused: see BUNDLE HELP.",
                                "UNLOAD <name>", "    Refused: see BUNDLE HELP.")));
    }

    private static Command refused(String name, int arity, String since, String syntax) {
        CommandSpec spec = AdminCommands.spec("MODULE|" + name, arity, since).flags(ADMIN, NOSCRIPT, NO_ASYNC_LOADING)
                .syntax(syntax).summary("Refused: modules of Redis are native code.").build();
        return Command.of(spec, call -> {
            throw REFUSED;
        });
    }

    private static void list(Call call) {
        List<Matcher> bundles = new ArrayList<>();
        call.engine().info(List.of("bundles")).lines().map(BUNDLE::matcher).filter(Matcher::matches).forEach(bundles::add);
        Reply reply = call.reply();
        reply.array(bundles.size());
        for (Matcher bundle : bundles) {
            reply.map(4);
            reply.bulk("name");
            reply.bulk(bundle.group(1));
            reply.bulk("ver");
            reply.integer(10_000L * Integer.parseInt(bundle.group(2)) + 100L * Integer.parseInt(bundle.group(3))
                    + Integer.parseInt(bundle.group(4)));
            reply.bulk("path");
            reply.bulk("");
            reply.bulk("args");
            reply.array(0);
        }
    }
}
