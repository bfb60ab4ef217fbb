package io.releve.embedded;

/**
 * The thread was interrupted while its command waited: for a key (BLPOP), for the end of CLIENT PAUSE. The command has
 * changed nothing, and the connection can be used on. The thread's interrupt flag is set again.
 */
public class InterruptedCallException extends ReleveException {
    private static final long serialVersionUID = 1;

    public InterruptedCallException(String message) {
        super(message);
    }
}
