package io.releve.commands.connection;

import static io.releve.command.CommandFlag.ADMIN;
import static io.releve.command.CommandFlag.LOADING;
import static io.releve.command.CommandFlag.NOSCRIPT;
import static io.releve.command.CommandFlag.SENTINEL;
import static io.releve.command.CommandFlag.STALE;

import io.releve.bytes.Bytes;
import io.releve.bytes.Numbers;
import io.releve.command.Arguments;
import io.releve.command.Call;
import io.releve.command.Command;
import io.releve.command.CommandException;
import io.releve.command.CommandFlag;
import io.releve.command.CommandSpec;
import io.releve.command.Help;
import io.releve.engine.ClientLine;
import io.releve.engine.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** CLIENT and its subcommands; LIST and KILL choose their clients with a {@link ClientFilter}. */
final class ClientCommands {
    Command container() {
        CommandSpec spec = CommandSpec.command("CLIENT", -2).group(ConnectionCommands.GROUP).since("2.4.0").flags(SENTINEL)
                .complexity("Depends on subcommand.").summary("Commands about client connections.").build();
        List<Command> subcommands = new ArrayList<>(new TrackingCommands().commands());
        subcommands.addAll(List.of(
                own("ID", 2, "5.0.0", "", "Answers the connection's id.",
                        call -> call.reply().integer(call.session().id())),
                own("GETNAME", 2, "2.6.9", "", "Answers the connection's name.", ClientCommands::getName),
                own("SETNAME", 3, "2.6.9", "connection-name", "Names the connection.", call -> {
                    call.session().name(validName(call.arguments().get(2)));
                    call.reply().ok();
                }),
                own("SETINFO", 4, "7.2.0", "<LIB-NAME libname | LIB-VER libver>",
                        "Tells the server about the client library.", ClientCommands::setInfo),
                own("INFO", 2, "6.2.0", "", "Describes the connection.", call -> call.reply()
                        .verbatim("txt", Bytes.of(ClientLine.of(call.session(), call.now()) + "\n").array())),
                own("REPLY", 3, "3.2.0", "<ON | OFF | SKIP>", "Switches replies to the connection on or off.",
                        ClientCommands::reply),
                own("NO-TOUCH", 3, "7.2.0", "<ON | OFF>", "Whether the connection's commands count as accesses to keys.",
                        call -> flag(call, Session::noTouch)),
                admin("NO-EVICT", 3, "7.0.0", "<ON | OFF>", "Protects the connection from eviction.",
                        call -> flag(call, Session::noEvict)),
                admin("LIST", -2, "2.4.0",
                        "[TYPE <NORMAL | MASTER | REPLICA | PUBSUB>] [ID client-id:integer [client-id:integer ...]]",
                        "Lists connections.", ClientFilter::list),
                admin("KILL", -3, "2.4.0", "<ip-port | <[ID client-id:integer] | [TYPE <NORMAL | MASTER | SLAVE |"
                        + " REPLICA | PUBSUB>] | [USER username] | [ADDR ip-port] | [LADDR ip-port] |"
                        + " [SKIPME yes/no] [ID client-id:integer ...]>>", "Closes connections.", ClientFilter::kill),
                admin("PAUSE", -3, "3.0.0", "timeout:integer [WRITE | ALL]", "Holds commands back for some time.",
                        ClientCommands::pause),
                admin("UNPAUSE", 2, "6.2.0", "", "Ends a pause.", call -> {
                    call.engine().unpause();
                    call.reply().ok();
                }),
                admin("UNBLOCK", -3, "5.0.0", "client-id:integer [TIMEOUT | ERROR]",
                        "Ends the waiting of a blocked connection.", ClientCommands::unblock),
                Help.of("CLIENT", ConnectionCommands.GROUP, "5.0.0", "connection",
                        "CACHING (YES|NO)", "    Whether the keys of the next request are tracked, in the modes OPTIN and OPTOUT.",
                        "GETREDIR", "    Answer the id of the connection that is told what this one tracks.",
                        "GETNAME", "    Answer the name of this connection.",
                        "ID", "    Answer the id of this connection.",
                        "INFO", "    Describe this connection.",
                        "KILL <ip:port>", "    Close the connection from <ip:port>.",
                        "KILL <option> <value> [<option> <value> [...]]",
                        "    Close the connections that meet every option:",
                        "    * ADDR (<ip:port>|<unixsocket>:0)", "    * LADDR (<ip:port>|<unixsocket>:0)",
                        "    * ID <client-id>", "    * TYPE (NORMAL|MASTER|REPLICA|PUBSUB)", "    * USER <username>",
                        "    * SKIPME (YES|NO): leave this connection out (default: yes)",
                        "LIST [options ...]", "    List connections. Options:",
                        "    * TYPE (NORMAL|MASTER|REPLICA|PUBSUB)", "    * ID <client-id> [<client-id> ...]",
                        "NO-EVICT (ON|OFF)", "    Protect this connection from eviction.",
                        "NO-TOUCH (ON|OFF)", "    Do not count this connection's commands as accesses.",
                        "PAUSE <timeout> [WRITE|ALL]", "    Hold back all commands, or just writes, for <timeout> ms.",
                        "REPLY (ON|OFF|SKIP)", "    Switch replies to this connection.",
                        "SETINFO (LIB-NAME|LIB-VER) <value>", "    Tell about the client library.",
                        "SETNAME <name>", "    Name this connection.",
                        "TRACKING (ON|OFF) [REDIRECT <id>] [BCAST] [PREFIX <prefix> [...]]",
                        "         [OPTIN] [OPTOUT] [NOLOOP]", "    Be told what has changed of what was read.",
                        "TRACKINGINFO", "    Tell what this connection tracks.",
                        "UNBLOCK <clientid> [TIMEOUT|ERROR]", "    End the waiting of a blocked connection.",
                        "UNPAUSE", "    End the pause.")));
        return Command.container(spec, subcommands);
    }

