package io.releve.engine;

import org.osgi.annotation.versioning.ConsumerType;

/** The transport under a session, implemented by a listener. Every method may be called from any thread. */
@ConsumerType
public interface Connection {
    /** Kinds of peers, for protected mode and CLIENT LIST. */
    enum Kind {
        TCP, UNIX, EMBEDDED
    }

    Kind kind();

    /** {@code address:port} of the peer, for IPv6 {@code [address]:port}, for a unix socket {@code path:0}. */
    String remoteAddress();

    /** The same of our end. */
    String localAddress();

    /** File descriptor, or -1. */
    int descriptor();

    /**
     * Sends a finished reply or push of its own accord, after everything answered so far.
     *
     * @param position it leaves when the log is acknowledged up to here; 0 at once
     */
    void send(byte[] message, long position);

    /** Has reading go on, with the request that was not consumed dispatched again if there is one. */
    void resume();

    /** Closes the connection, after replies already given when {@code flush} is set. */
    void close(boolean flush);

    /** Bytes received and not consumed yet. */
    long inputBytes();

    /** Bytes answered and not taken by the peer yet. */
    long outputBytes();

    /** Bytes ever received. */
    long bytesRead();

    /** Bytes ever sent. */
    long bytesWritten();
}
