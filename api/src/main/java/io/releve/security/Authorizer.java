package io.releve.security;

import io.releve.command.Arguments;
import io.releve.command.CommandSpec;
import io.releve.engine.Engine;
import io.releve.engine.Session;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A service: knows the users, and dispatch asks it about every command of those who may not do everything. Without one,
 * {@code requirepass} alone decides. It belongs to one engine; methods are called while the turn is held unless they say
 * otherwise.
 */
@ConsumerType
public interface Authorizer {
    /** Name of the user a new connection runs as. */
    String DEFAULT_USER = "default";

    /** Where a request came from. */
    enum Context {
        TOPLEVEL, MULTI, LUA
    }

    /**
     * An engine begins to ask: its commands are there.
     *
     * @param requirepass the password of the default user, empty for none, where nothing else says more of that user
     * @param users what {@link #users} of the predecessor says; null without one
     * @throws IllegalArgumentException in one sentence, when what was configured cannot be understood
     */
    void attach(Engine engine, String requirepass, List<String> users);

    /** Everybody with all rights, for a successor; null when {@code requirepass} says it all. */
    List<String> users();

    /** {@code requirepass} was set: the password of the default user, empty for none. */
    void password(String requirepass);

    /** Whether a new connection must authenticate before anything else. Any thread. */
    boolean authenticationRequired();

    /** @return whether this user exists, is on, and has this password */
    boolean authenticate(String user, byte[] password);

    /**
     * How long the session is to wait before its password is looked at, ms; 0 for not at all. So somebody who tries many
     * passwords does not get far.
     */
    long patience(Session session);

    /** Takes note of a password that was wrong. @param request what it stood in */
    void failed(Session session, Arguments request, String user);

    /** The user of this name, or null. */
    User user(String name);

    /**
     * Whether a user may run a command that exists, with arguments of a right number.
     *
     * @return null when it may
     */
    Denial check(User user, CommandSpec command, Arguments request);

    /** The same as an error reply, from before there was {@link Denial}. @return null when it may */
    default String check(Session session, CommandSpec command, Arguments request) {
        Denial denial = check(session.account(), command, request);
        return denial == null ? null : "NOPERM " + denial.message();
    }

    /** Takes note of a request that was refused. @param client who has sent it, or what has led to it */
    void denied(Session client, Context context, Denial denial);

    /** Whether a user may run the command and read every key there is: what it reads does not stand in the request. */
    boolean readsEveryKey(User user, CommandSpec command, Arguments request);
}