    private static Command own(String name, int arity, String since, String syntax, String summary,
            java.util.function.Consumer<Call> body) {
        return Command.of(ConnectionCommands.spec("CLIENT|" + name, arity, since).flags(NOSCRIPT, LOADING, STALE)
                .flags(name.equals("NO-TOUCH") ? new CommandFlag[0] : new CommandFlag[] {SENTINEL})
                .syntax(syntax).summary(summary).build(), body);
    }

    private static Command admin(String name, int arity, String since, String syntax, String summary,
            java.util.function.Consumer<Call> body) {
        return Command.of(ConnectionCommands.spec("CLIENT|" + name, arity, since)
                .flags(ADMIN, NOSCRIPT, LOADING, STALE, SENTINEL).complexity("O(N) where N is the number of client connections")
                .syntax(syntax).summary(summary).build(), body);
    }

    /** A name of printable ASCII without blanks; empty to take the name away. */
    static String validName(Bytes name) {
        return printable(name, "ERR Client names cannot contain spaces, newlines or special characters.");
    }

    private static String printable(Bytes text, String error) {
        for (int i = 0; i < text.length(); i++) {
            if (text.byteAt(i) < '!' || text.byteAt(i) > '~') {
                throw new CommandException(error);
            }
        }
        return text.latin1();
    }

    private static void getName(Call call) {
        if (call.session().name().isEmpty()) {
            call.reply().nil();
        } else {
            call.reply().bulk(call.session().name());
        }
    }

    private static void setInfo(Call call) {
        Arguments request = call.arguments();
        if (request.is(2, "LIB-NAME")) {
            call.session().libraryName(printable(request.get(3),
                    "ERR lib-name cannot contain spaces, newlines or special characters."));
        } else if (request.is(2, "LIB-VER")) {
            call.session().libraryVersion(printable(request.get(3),
                    "ERR lib-ver cannot contain spaces, newlines or special characters."));
        } else {
            throw new CommandException("ERR Unrecognized option '" + request.get(2).text() + "'");
        }
        call.reply().ok();
    }

    private static void reply(Call call) {
        Arguments request = call.arguments();
        Session session = call.session();
        if (request.is(2, "ON")) {
            session.replies(Session.Replies.ON);
            call.reply().mute(false);
            call.reply().ok();
        } else if (request.is(2, "OFF")) {
            session.replies(Session.Replies.OFF);
            call.reply().mute(true);
        } else if (request.is(2, "SKIP")) {
            if (session.replies() != Session.Replies.OFF) {
                session.replies(Session.Replies.SKIP_NEXT);
            }
        } else {
            throw CommandException.SYNTAX;
        }
    }

    private static void flag(Call call, BiConsumer<Session, Boolean> setter) {
        if (!call.arguments().is(2, "ON") && !call.arguments().is(2, "OFF")) {
            throw CommandException.SYNTAX;
        }
        setter.accept(call.session(), call.arguments().is(2, "ON"));
        call.reply().ok();
    }

    private static void pause(Call call) {
        Arguments request = call.arguments();
        boolean writesOnly = false;
        if (request.size() == 4) {
            writesOnly = request.is(3, "WRITE");
            if (!writesOnly && !request.is(3, "ALL")) {
                throw new CommandException("ERR CLIENT PAUSE mode must be WRITE or ALL");
            }
        } else if (request.size() > 4) {
            throw new CommandException("ERR wrong number of arguments for 'client|pause' command");
        }
        if (!Numbers.isInteger(request.get(2))) {
            throw new CommandException("ERR timeout is not an integer or out of range");
        }
        long timeout = request.integer(2);
        if (timeout < 0) {
            throw new CommandException("ERR timeout is negative");
        }
        if (timeout > Long.MAX_VALUE - call.now()) {
            throw new CommandException("ERR timeout is out of range");
        }
        call.engine().pause(call.now() + timeout, writesOnly);
        call.reply().ok();
    }

    private static void unblock(Call call) {
        Arguments request = call.arguments();
        boolean error = false;
        if (request.size() == 4) {
            error = request.is(3, "ERROR");
            if (!error && !request.is(3, "TIMEOUT")) {
                throw new CommandException("ERR CLIENT UNBLOCK reason should be TIMEOUT or ERROR");
            }
        } else if (request.size() > 4) {
            throw new CommandException("ERR wrong number of arguments for 'client|unblock' command");
        }
        Session session = call.engine().session(request.integer(2));
        call.reply().integer(session != null && call.engine().unblock(session, error) ? 1 : 0);
    }
}
