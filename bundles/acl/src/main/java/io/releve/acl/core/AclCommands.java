package io.releve.acl.core;

import static io.releve.command.CommandFlag.ADMIN;
import static io.releve.command.CommandFlag.LOADING;
import static io.releve.command.CommandFlag.NOSCRIPT;
import static io.releve.command.CommandFlag.SENTINEL;
import static io.releve.command.CommandFlag.STALE;

import io.releve.command.Arguments;
import io.releve.command.Call;
import io.releve.command.Command;
import io.releve.command.CommandException;
import io.releve.command.CommandFlag;
import io.releve.command.CommandSet;
import io.releve.command.CommandSpec;
import io.releve.command.Help;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import org.osgi.service.component.annotations.Component;

/** ACL and its subcommands (redis.io/commands/acl). */
@Component
public final class AclCommands implements CommandSet {
    private static final CommandFlag[] FOR_ADMINISTRATORS = {ADMIN, NOSCRIPT, LOADING, STALE, SENTINEL};
    private static final CommandFlag[] FOR_ALL = {NOSCRIPT, LOADING, STALE, SENTINEL};
    private static final int MOST_BITS = 4096;
    private static final int BITS = 256;

    private final List<Command> commands = all();

    @Override
    public String name() {
        return "acl";
    }

    @Override
    public List<Command> commands() {
        return commands;
    }

    private static List<Command> all() {
        CommandSpec container = CommandSpec.command("ACL", -2).group("server").since("6.0.0").flags(SENTINEL)
                .complexity("Depends on subcommand.").summary("Says who may do what.").build();
        return List.of(Command.container(container, List.of(
                of("CAT", -2, "6.0.0", FOR_ALL, "[category]", "O(1) since the categories and commands are a fixed set.",
                        "Lists the categories, or the commands of one.", AclCommands::categories),
                of("DELUSER", -3, "6.0.0", FOR_ADMINISTRATORS, "username [username ...]",
                        "O(1) amortized time considering the typical user.", "Deletes users, and ends their connections.",
                        UserCommands::delete),
                of("DRYRUN", -4, "7.0.0", FOR_ADMINISTRATORS, "username command [arg [arg ...]]", "O(1).",
                        "Tells whether a user may run a command, without running it.", UserCommands::dryRun),
                of("GENPASS", -2, "6.0.0", FOR_ALL, "[bits:integer]", "O(1)", "Makes a password that cannot be guessed.",
                        (acl, call) -> generate(call)),
                of("GETUSER", 3, "6.0.0", FOR_ADMINISTRATORS, "username",
                        "O(N). Where N is the number of password, command and pattern rules that the user has.",
                        "Lists the rules of a user.", UserCommands::show),
                of("LIST", 2, "6.0.0", FOR_ADMINISTRATORS, "", "O(N). Where N is the number of configured users.",
                        "Shows all users in the format of the configuration file.", UserCommands::list),
                of("LOAD", 2, "6.0.0", FOR_ADMINISTRATORS, "", "O(N). Where N is the number of configured users.",
                        "Reads the users from their file.", FileCommands::load),
                of("LOG", -2, "6.0.0", FOR_ADMINISTRATORS, "[count:integer | RESET]",
                        "O(N) with N being the number of entries shown.", "Lists what was refused lately.",
                        AclCommands::log),
                of("SAVE", 2, "6.0.0", FOR_ADMINISTRATORS, "", "O(N). Where N is the number of configured users.",
                        "Writes the users into their file.", FileCommands::save),
                of("SETUSER", -3, "6.0.0", FOR_ADMINISTRATORS, "username [rule [rule ...]]",
                        "O(N). Where N is the number of rules provided.", "Makes a user, or changes what it may do.",
                        UserCommands::set),
                of("USERS", 2, "6.0.0", FOR_ADMINISTRATORS, "", "O(N). Where N is the number of configured users.",
                        "Lists the names of all users.", UserCommands::names),
                of("WHOAMI", 2, "6.0.0", FOR_ALL, "", "O(1)", "Answers the name of the user the connection runs as.",
                        (acl, call) -> call.reply().bulk(call.session().user())),
                Help.of("ACL", "server", "6.0.0", null,
                        "CAT [<category>]",
                        "    List all commands that belong to <category>, or all command categories",
                        "    when no category is specified.",
                        "DELUSER <username> [<username> ...]",
                        "    Delete a list of users.",
                        "DRYRUN <username> <command> [<arg> ...]",
                        "    Returns whether the user can execute the given command without executing the command.",
                        "GETUSER <username>",
                        "    Get the user's details.",
                        "GENPASS [<bits>]",
                        "    Generate a secure 256-bit user password. The optional `bits` argument can",
                        "    be used to specify a different size.",
                        "LIST",
                        "    Show users details in config file format.",
                        "LOAD",
                        "    Reload users from the ACL file.",
                        "LOG [<count> | RESET]",
                        "    Show the ACL log entries.",
                        "SAVE",
                        "    Save the current config to the ACL file.",
                        "SETUSER <username> <attribute> [<attribute> ...]",
                        "    Create or modify a user with the specified attributes.",
                        "USERS",
                        "    List all the registered usernames.",
                        "WHOAMI",
                        "    Return the current connection username."))));
    }

