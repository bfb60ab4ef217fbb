package io.releve.command;

/** An error reply. The message starts with the error code, for example {@code ERR syntax error}. No stack trace. */
public final class CommandException extends RuntimeException {
    public static final CommandException WRONG_TYPE =
            new CommandException("WRONGTYPE Operation against a key holding the wrong kind of value");
    public static final CommandException SYNTAX = new CommandException("ERR syntax error");
    public static final CommandException NOT_INTEGER =
            new CommandException("ERR value is not an integer or out of range");
    public static final CommandException NOT_FLOAT = new CommandException("ERR value is not a valid float");
    public static final CommandException OUT_OF_RANGE =
            new CommandException("ERR value is out of range");
    public static final CommandException NOT_POSITIVE =
            new CommandException("ERR value is out of range, must be positive");
    public static final CommandException NOT_NEGATABLE = new CommandException(
            "ERR value is out of range, value must between " + -Long.MAX_VALUE + " and " + Long.MAX_VALUE);
    public static final CommandException NO_SUCH_KEY = new CommandException("ERR no such key");
    public static final CommandException OUT_OF_MEMORY =
            new CommandException("OOM command not allowed when used memory > 'maxmemory'.");

    public CommandException(String message) {
        super(message, null, false, false);
    }
}
