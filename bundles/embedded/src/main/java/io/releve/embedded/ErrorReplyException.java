package io.releve.embedded;

/** A command was answered with an error. The message is the error as a client of a socket sees it, without the minus sign. */
public class ErrorReplyException extends ReleveException {
    private static final long serialVersionUID = 1;

    public ErrorReplyException(String message) {
        super(message);
    }

    /** The first word of the message: {@code ERR}, {@code WRONGTYPE}, {@code OOM}, {@code NOAUTH}, ... */
    public String code() {
        int end = getMessage().indexOf(' ');
        return end < 0 ? getMessage() : getMessage().substring(0, end);
    }
}
