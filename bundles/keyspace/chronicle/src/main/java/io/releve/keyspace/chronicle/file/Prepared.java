package io.releve.keyspace.chronicle.file;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Something made in the background before it is needed. Asked for, and taken, by the holder of the turn; after a
 * failure (a full disk) it is tried again when it is asked for and a second has passed.
 */
public final class Prepared<T> {
    private static final Logger LOG = LoggerFactory.getLogger(Prepared.class);
    private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final ExecutorService background;
    private Future<T> work;
    private boolean failed;
    private long failedAt;

    public Prepared(ExecutorService background) {
        this.background = background;
    }

    /** Starts the work unless it runs, is done, or has just failed. */
    public void request(Callable<T> maker) {
        if (work == null && !(failed && System.nanoTime() - failedAt < RETRY_NANOS)) {
            work = background.submit(maker);
        }
    }

    public boolean isPending() {
        return work != null;
    }

    /** What was made, once, or null while there is nothing. */
    public T poll() {
        return work != null && work.isDone() ? take(0) : null;
    }

    /** Waits for what was asked for; null when it failed, or takes longer. */
    public T await(long milliseconds) {
        return work == null ? null : take(milliseconds);
    }

    private T take(long milliseconds) {
        try {
            T result = work.get(milliseconds, TimeUnit.MILLISECONDS);
            work = null;
            failed = false;
            return result;
        } catch (TimeoutException e) {
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        } catch (ExecutionException e) {
            if (!failed) {
                LOG.warn("No room for more data: {}", e.getCause().getMessage());
                LOG.debug("Cause", e.getCause());
            }
            work = null;
            failed = true;
            failedAt = System.nanoTime();
            return null;
        }
    }
}
