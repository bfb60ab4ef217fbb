package io.releve.commands.connection;

import static io.releve.command.CommandFlag.ALLOW_BUSY;
import static io.releve.command.CommandFlag.FAST;
import static io.releve.command.CommandFlag.LOADING;
import static io.releve.command.CommandFlag.NOSCRIPT;
import static io.releve.command.CommandFlag.NO_AUTH;
import static io.releve.command.CommandFlag.SENTINEL;
import static io.releve.command.CommandFlag.STALE;

import io.releve.bytes.Bytes;
import io.releve.command.Arguments;
import io.releve.command.Blocking;
import io.releve.command.Call;
import io.releve.command.Command;
import io.releve.command.CommandException;
import io.releve.command.CommandSet;
import io.releve.command.CommandSpec;
import io.releve.engine.Session;
import io.releve.engine.Subscriptions;
import io.releve.security.Authorizer;
import java.util.ArrayList;
import java.util.List;
import org.osgi.service.component.annotations.Component;

/** The commands of the group {@code connection} that are short; HELLO and CLIENT have classes of their own. */
@Component
public final class ConnectionCommands implements CommandSet {
    static final String GROUP = "connection";

    private final List<Command> commands = all();

    @Override
    public String name() {
        return GROUP;
    }

    @Override
    public List<Command> commands() {
        return commands;
    }

    private static List<Command> all() {
        List<Command> commands = new ArrayList<>(List.of(
                Command.of(spec("PING", -1, "1.0.0").flags(FAST, SENTINEL).subscriberCommand()
                        .summary("Answers PONG, or the message given.")
                        .syntax("[message]").tips("request_policy:all_shards", "response_policy:all_succeeded").build(),
                        ConnectionCommands::ping),
                Command.of(spec("ECHO", 2, "1.0.0").flags(LOADING, STALE, FAST).summary("Answers the message.")
                        .syntax("message").build(), call -> call.reply().bulk(call.arguments().get(1))),
                Command.of(spec("SELECT", 2, "1.0.0").flags(LOADING, STALE, FAST)
                        .summary("Selects the database the connection works in.").syntax("index:integer").build(),
                        ConnectionCommands::select),
                Command.of(spec("AUTH", -2, "1.0.0")
                        .flags(NOSCRIPT, LOADING, STALE, FAST, NO_AUTH, ALLOW_BUSY, SENTINEL)
                        .complexity("O(N) where N is the number of passwords of the user")
                        .summary("Authenticates the connection.").syntax("[username] password")
                        .changed("6.0.0", "A user name before the password.").build(), ConnectionCommands::auth),
                Command.of(spec("QUIT", -1, "1.0.0").flags(ALLOW_BUSY, NOSCRIPT, LOADING, STALE, FAST, NO_AUTH)
                        .immediate().subscriberCommand()
                        .summary("Closes the connection.").deprecated("7.2.0", "just closing the connection").build(),
                        ConnectionCommands::quit),
                Command.of(spec("RESET", 1, "6.2.0").flags(NOSCRIPT, LOADING, STALE, FAST, NO_AUTH, ALLOW_BUSY)
                        .immediate().subscriberCommand()
                        .summary("Puts the connection back into the state of a new one.").build(),
                        ConnectionCommands::reset),
                new Hello(), new ClientCommands().container()));
        commands.addAll(TransactionCommands.all());
        return commands;
    }

    static CommandSpec.Builder spec(String name, int arity, String since) {
        return CommandSpec.command(name, arity).group(GROUP).categories(GROUP).since(since).complexity("O(1)");
    }

    private static void ping(Call call) {
        Arguments request = call.arguments();
        if (request.size() > 2) {
            throw new CommandException("ERR wrong number of arguments for 'ping' command");
        }
        if (call.session().subscribed() && call.session().protocol() == 2) {
            // a client of the old protocol takes everything for messages then
            call.reply().array(2);
            call.reply().bulk("pong");
            call.reply().bulk(request.size() == 1 ? new Bytes() : request.get(1));
        } else if (request.size() == 1) {
            call.reply().simple("PONG");
        } else {
            call.reply().bulk(request.get(1));
        }
    }

    private static void select(Call call) {
        long index = call.arguments().integer(1);
        if (index < 0 || index >= call.engine().databases()) {
            throw new CommandException("ERR DB index is out of range");
        }
        call.session().database((int) index);
        call.reply().ok();
    }

    private static void auth(Call call) {
        Arguments request = call.arguments();
        if (request.size() > 3) {
            throw CommandException.SYNTAX;
        }
        Authorizer authorizer = call.engine().authorizer();
        if (request.size() == 2 && !authorizer.authenticationRequired()) {
            throw new CommandException("ERR AUTH <password> called without any password configured for the default user."
                    + " Are you sure your configuration is correct?");
        }
        String user = request.size() == 3 ? request.get(1).text() : Authorizer.DEFAULT_USER;
        if (authenticate(call, user, request.get(request.size() - 1).toByteArray())) {
            call.reply().ok();
        }
    }

    /**
     * Makes the session run as the user, or throws the WRONGPASS error.
     *
     * @return false when the client is to wait before its password is looked at: the request is run again then
     */
    static boolean authenticate(Call call, String user, byte[] password) {
        Authorizer authorizer = call.engine().authorizer();
        Session session = call.session();
        long patience = call.timedOut() ? 0 : authorizer.patience(session);
        if (patience > 0) {
            if (!call.mayBlock()) {
                throw new CommandException("ERR too many wrong passwords came from your address, try again later");
            }
            call.block(new Blocking(call.now() + patience, List.of(), null));
            return false;
        }
        if (!authorizer.authenticate(user, password)) {
            authorizer.failed(session, call.arguments(), user);
            throw new CommandException("WRONGPASS invalid username-password pair or user is disabled.");
        }
        session.account(authorizer.user(user));
        session.authenticated(true);
        return true;
    }

    private static void quit(Call call) {
        call.reply().ok();
        call.session().closeAfterReplies();
    }

    private static void reset(Call call) {
        Session session = call.session();
        call.engine().transactions().discard(session);
        call.engine().monitor(session, false);
        call.engine().introspection().tracking().off(session);
        Subscriptions subscriptions = call.engine().subscriptions();
        for (Subscriptions.Kind kind : Subscriptions.Kind.values()) {
            subscriptions.of(session, kind).forEach(name -> subscriptions.unsubscribe(session, kind, name));
        }
        session.database(0);
        session.protocol(2);
        session.name("");
        session.account(call.engine().authorizer().user(Authorizer.DEFAULT_USER));
        session.authenticated(!call.engine().authorizer().authenticationRequired());
        session.replies(Session.Replies.ON);
        session.noEvict(false);
        session.noTouch(false);
        call.reply().simple("RESET");
    }
}
