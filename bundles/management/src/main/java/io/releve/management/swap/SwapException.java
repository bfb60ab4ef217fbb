package io.releve.management.swap;

/** A swap that is refused or was taken back; the message says why in one sentence. */
final class SwapException extends Exception {
    private static final long serialVersionUID = 1;

    SwapException(String message) {
        super(message);
    }

    SwapException(String message, Throwable cause) {
        super(message, cause);
    }
}
