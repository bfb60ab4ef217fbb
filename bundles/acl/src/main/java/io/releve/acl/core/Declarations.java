package io.releve.acl.core;

import io.releve.security.Authorizer;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes users of what the configuration, or a predecessor, says. */
final class Declarations {
    private static final Logger LOG = LoggerFactory.getLogger(Declarations.class);

    private final Accounts accounts;

    Declarations(Accounts accounts) {
        this.accounts = accounts;
    }

    /** @throws IllegalArgumentException about the first rule that cannot be accepted */
    void declare(List<Declaration> declarations) {
        for (Declaration declaration : declarations) {
            Rights rights = accounts.none();
            for (String rule : declaration.rules()) {
                try {
                    rights.apply(rule);
                } catch (RuleException e) {
                    throw new IllegalArgumentException("Error loading ACL rule '" + shown(rule) + "' for the user named '"
                            + Names.utf8(declaration.name()) + "': " + e.getMessage(), e);
                }
            }
            accounts.put(declaration.name(), rights);
            if (!rights.on() && !declaration.name().equals(Authorizer.DEFAULT_USER)) {
                LOG.info("The user '{}' is disabled (there is no 'on' modifier in the user description). Make sure this is not"
                        + " a configuration error.", Names.utf8(declaration.name()));
            }
        }
    }

    /** A password is not to be read in a log. */
    private static String shown(String rule) {
        return rule.startsWith(">") || rule.startsWith("<") ? rule.charAt(0) + "(redacted)" : Names.utf8(rule);
    }

    /** @param lines as ACL LIST shows them */
    void take(List<String> lines) {
        for (String line : lines) {
            List<String> words = List.of(line.split(" ", -1));
            try {
                declare(List.of(new Declaration(words.get(1), RuleWords.merged(words.subList(2, words.size())))));
            } catch (RuleWords.UnmatchedException e) {
                throw new IllegalArgumentException("Unmatched parenthesis in acl selector starting at '" + e.getMessage()
                        + "'.", e);
            }
        }
    }
}
