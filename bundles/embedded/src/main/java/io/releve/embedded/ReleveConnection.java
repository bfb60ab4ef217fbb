package io.releve.embedded;

/**
 * One connection: what CLIENT LIST shows as one client, with its database, name, transaction and watched keys. It is used by one
 * thread at a time, and says so with an {@link IllegalStateException} when two meet in it; only {@link #close} and
 * {@link #receive} may be called beside a command.
 *
 * <p>It is the fastest way in: a GET or SET with byte arrays allocates nothing but the value returned.
 */
public interface ReleveConnection extends Commands, AutoCloseable {
    /** Chooses a database by its number. */
    default String select(int database) {
        return request("SELECT").add(database).status();
    }

    /** Has transactions of this connection fail when one of the keys changes until then. */
    default String watch(String... keys) {
        return request("WATCH").addAll(keys).status();
    }

    /** {@link #watch(String[])} with bytes. */
    default String watch(byte[]... keys) {
        return request("WATCH").addAll(keys).status();
    }

    /** Watches nothing any more. */
    default String unwatch() {
        return request("UNWATCH").status();
    }

    /** Its number, as CLIENT LIST shows it. */
    long id();

    /** Commands that run together on this connection. */
    Pipeline pipelined();

    /** A transaction of this connection, which fails when a watched key has changed. */
    Transaction multi();

    /**
     * What came by itself: messages after SUBSCRIBE, lines of MONITOR. {@link Releve#subscribe} is more comfortable.
     *
     * @param milliseconds how long to wait for one
     * @return null when none came
     * @throws ReleveException when the connection is closed
     */
    Reply receive(long milliseconds) throws InterruptedException;

    /** Ends it; a thread that waits in it hears {@link ReleveException}. */
    @Override
    void close();
}
