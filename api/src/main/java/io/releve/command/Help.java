package io.releve.command;

import static io.releve.command.CommandFlag.LOADING;
import static io.releve.command.CommandFlag.SENTINEL;
import static io.releve.command.CommandFlag.STALE;

import java.util.ArrayList;
import java.util.List;

/** The HELP subcommand of a container: an array of simple strings in the form redis-cli users know. */
public final class Help {
    private Help() {
    }

    /**
     * @param container upper case
     * @param since version of Redis that has this subcommand
     * @param entries in turn what to type and, indented by four blanks, what it does
     */
    public static Command of(String container, String group, String since, String category, String... entries) {
        CommandSpec.Builder spec = CommandSpec.command(container + "|HELP", 2).flags(LOADING, STALE, SENTINEL).group(group)
                .since(since).complexity("O(1)").summary("Lists the subcommands of " + container + ".");
        if (category != null) {
            spec.categories(category);
        }
        List<String> lines = new ArrayList<>();
        lines.add(container + " <subcommand> [<arg> [value] [opt] ...]. Subcommands are:");
        lines.addAll(List.of(entries));
        lines.add("HELP");
        lines.add("    Prints this help.");
        return Command.of(spec.build(), call -> {
            call.reply().array(lines.size());
            lines.forEach(call.reply()::simple);
        });
    }
}
