package io.releve.embedded;

import java.util.List;
import java.util.function.Function;

/**
 * Commands that run as one, with nobody else's in between (redis.io, "Transactions"). They are gathered here and sent by
 * {@link #exec}, between MULTI and EXEC.
 *
 * <pre>{@code
 * try (ReleveConnection connection = releve.connect()) {
 *     do {
 *         connection.watch("stock");
 *         long left = Long.parseLong(connection.get("stock"));
 *         transaction = connection.multi();
 *         transaction.queue(c -> c.set("stock", Long.toString(left - 1)));
 *     } while (transaction.exec() == null);
 * }
 * }</pre>
 *
 * Not for several threads at once.
 */
public interface Transaction extends AutoCloseable {
    /**
     * Takes up one command.
     *
     * @param command calls exactly one method of the commands it is given; what that returns now has no meaning
     */
    <T> Response<T> queue(Function<Commands, T> command);

    /**
     * Runs the commands.
     *
     * @return their results, errors of single ones as {@link ErrorReplyException}; null when a watched key has changed and
     *         nothing was done
     * @throws ErrorReplyException when a command was refused before it ran, and nothing was done
     */
    List<Object> exec();

    /** Forgets the commands, and the watched keys. */
    void discard();

    /** Forgets what was not executed. */
    @Override
    void close();
}
