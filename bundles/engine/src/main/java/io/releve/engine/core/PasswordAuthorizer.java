package io.releve.engine.core;

import io.releve.command.Arguments;
import io.releve.command.CommandSpec;
import io.releve.engine.Session;
import io.releve.security.Authorizer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** One user, one password ({@code requirepass}), every command allowed. */
final class PasswordAuthorizer implements Authorizer {
    private volatile byte[] password = {};

    void password(String requirepass) {
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
    public String check(Session session, CommandSpec command, Arguments request) {
        return null;
    }
}
