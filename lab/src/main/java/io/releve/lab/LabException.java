package io.releve.lab;

/** Something the lab cannot do, or that did not come to hold in time; the message is for people. */
public final class LabException extends RuntimeException {
    public LabException(String message) {
        super(message);
    }

    public LabException(String message, Throwable cause) {
        super(message, cause);
    }
}
