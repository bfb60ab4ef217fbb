package io.releve.acl.core;

import java.util.List;

/**
 * A user as the configuration declares it.
 *
 * @param name one byte a character
 * @param rules likewise, selectors put together
 * @param line as it stands in the configuration
 */
record Declaration(String name, List<String> rules, String line) {
    Declaration(String name, List<String> rules) {
        this(name, rules, "");
    }

    /** Whether the line may stay as it is while it is true: no password is to be read in it. */
    boolean keepsSecrets() {
        return !line.isEmpty() && rules.stream().noneMatch(rule -> rule.startsWith(">") || rule.startsWith("<"));
    }
}
