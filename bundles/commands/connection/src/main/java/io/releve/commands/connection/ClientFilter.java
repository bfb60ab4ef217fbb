package io.releve.commands.connection;

import io.releve.bytes.Bytes;
import io.releve.bytes.Numbers;
import io.releve.command.Arguments;
import io.releve.command.Call;
import io.releve.command.CommandException;
import io.releve.engine.ClientLine;
import io.releve.engine.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Chooses clients by the options of CLIENT LIST and CLIENT KILL. */
final class ClientFilter {
    private Predicate<Session> condition = session -> true;
    private boolean skipMe = true;

    private ClientFilter() {
    }

    static void list(Call call) {
        Arguments request = call.arguments();
        ClientFilter filter = new ClientFilter();
        if (request.size() == 4 && request.is(2, "TYPE")) {
            filter.type(request.get(3));
        } else if (request.size() > 3 && request.is(2, "ID")) {
            List<Long> ids = new ArrayList<>();
            for (int i = 3; i < request.size(); i++) {
                if (!Numbers.isInteger(request.get(i))) {
                    throw new CommandException("ERR Invalid client ID");
                }
                ids.add(request.integer(i));
            }
            filter.and(session -> ids.contains(session.id()));
        } else if (request.size() != 2) {
            throw CommandException.SYNTAX;
        }
        StringBuilder lines = new StringBuilder();
        for (Session session : call.engine().sessions()) {
            if (filter.condition.test(session)) {
                lines.append(ClientLine.of(session, call.now())).append('\n');
            }
        }
        call.reply().verbatim("txt", Bytes.of(lines.toString()).array());
    }

    static void kill(Call call) {
        Arguments request = call.arguments();
        ClientFilter filter = new ClientFilter();
        boolean old = request.size() == 3;
        if (old) {
            String address = request.get(2).text();
            filter.skipMe = false;
            filter.and(session -> session.connection().remoteAddress().equals(address));
        } else {
            filter.options(call);
        }
        int killed = 0;
        for (Session session : call.engine().sessions()) {
            boolean me = session.id() == call.session().id();
            if (filter.condition.test(session) && !(me && filter.skipMe)) {
                killed++;
                if (me) {
                    session.closeAfterReplies();
                } else {
                    call.engine().kill(session);
                }
                if (old) {
                    break;
                }
            }
        }
        if (!old) {
            call.reply().integer(killed);
        } else if (killed == 0) {
            throw new CommandException("ERR No such client");
        } else {
            call.reply().ok();
        }
    }

    private void options(Call call) {
        Arguments request = call.arguments();
        if (request.size() % 2 != 0) {
            throw CommandException.SYNTAX;
        }
        for (int i = 2; i < request.size(); i += 2) {
            Bytes value = request.get(i + 1);
            String text = value.text();
            if (request.is(i, "ID")) {
                if (!Numbers.isInteger(value) || Numbers.integer(value) <= 0) {
                    throw new CommandException("ERR client-id should be greater than 0");
                }
                long id = Numbers.integer(value);
                and(session -> session.id() == id);
            } else if (request.is(i, "TYPE")) {
                type(value);
            } else if (request.is(i, "ADDR")) {
                and(session -> session.connection().remoteAddress().equals(text));
            } else if (request.is(i, "LADDR")) {
                and(session -> session.connection().localAddress().equals(text));
            } else if (request.is(i, "USER")) {
                if (call.engine().authorizer().user(text) == null) {
                    throw new CommandException("ERR No such user '" + text + "'");
                }
                and(session -> session.user().equals(text));
            } else if (request.is(i, "SKIPME")) {
                skipMe = value.is("YES");
                if (!skipMe && !value.is("NO")) {
                    throw CommandException.SYNTAX;
                }
            } else {
                throw CommandException.SYNTAX;
            }
        }
    }

    private void type(Bytes name) {
        if (name.is("NORMAL")) {
            and(session -> !session.subscribed() && !session.replica() && !session.master());
        } else if (name.is("PUBSUB")) {
            and(Session::subscribed);
        } else if (name.is("REPLICA") || name.is("SLAVE")) {
            and(Session::replica);
        } else if (name.is("MASTER")) {
            and(Session::master);
        } else {
            throw new CommandException("ERR Unknown client type '" + name.text() + "'");
        }
    }

    private void and(Predicate<Session> more) {
        condition = condition.and(more);
    }
}
