package io.releve.commands.admin;

import static io.releve.command.CommandFlag.ADMIN;
import static io.releve.command.CommandFlag.LOADING;
import static io.releve.command.CommandFlag.NOSCRIPT;
import static io.releve.command.CommandFlag.STALE;

import io.releve.command.Arguments;
import io.releve.command.Call;
import io.releve.command.Command;
import io.releve.command.CommandException;
import io.releve.command.CommandSpec;
import io.releve.command.Help;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** CONFIG: reads and changes settings through {@link io.releve.config.Settings}. */
final class ConfigCommands {
    /** By these a stranger could have files written where he likes. */
    private static final Set<String> PROTECTED = Set.of("dir", "dbfilename");
    private static final String PROTECTION = "enable-protected-configs";

    Command container() {
        return Command.container(AdminCommands.spec("CONFIG", -2, "2.0.0").complexity("Depends on subcommand.")
                .summary("Commands about settings.").build(), List.of(
                        own("GET", -3, "parameter [parameter ...]", "Answers the values of settings.",
                                ConfigCommands::get),
                        own("SET", -4, "parameter value [parameter value ...]", "Changes settings, all or none.",
                                ConfigCommands::set),
                        own("REWRITE", 2, "", "Writes the settings in force to the configuration file.",
                                ConfigCommands::rewrite),
                        own("RESETSTAT", 2, "", "Sets the counters of INFO to zero.", call -> {
                            call.engine().resetStatistics();
                            call.reply().ok();
                        }),
                        Help.of("CONFIG", AdminCommands.GROUP, "5.0.0", null,
                                "GET <pattern>", "    Answer the settings whose names match <pattern>, with their values.",
                                "RESETSTAT", "    Set the counters of INFO to zero.",
                                "REWRITE", "    Write the settings in force to the configuration file.",
                                "SET <directive> <value>", "    Change a setting.")));
    }

    private static Command own(String name, int arity, String syntax, String summary, Consumer<Call> body) {
        CommandSpec.Builder spec = AdminCommands.spec("CONFIG|" + name, arity, name.equals("REWRITE") ? "2.8.0" : "2.0.0")
                .flags(ADMIN, NOSCRIPT, LOADING, STALE).syntax(syntax).summary(summary)
                .complexity(name.endsWith("ET") ? "O(N) where N is the number of parameters" : "O(1)");
        if (name.endsWith("ET")) {
            spec.changed("7.0.0", "Several parameters in one call.");
        }
        if (name.equals("SET")) {
            spec.tips("request_policy:all_nodes", "response_policy:all_succeeded");
        }
        return Command.of(spec.build(), body);
    }

    private static void get(Call call) {
        Map<String, String> found = new TreeMap<>();
        for (int i = 2; i < call.arguments().size(); i++) {
            found.putAll(call.engine().settings().find(call.arguments().get(i).text()));
        }
        call.reply().map(found.size());
        found.forEach((name, value) -> {
            call.reply().bulk(name);
            call.reply().bulk(value);
        });
    }

    private static void set(Call call) {
        Arguments request = call.arguments();
        if (request.size() % 2 != 0) {
            throw CommandException.SYNTAX;
        }
        Map<String, List<String>> changes = new LinkedHashMap<>();
        for (int i = 2; i < request.size(); i += 2) {
            String name = request.get(i).text().toLowerCase(Locale.ROOT);
            if (PROTECTED.contains(name) && !mayChangeProtected(call)) {
                throw new CommandException("ERR CONFIG SET failed (possibly related to argument '" + name
                        + "') - can't set protected config");
            }
            if (changes.put(name, List.of(request.get(i + 1).text())) != null) {
                throw new CommandException("ERR CONFIG SET failed (possibly related to argument '" + name
                        + "') - duplicate parameter");
            }
        }
        try {
            call.engine().settings().set(changes);
        } catch (IllegalArgumentException e) {
            throw new CommandException("ERR " + e.getMessage());
        }
        call.reply().ok();
    }

    private static boolean mayChangeProtected(Call call) {
        String allowed = call.engine().settings().find(PROTECTION).get(PROTECTION);
        return "yes".equals(allowed) || "local".equals(allowed) && call.session().connection().isLocal();
    }

    private static void rewrite(Call call) {
        try {
            call.engine().settings().rewrite();
        } catch (IOException e) {
            throw new CommandException("ERR " + e.getMessage());
        }
        call.reply().ok();
    }
}
