package io.releve.format.resp;

/** The peer does not speak the protocol; the message is the error reply without its code. No stack trace. */
public final class ProtocolException extends RuntimeException {
    public ProtocolException(String message) {
        super("Protocol error: " + message, null, false, false);
    }
}
