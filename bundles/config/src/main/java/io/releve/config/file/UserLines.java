package io.releve.config.file;

import io.releve.bytes.Bytes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;

/**
 * Lines {@code user ...} as long as no part knows users: CONFIG REWRITE of Redis adds one that says no more of the default
 * user than {@code requirepass} does, and that one is understood.
 */
final class UserLines {
    private UserLines() {
    }

    /** @param password of {@code requirepass}, empty without one */
    static void check(ConfigLine line, String password) throws ConfigException {
        TreeSet<String> words = new TreeSet<>(line.arguments());
        words.remove("sanitize-payload");
        String secret = password.isEmpty() ? "nopass" : "#" + sha256(password);
        if (!line.arguments().isEmpty() && line.arguments().get(0).equals("default")
                && words.equals(new TreeSet<>(List.of("default", "on", secret, "~*", "&*", "+@all")))) {
            return;
        }
        throw line.wrong("this server cannot do what 'user' asks for yet, and refuses to start as if it could");
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Bytes.of(text).toByteArray()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
