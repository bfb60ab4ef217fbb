package io.releve.embedded;

/**
 * Somebody who listens to channels, on a thread of its own. When more than {@value #MOST_UNREAD} bytes of messages wait for the
 * listener the subscription ends, as a client of a socket is cut off that does not read.
 */
public interface Subscription extends AutoCloseable {
    /** Bytes of messages that may wait. */
    int MOST_UNREAD = 32 << 20;

    /** Listens to more channels; when it returns, nothing published is missed. */
    void subscribe(String... channels);

    void unsubscribe(String... channels);

    /** Listens to all channels that match glob-style patterns. */
    void psubscribe(String... patterns);

    void punsubscribe(String... patterns);

    /** Listens no more. When it returns the listener is not called again, unless it is the listener that calls. */
    @Override
    void close();
}
