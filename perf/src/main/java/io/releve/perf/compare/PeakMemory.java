package io.releve.perf.compare;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Watches, from another thread, by how much the memory of a server and its children grows until it is closed. */
final class PeakMemory implements AutoCloseable {
    private static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final ProcessFigures figures;
    private final long before;
    private final Thread thread = new Thread(this::run, "memory");
    private volatile boolean stopping;
    private volatile long peak;
    private volatile IOException failure;

    PeakMemory(Server server) throws IOException {
        figures = server.figures();
        before = figures.together();
        peak = before;
        thread.start();
    }

    private void run() {
        try {
            while (!stopping) {
                peak = Math.max(peak, figures.together());
                LockSupport.parkNanos(PERIOD_NANOS);
            }
        } catch (IOException e) {
            failure = e;
        } catch (UncheckedIOException e) {
            failure = e.getCause();
        }
    }

    @Override
    public void close() throws IOException {
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

    /** After {@link #close}: Pss at its highest, minus what it was before, in MiB. */
    double mebibytes() {
        return (peak - before) / (double) (1 << 20);
    }
}
