package io.releve.engine;

import io.releve.command.Arguments;
import io.releve.command.Reply;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The way into the engine for one I/O thread; not to be shared between threads. A batch is
 * {@link #begin}, any number of {@link #dispatch}, {@link #end}; between begin and end the lane holds the turn.
 */
@ProviderType
public interface Lane {
    /**
     * Takes the turn, waiting for it. When a call that may run long holds it for more than
     * {@code busy-reply-threshold}, returns without it: {@link #dispatch} then answers {@code -BUSY}, or runs what is
     * allowed while busy. {@link #end} is due in either case.
     *
     * @throws IllegalStateException when the engine has stopped
     */
    void begin();

    /**
     * Runs one request.
     *
     * @return false when the listener is to stop reading from this session until {@link Connection#resume}. If the session
     *         is {@link Session#blocked} then, the request was consumed and its answer comes by {@link Connection#send};
     *         otherwise nothing was answered, and the request's bytes are kept
     */
    boolean dispatch(Session session, Arguments request, Reply reply);

    /**
     * Gives the turn back. Those who copy the data need not have been handed what has changed yet: see {@link #flush}.
     *
     * @return the log position that must be acknowledged before this batch's replies leave, 0 for none
     */
    long end();

    /** Whether {@link #flush} is due. */
    boolean unflushed();

    /**
     * Hands on what batches have changed. To be called without the turn when the input is worked off that was there, and before
     * what does not wait for the log leaves: so one write to the disk serves many clients. While a script of another lane is busy
     * it is not done, and stays due.
     */
    void flush();
}