    private static Command of(String name, int arity, String since, CommandFlag[] flags, String syntax, String complexity,
            String summary, BiConsumer<AclAuthorizer, Call> body) {
        CommandSpec.Builder spec = CommandSpec.command("ACL|" + name, arity).group("server").since(since).flags(flags)
                .syntax(syntax).complexity(complexity).summary(summary);
        switch (name) {
            case "GETUSER" -> spec.changed("6.2.0", "Added Pub/Sub channel patterns.")
                    .changed("7.0.0", "Added selectors and changed the format of key and channel patterns from a list to"
                            + " their rule representation.");
            case "SETUSER" -> spec.changed("6.2.0", "Added Pub/Sub channel patterns.")
                    .changed("7.0.0", "Added selectors and key based permissions.");
            case "LOG" -> spec.changed("7.2.0", "Added entry ID, timestamp created, and timestamp last updated.");
            default -> { }
        }
        return Command.of(spec.build(), call -> {
            if (!(call.engine().authorizer() instanceof AclAuthorizer acl)) {
                throw new CommandException("ERR another part of the server looks after the users at the moment");
            }
            body.accept(acl, call);
        });
    }

    /** The error of a subcommand with arguments that it does not know. */
    static CommandException wrongArguments(Call call) {
        return new CommandException("ERR unknown subcommand or wrong number of arguments for '"
                + call.arguments().get(1).latin1() + "'. Try ACL HELP.");
    }

    private static void categories(AclAuthorizer acl, Call call) {
        Arguments request = call.arguments();
        if (request.size() == 2) {
            call.reply().array(Catalogue.CATEGORIES.size());
            Catalogue.CATEGORIES.forEach(call.reply()::bulk);
            return;
        }
        if (request.size() > 3) {
            throw wrongArguments(call);
        }
        String category = request.get(2).latin1().toLowerCase(Locale.ROOT);
        if (!Catalogue.CATEGORIES.contains(category)) {
            throw new CommandException("ERR Unknown category '" + request.get(2).latin1() + "'");
        }
        List<String> names = acl.catalogue().all().stream().filter(spec -> spec.categories().contains(category))
                .map(spec -> spec.name().toLowerCase(Locale.ROOT)).toList();
        call.reply().array(names.size());
        names.forEach(call.reply()::bulk);
    }

    private static void generate(Call call) {
        Arguments request = call.arguments();
        if (request.size() > 3) {
            throw wrongArguments(call);
        }
        long bits = request.size() == 3 ? request.integer(2) : BITS;
        if (bits <= 0 || bits > MOST_BITS) {
            throw new CommandException("ERR ACL GENPASS argument must be the number of bits for the output password, a"
                    + " positive number up to 4096");
        }
        int digits = (int) (bits + 3) / 4;
        byte[] random = new byte[(digits + 1) / 2];
        new SecureRandom().nextBytes(random);
        call.reply().bulk(HexFormat.of().formatHex(random).substring(0, digits));
    }

    private static void log(AclAuthorizer acl, Call call) {
        Arguments request = call.arguments();
        if (request.size() > 3) {
            throw wrongArguments(call);
        }
        if (request.size() == 3 && request.is(2, "RESET")) {
            acl.log().clear();
            call.reply().ok();
            return;
        }
        long most = request.size() == 3 ? request.integer(2) : 10;
        acl.log().write(call.reply(), most, call.engine().clock().milliseconds());
    }
}
