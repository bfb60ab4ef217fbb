package io.releve.acl.core;

/** A rule that cannot be accepted. The message is Redis' reason. */
final class RuleException extends Exception {
    private static final long serialVersionUID = 1;

    private final boolean unknownName;

    private RuleException(String reason, boolean unknownName) {
        super(reason);
        this.unknownName = unknownName;
    }

    static RuleException syntax() {
        return new RuleException("Syntax error", false);
    }

    /** There is no such command or category. */
    static RuleException unknown() {
        return new RuleException("Unknown command or category name in ACL", true);
    }

    static RuleException because(String reason) {
        return new RuleException(reason, false);
    }

    /** Whether it names a command or a category that does not exist. */
    boolean unknownName() {
        return unknownName;
    }
}
