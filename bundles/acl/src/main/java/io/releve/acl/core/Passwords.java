package io.releve.acl.core;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** The passwords of a user: only their SHA-256 is kept. Comparing takes the same time wherever they differ. */
final class Passwords {
    private static final int LENGTH = 64;

    private final List<byte[]> hashes = new ArrayList<>();

    Passwords copy() {
        Passwords copy = new Passwords();
        copy.hashes.addAll(hashes);
        return copy;
    }

    void clear() {
        hashes.clear();
    }

    void add(byte[] hash) {
        if (!contains(hash)) {
            hashes.add(hash);
        }
    }

    void remove(byte[] hash) throws RuleException {
        if (!hashes.removeIf(known -> MessageDigest.isEqual(known, hash))) {
            throw RuleException.because("The password you are trying to remove from the user does not exist");
        }
    }

    /** All of them are looked at, so that the time does not tell which one it was. */
    boolean contains(byte[] hash) {
        boolean found = false;
        for (byte[] known : hashes) {
            found |= MessageDigest.isEqual(known, hash);
        }
        return found;
    }

    static byte[] hash(byte[] password) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(password);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** A hash as it stands in a rule. */
    static byte[] parse(String hex) throws RuleException {
        if (hex.length() != LENGTH || !hex.chars().allMatch(c -> c >= '0' && c <= '9' || c >= 'a' && c <= 'f')) {
            throw RuleException.because("The password hash must be exactly 64 characters and contain only lowercase"
                    + " hexadecimal characters");
        }
        return HexFormat.of().parseHex(hex);
    }

    /** The hashes in hexadecimal. */
    List<String> shown() {
        return hashes.stream().map(HexFormat.of()::formatHex).toList();
    }
}
