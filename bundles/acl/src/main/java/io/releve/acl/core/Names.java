package io.releve.acl.core;

import java.nio.charset.StandardCharsets;

/**
 * Names of users and patterns are byte strings. Here they are texts of one byte a character, as they stand in files of users;
 * elsewhere, in the configuration file and in CLIENT LIST, they are UTF-8.
 */
final class Names {
    private Names() {
    }

    static String raw(String utf8) {
        return new String(utf8.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    static String utf8(String raw) {
        return new String(bytes(raw), StandardCharsets.UTF_8);
    }

    static byte[] bytes(String raw) {
        return raw.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Whether it holds what separates words, or a null character. */
    static boolean hasSpaces(String raw) {
        return raw.chars().anyMatch(c -> c == ' ' || c >= '\t' && c <= '\r' || c == 0);
    }
}
