package io.releve.security;

import io.releve.command.Arguments;
import io.releve.command.CommandSpec;
import io.releve.engine.Session;
import org.osgi.annotation.versioning.ConsumerType;

/** A service: dispatch asks it about every command. Without one, {@code requirepass} alone decides. */
@ConsumerType
public interface Authorizer {
    /** Name of the user a new connection runs as. */
    String DEFAULT_USER = "default";

    /** Whether a new connection must authenticate before anything else. */
    boolean authenticationRequired();

    /** @return whether this user exists, is on, and has this password */
    boolean authenticate(String user, byte[] password);

    /**
     * Whether a session may run a command. Cheap when nothing is restricted.
     *
     * @return null when it may, otherwise the error reply
     */
    String check(Session session, CommandSpec command, Arguments request);
}
