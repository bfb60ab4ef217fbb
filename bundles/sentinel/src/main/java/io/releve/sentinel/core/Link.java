package io.releve.sentinel.core;

import java.util.function.Consumer;

/** A connection to a server or a sentinel. Requests are answered in order. */
public interface Link {
    /**
     * Sends a request; before the link is up it waits.
     *
     * @param answer gets a {@link String}, {@link Long}, {@link java.util.List} of these, null, or {@link Failure} for an
     *     error reply; never called once the link is closed
     */
    void send(Consumer<Object> answer, String... words);

    /** This end's IP address, empty while not connected. */
    String localHost();

    /** Idempotent; the owner is not told. */
    void close();

    /** An error reply. */
    record Failure(String text) {
    }

    /** Who asked for the link. */
    interface Owner {
        void connected();

        /** It could not be made, or has ended. */
        void closed(String reason);

        /** A message of a channel this link has subscribed to. */
        void message(String channel, String text);
    }
}
