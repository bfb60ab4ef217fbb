package io.releve.engine.core;

import io.releve.command.Arguments;
import io.releve.command.CommandSpec;
import io.releve.engine.Engine;
import io.releve.engine.Session;
import io.releve.security.Authorizer;
import io.releve.security.Denial;
import io.releve.security.User;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;

/** One user, one password ({@code requirepass}), every command allowed: as long as no bundle knows users. */
final class PasswordAuthorizer implements Authorizer {
    private static final User ONLY = new Permissions.Fixed(DEFAULT_USER, true);

    private volatile byte[] password = {};

    @Override
    public void attach(Engine engine, String requirepass, List<String> users) {
        password(requirepass);
    }

    @Override
    public List<String> users() {
        return null;
    }

    @Override
    public void password(String requirepass) {
        password = requirepass.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public boolean authenticationRequired() {
        return password.length > 0;
    }

    @Override
    public boolean authenticate(String user, byte[] candidate) {
        return user.equals(DEFAULT_USER) && (password.length == 0 || MessageDigest.isEqual(password, candidate));
    }

    @Override
    public long patience(Session session) {
        return 0;
    }

    @Override
    public void failed(Session session, Arguments request, String user) {
        // there is nobody who keeps a log of it
    }

    @Override
    public User user(String name) {
        return name.equals(DEFAULT_USER) ? ONLY : null;
    }

    @Override
    public Denial check(User user, CommandSpec command, Arguments request) {
        return user.mayDoAll() ? null : new Denial(Denial.Kind.COMMAND, command.name(), "the user does not exist any more");
    }

    @Override
    public void denied(Session client, Context context, Denial denial) {
        // there is nobody who keeps a log of it
    }

    @Override
    public boolean readsEveryKey(User user, CommandSpec command, Arguments request) {
        return user.mayDoAll();
    }
}
