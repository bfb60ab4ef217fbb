package io.releve.commands.admin;

import static io.releve.command.CommandFlag.LOADING;
import static io.releve.command.CommandFlag.SENTINEL;
import static io.releve.command.CommandFlag.STALE;

import io.releve.bytes.Glob;
import io.releve.command.Arguments;
import io.releve.command.Call;
import io.releve.command.Command;
import io.releve.command.CommandException;
import io.releve.command.CommandSpec;
import io.releve.command.Help;
import io.releve.command.KeyPositions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** COMMAND: everything it tells comes from the {@link CommandSpec}s. */
final class CommandCommands {
    Command container() {
        CommandSpec spec = AdminCommands.spec("COMMAND", -1, "2.8.13").flags(LOADING, STALE, SENTINEL).categories("connection")
                .complexity("O(N) where N is the total number of Redis commands")
                .summary("Describes all commands.").tips("nondeterministic_output_order").build();
        List<Command> subcommands = List.of(
                own("COUNT", 2, "2.8.13", "", "Answers the number of commands.",
                        call -> call.reply().integer(call.engine().commands().size())),
                info(),
                own("DOCS", -2, "7.0.0", "[command-name [command-name ...]]", "Answers the documentation of commands.",
                        CommandCommands::docs),
                own("GETKEYS", -3, "2.8.13", "command [arg [arg ...]]", "Answers the keys of a request.",
                        call -> keys(call, false)),
                own("GETKEYSANDFLAGS", -3, "7.0.0", "command [arg [arg ...]]",
                        "Answers the keys of a request and what it does with them.", call -> keys(call, true)),
                own("LIST", -2, "7.0.0",
                        "[FILTERBY <MODULE module-name | ACLCAT category | PATTERN pattern:pattern>]",
                        "Lists the names of commands.", CommandCommands::list),
                Help.of("COMMAND", AdminCommands.GROUP, "5.0.0", "connection",
                        "(no subcommand)", "    Describe all commands.",
                        "COUNT", "    Answer the number of commands.",
                        "DOCS [<command-name> ...]", "    Answer the documentation of some or all commands.",
                        "GETKEYS <full-command>", "    Answer the keys of a request.",
                        "GETKEYSANDFLAGS <full-command>", "    Answer the keys of a request with their access flags.",
                        "INFO [<command-name> ...]", "    Describe some or all commands.",
                        "LIST [FILTERBY (MODULE <name>|ACLCAT <category>|PATTERN <pattern>)]",
                        "    List the names of commands."));
        return Command.container(spec, subcommands, call -> describe(call, List.copyOf(call.engine().commands())));
    }

    private static Command own(String name, int arity, String since, String syntax, String summary,
            Consumer<Call> body) {
        return Command.of(AdminCommands.spec("COMMAND|" + name, arity, since).flags(LOADING, STALE, SENTINEL)
                .categories("connection").syntax(syntax).summary(summary)
                .tips(name.matches("DOCS|LIST") ? new String[] {"nondeterministic_output_order"} : new String[0])
                .build(), body);
    }

    private static Command info() {
        return Command.of(AdminCommands.spec("COMMAND|INFO", -2, "2.8.13").flags(LOADING, STALE, SENTINEL)
                .categories("connection").syntax("[command-name [command-name ...]]")
                .summary("Describes some or all commands.").tips("nondeterministic_output_order")
                .changed("7.0.0", "Without names it describes all commands.").build(), CommandCommands::info);
    }

    private static void describe(Call call, List<Command> commands) {
        call.reply().array(commands.size());
        for (Command command : commands) {
            if (command == null) {
                call.reply().nil();
            } else {
                CommandDescription.info(call.reply(), command);
            }
        }
    }

    private static void info(Call call) {
        if (call.arguments().size() == 2) {
            describe(call, List.copyOf(call.engine().commands()));
            return;
        }
        List<Command> commands = new ArrayList<>();
        for (int i = 2; i < call.arguments().size(); i++) {
            commands.add(call.engine().command(call.arguments().get(i).text()));
        }
        describe(call, commands);
    }

    private static void docs(Call call) {
        List<Command> commands = new ArrayList<>();
        if (call.arguments().size() == 2) {
            commands.addAll(call.engine().commands());
        }
        for (int i = 2; i < call.arguments().size(); i++) {
            Command command = call.engine().command(call.arguments().get(i).text());
            if (command != null) {
                commands.add(command);
            }
        }
        call.reply().map(commands.size());
        for (Command command : commands) {
            call.reply().bulk(command.spec().name().toLowerCase(Locale.ROOT));
            CommandDescription.docs(call.reply(), command);
        }
    }

    private static void keys(Call call, boolean withFlags) {
        Arguments request = new Tail(call.arguments(), 2);
        Command command = call.engine().command(request.get(0).text());
        if (command != null && !command.subcommands().isEmpty() && request.size() > 1) {
            Command sub = call.engine().command(command.spec().name() + "|" + request.get(1).text());
            command = sub != null ? sub : command;
        }
        if (command == null) {
            throw new CommandException("ERR Invalid command specified");
        }
        if (command.spec().keys().isEmpty()) {
            throw new CommandException("ERR The command has no key arguments");
        }
        if (!command.spec().accepts(request.size())) {
            throw new CommandException("ERR Invalid number of arguments specified for command");
        }
        List<KeyPositions.Found> found = KeyPositions.of(command.spec(), request);
        if (found == null || found.isEmpty()) {
            throw new CommandException("ERR Invalid arguments specified for command");
        }
        call.reply().array(found.size());
        for (KeyPositions.Found key : found) {
            if (withFlags) {
                call.reply().array(2);
            }
            call.reply().bulk(request.get(key.position()));
            if (withFlags) {
                CommandDescription.flags(call.reply(), key.spec());
            }
        }
    }

    private static void list(Call call) {
        Arguments request = call.arguments();
        Predicate<CommandSpec> filter = spec -> true;
        if (request.size() == 5 && request.is(2, "FILTERBY")) {
            String value = request.get(4).text();
            if (request.is(3, "MODULE")) {
                filter = spec -> false;
            } else if (request.is(3, "ACLCAT")) {
                filter = spec -> spec.categories().contains(value.toLowerCase(Locale.ROOT));
            } else if (request.is(3, "PATTERN")) {
                Glob glob = new Glob(request.get(4), true);
                filter = spec -> glob.matches(io.releve.bytes.Bytes.of(spec.name().toLowerCase(Locale.ROOT)));
            } else {
                throw CommandException.SYNTAX;
            }
        } else if (request.size() != 2) {
            throw CommandException.SYNTAX;
        }
        boolean subcommands = request.size() == 5;
        List<String> names = new ArrayList<>();
        for (CommandSpec spec : call.engine().specs()) {
            if (filter.test(spec) && (subcommands || spec.name().indexOf('|') < 0)) {
                names.add(spec.name().toLowerCase(Locale.ROOT));
            }
        }
        call.reply().array(names.size());
        names.forEach(call.reply()::bulk);
    }
}
