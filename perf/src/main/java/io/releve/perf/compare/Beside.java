package io.releve.perf.compare;

import java.io.IOException;
import java.io.UncheckedIOException;

/** What goes on beside a measurement, on a thread of its own, until it is closed; what went wrong is thrown then. */
abstract class Beside implements AutoCloseable {
    private final Thread thread;
    private volatile boolean stopping;
    private volatile IOException failure;

    /** Subclasses call {@link #begin} once they are complete. */
    Beside(String name) {
        thread = new Thread(this::guarded, name);
    }

    final void begin() {
        thread.start();
    }

    /** To end soon after {@link #stopping}. */
    abstract void run() throws IOException;

    final boolean stopping() {
        return stopping;
    }

    private void guarded() {
        try {
            run();
        } catch (IOException e) {
            failure = e;
        } catch (UncheckedIOException e) {
            failure = e.getCause();
        }
    }

    /** Waits for its end. */
    @Override
    public final void close() throws IOException {
        stopping = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
        if (failure != null) {
            throw failure;
        }
    }
}
