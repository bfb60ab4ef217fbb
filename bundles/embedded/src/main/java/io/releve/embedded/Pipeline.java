package io.releve.embedded;

import java.util.List;
import java.util.function.Function;

/**
 * Commands that run one after the other, several for one turn of the engine. Other clients' commands may come in between.
 *
 * <pre>{@code
 * try (Pipeline pipeline = releve.pipelined()) {
 *     Response<Long> visits = pipeline.queue(c -> c.incr("visits"));
 *     Response<String> name = pipeline.queue(c -> c.hget("user:alice", "name"));
 *     pipeline.sync();
 *     System.out.println(visits.get() + " " + name.get());
 * }
 * }</pre>
 *
 * Not for several threads at once.
 */
public interface Pipeline extends AutoCloseable {
    /**
     * Takes up one command.
     *
     * @param command calls exactly one method of the commands it is given; what that returns now has no meaning
     */
    <T> Response<T> queue(Function<Commands, T> command);

    /** Runs what was taken up. Errors are thrown by {@link Response#get}. */
    void sync();

    /** The same, with the results in their order; errors are {@link ErrorReplyException}s among them. */
    List<Object> syncAndReturnAll();

    /** Runs what was taken up, if anything. */
    @Override
    void close();
}
