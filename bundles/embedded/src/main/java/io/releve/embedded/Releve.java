package io.releve.embedded;

import java.nio.file.Path;

/**
 * An instance of Relève inside this JVM. In an OSGi container it is a service, bound to the engine that runs there; elsewhere
 * it is opened:
 *
 * <pre>{@code
 * try (Releve releve = Releve.open(Path.of("data"))) {
 *     releve.setex("session:17", 3600, "alice");
 *     releve.hset("user:alice", Map.of("name", "Alice", "city", "Zürich"));
 *     String name = releve.hget("user:alice", "name");
 * }
 * }</pre>
 *
 * Commands run on the caller's thread, with the semantics they have over a socket: the same replies and errors, order,
 * expiry, eviction, journal and replicas. With {@code appendfsync always} a call returns when its change is on disk.
 *
 * <p>Any number of threads may call; each call is a connection's of its own, out of a small pool. What a connection
 * remembers (SELECT, WATCH, MULTI, SUBSCRIBE, CLIENT SETNAME) needs one from {@link #connect}. Sessions made here run as the
 * default user without a password: who is inside the JVM is trusted.
 */
public interface Releve extends Commands, AutoCloseable {
    /** A connection of its own; close it. */
    ReleveConnection connect();

    /** Commands that run together, without waiting for each other's results. */
    Pipeline pipelined();

    /** A transaction without watched keys; {@link ReleveConnection#watch} has them. */
    Transaction multi();

    /** Has a listener told what is published on some channels, until the subscription is closed. */
    Subscription subscribe(MessageListener listener, String... channels);

    /** The same for all channels that match glob-style patterns. */
    Subscription psubscribe(MessageListener listener, String... patterns);

    /**
     * Ends all connections and subscriptions; threads that wait in a command hear {@link ReleveException}. An instance that was
     * opened here then closes its files and ends its threads; the service of an OSGi container goes on, for others.
     *
     * @throws ReleveException when the data could not be written
     */
    @Override
    void close();

    /** Opens an instance that keeps its data in a directory, which is made if it is missing. */
    static Releve open(Path directory) {
        return builder().directory(directory).open();
    }

    /** What to open, said step by step. */
    static ReleveBuilder builder() {
        return new ReleveBuilder();
    }
}
