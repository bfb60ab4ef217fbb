package io.releve.engine;

import java.nio.ByteBuffer;
import java.util.function.Consumer;
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

    /** Whether the peer is on this machine. */
    default boolean isLocal() {
        return kind() != Kind.TCP || remoteAddress().startsWith("127.") || remoteAddress().startsWith("[::1]");
    }

    /** File descriptor, or -1. */
    default int descriptor() {
        return -1;
    }

    /**
     * Sends a finished reply or push of its own accord, after everything answered so far.
     *
     * @param position it leaves when the log is acknowledged up to here; 0 at once
     */
    void send(byte[] message, long position);

    /**
     * The same for the answer to a request that has waited; when it waits too long for the log, an error takes its place
     * ({@link Dispatcher#patience}).
     */
    default void answer(byte[] reply, long position) {
        send(reply, position);
    }

    /**
     * Makes this the connection of a replica: once what was answered so far is on its way, nothing is sent any more but what is
     * given to the stream; what would be answered is dropped.
     *
     * @param ready gets the stream, on the connection's own thread; not called when the connection is closed before
     */
    default void stream(Consumer<Stream> ready) {
        throw new UnsupportedOperationException("A replica needs a socket");
    }

    /** Bytes on their way to a replica. */
    @ConsumerType
    interface Stream {
        /**
         * Sends bytes without waiting; all of them are taken. One call at a time, from any thread.
         *
         * @param taken called, on any thread, once the socket has taken them all, if it has not when this returns
         * @return whether the socket has taken them all
         */
        boolean write(ByteBuffer bytes, Runnable taken);

        /** Runs something soon on the connection's own thread: behind the input it is working on, before the answers to it. */
        void soon(Runnable work);
    }

    /** Has reading go on, with the request that was not consumed dispatched again if there is one. */
    void resume();

    /** Closes the connection, after replies already given when {@code flush} is set. */
    void close(boolean flush);

    // Without a socket there is nothing to count

    /** Bytes received and not consumed yet. */
    default long inputBytes() {
        return 0;
    }

    /** Bytes answered and not taken by the peer yet. */
    default long outputBytes() {
        return 0;
    }

    /** Bytes ever received. */
    default long bytesRead() {
        return 0;
    }

    /** Bytes ever sent. */
    default long bytesWritten() {
        return 0;
    }
}
