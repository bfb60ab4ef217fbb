package io.releve.commands.connection;

import static io.releve.command.CommandFlag.ALLOW_BUSY;
import static io.releve.command.CommandFlag.FAST;
import static io.releve.command.CommandFlag.LOADING;
import static io.releve.command.CommandFlag.NOSCRIPT;
import static io.releve.command.CommandFlag.NO_AUTH;
import static io.releve.command.CommandFlag.SENTINEL;
import static io.releve.command.CommandFlag.STALE;

import io.releve.bytes.Numbers;
import io.releve.command.Arguments;
import io.releve.command.Call;
import io.releve.command.Command;
import io.releve.command.CommandException;
import io.releve.command.CommandSpec;
import io.releve.command.Reply;
import io.releve.engine.Engine;
import io.releve.engine.Mode;
import io.releve.engine.Session;

/** HELLO: chooses the protocol, and may authenticate and name the connection in the same go. */
final class Hello implements Command {
    private final CommandSpec spec = ConnectionCommands.spec("HELLO", -1, "6.0.0")
            .flags(NOSCRIPT, LOADING, STALE, FAST, NO_AUTH, ALLOW_BUSY, SENTINEL)
            .summary("Chooses the protocol version and tells about the server.")
            .syntax("[protover:integer [AUTH username password] [SETNAME clientname]]")
            .changed("6.2.0", "Without arguments it only tells about the connection.")
            .build();

    @Override
    public CommandSpec spec() {
        return spec;
    }

    @Override
    public void run(Call call) {
        Arguments request = call.arguments();
        Session session = call.session();
        int version = session.protocol();
        if (request.size() > 1) {
            if (!Numbers.isInteger(request.get(1))) {
                throw new CommandException("ERR Protocol version is not an integer or out of range");
            }
            long wanted = request.integer(1);
            if (wanted < 2 || wanted > 3) {
                throw new CommandException("NOPROTO unsupported protocol version");
            }
            version = (int) wanted;
        }
        String name = null;
        int user = 0;
        for (int i = 2; i < request.size(); i++) {
            int more = request.size() - 1 - i;
            if (request.is(i, "AUTH") && more >= 2) {
                user = i + 1;
                i += 2;
            } else if (request.is(i, "SETNAME") && more >= 1) {
                name = ClientCommands.validName(request.get(++i));
            } else {
                throw new CommandException("ERR Syntax error in HELLO option '" + request.get(i).text() + "'");
            }
        }
        if (user > 0 && !ConnectionCommands.authenticate(call, request.get(user).text(),
                request.get(user + 1).toByteArray())) {
            return;
        }
        if (!session.authenticated() && call.engine().authorizer().authenticationRequired()) {
            throw new CommandException("NOAUTH HELLO must be called with the client already authenticated, otherwise the"
                    + " HELLO <proto> AUTH <user> <pass> option can be used to authenticate the client and select the"
                    + " RESP protocol version at the same time");
        }
        if (name != null) {
            session.name(name);
        }
        session.protocol(version);
        answer(call, version);
    }

    private static void answer(Call call, int version) {
        Reply reply = call.reply();
        reply.protocol(version);
        Mode mode = call.engine().mode();
        reply.map(mode == Mode.SENTINEL ? 6 : 7);
        reply.bulk("server");
        reply.bulk("redis");
        reply.bulk("version");
        reply.bulk(Engine.REDIS_VERSION);
        reply.bulk("proto");
        reply.integer(version);
        reply.bulk("id");
        reply.integer(call.session().id());
        reply.bulk("mode");
        reply.bulk(mode.redisName());
        if (mode != Mode.SENTINEL) {
            reply.bulk("role");
            reply.bulk(call.engine().standing().replica() ? "replica" : "master");
        }
        reply.bulk("modules");
        reply.array(0);
    }
}
