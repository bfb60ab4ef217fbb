package io.releve.sentinel.core;

import java.util.List;
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

    /** The words of a reply that is an array of texts, null for any other. */
    static List<String> words(Object reply) {
        return reply instanceof List<?> list && list.stream().allMatch(String.class::isInstance)
                ? list.stream().map(String.class::cast).toList() : null;
    }

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
