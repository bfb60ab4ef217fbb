package io.releve.engine.core;

import io.releve.command.Arguments;
import io.releve.security.Authorizer;
import io.releve.security.Authorizer.Context;
import io.releve.security.Denial;
import io.releve.security.User;
import java.util.List;

/**
 * Whether a session may run a command, by the rights of its user (redis.io, ACL). Of a user who may do everything one field is
 * read. What comes from a master or a journal was decided elsewhere: it runs as {@link #SUPERUSER}.
 */
final class Permissions {
    /** Nobody in particular, who may do everything. Shown as Redis shows it. */
    static final User SUPERUSER = new Fixed("(superuser)", true);

    private static final String CHANGED = "NOPERM ACLs rules changed between the moment the transaction was accumulated and"
            + " the EXEC call. This command is no longer allowed for the following reason: ";

    private final RedisEngine engine;

    /** A user whose rights do not change. */
    record Fixed(String name, boolean mayDoAll) implements User {
    }

    Permissions(RedisEngine engine) {
        this.engine = engine;
    }

    /** @return the error, or null when it may run */
    String refusal(ClientSession session, CommandSlot slot, Arguments request) {
        if (session.account.mayDoAll()) {
            return null;
        }
        Denial denial = denial(session, session, slot, request,
                session.queue == null ? Context.TOPLEVEL : Context.MULTI, slot.shownName);
        return denial == null ? null : "NOPERM " + denial.message();
    }

    /** The same at EXEC. */
    String refusalInTransaction(ClientSession session, CommandSlot slot, Arguments request) {
        if (session.account.mayDoAll()) {
            return null;
        }
        Denial denial = denial(session, session, slot, request, Context.MULTI, "exec");
        return denial == null ? null : CHANGED + switch (denial.kind()) {
            case COMMAND -> "no permission to execute the command or subcommand";
            case KEY -> "no permission to touch the specified keys";
            case CHANNEL -> "no permission to access one of the channels used as arguments";
        };
    }

    /** The same in a script. @param client who has it run */
    String refusalInScript(ClientSession client, ClientSession session, CommandSlot slot, Arguments words) {
        if (session.account.mayDoAll()) {
            return null;
        }
        Denial denial = denial(client, session, slot, words, Context.LUA, client.lastCommand);
        return denial == null ? null : "ERR ACL failure in script: " + denial.message();
    }

    /** Whether it may, without anybody taking note. */
    boolean permits(ClientSession session, CommandSlot slot, Arguments words) {
        return session.account.mayDoAll() || engine.authorizer().check(session.account, slot.spec, words) == null;
    }

    /** @param shown the command that the client is shown with */
    private Denial denial(ClientSession client, ClientSession session, CommandSlot slot, Arguments request, Context context,
            String shown) {
        Authorizer authorizer = engine.authorizer();
        Denial denial = authorizer.check(session.account, slot.spec, request);
        if (denial != null) {
            String before = client.lastCommand;
            client.lastCommand = shown;
            authorizer.denied(client, context, denial);
            client.lastCommand = before;
        }
        return denial;
    }

    /** Tells somebody who is to be asked from now on what the former knew. */
    void hand(Authorizer former, Authorizer now) {
        List<String> users = former.users();
        now.attach(engine.administration(), engine.settings().get(EngineDirectives.REQUIREPASS), users);
    }

    /** Sessions stay with their users, as the one who is asked now knows them. */
    void follow(Authorizer now) {
        engine.sessions().all().forEach(session -> {
            if (session.account() == SUPERUSER) {
                return;
            }
            User same = now.user(session.user());
            session.account(same == null ? new Fixed(session.user(), false) : same);
            if (same == null) {
                session.connection().close(false);
            }
        });
    }
}
