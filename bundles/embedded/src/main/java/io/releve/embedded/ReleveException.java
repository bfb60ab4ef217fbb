package io.releve.embedded;

/** A call could not be made or was cut short: the instance is closed, cannot be opened, has too many clients. */
public class ReleveException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public ReleveException(String message) {
        super(message);
    }

    public ReleveException(String message, Throwable cause) {
        super(message, cause);
    }
}
