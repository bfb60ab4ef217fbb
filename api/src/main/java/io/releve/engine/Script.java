package io.releve.engine;

import io.releve.command.Arguments;
import io.releve.command.Reply;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** One run of a script or function inside a call. What it does to the data goes to the log as one atomic group. */
@ProviderType
public interface Script extends AutoCloseable {
    /**
     * What a script may do.
     *
     * @param readOnly no writes
     * @param allowOom also what is refused when memory is used up
     * @param allowStale also on a replica whose data may be stale
     * @param declared whether it says so itself: then it is refused as a whole where it may not run
     */
    record Mode(boolean readOnly, boolean allowOom, boolean allowStale, boolean declared) {
    }

    /** Who asks for its end. */
    enum Kill {
        /** It goes on. */
        NONE,
        /** SCRIPT KILL or FUNCTION KILL. */
        ASKED,
        /** The server stops without saving. */
        STOP
    }

    /** SHA-1 of a script, name of a function. */
    String name();

    /** Whether it is a function of a library. */
    boolean isFunction();

    /** The request that runs it. */
    List<byte[]> request();

    /** Milliseconds it has run so far. */
    long milliseconds();

    /** Whether it has written, and so must not be killed. */
    boolean wrote();

    /** Has it end soon; the turn is held. */
    void kill();

    // For whoever runs it

    /** The protocol its commands answer in, 2 or 3. */
    void protocol(int version);

    /** Whether what its commands write from now on goes to the log. */
    void replicate(boolean yes);

    /**
     * Runs a command with the client's user and the script's own selected database.
     *
     * @return null when it was run, and {@code reply} has its answer; otherwise why it was refused
     */
    String run(Arguments request, Reply reply);

    /**
     * Whether the client may run a command: what dispatch would ask the authorizer.
     *
     * @return null when there is no such command
     */
    Boolean permits(Arguments request);

    /**
     * Called from time to time, in between commands: from {@code busy-reply-threshold} on others hear meanwhile that the
     * server is busy.
     */
    Kill pause();

    /** It is over: what it did is written to the log, unless the server stops. */
    @Override
    void close();
}
