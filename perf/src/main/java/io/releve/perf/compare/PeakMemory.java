package io.releve.perf.compare;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Watches, from another thread, by how much the memory of a server and its children grows until it is closed. */
final class PeakMemory extends Beside {
    private static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final ProcessFigures figures;
    private final long before;
    private volatile long peak;

    PeakMemory(Server server) throws IOException {
        super("memory");
        figures = server.figures();
        before = figures.together();
        peak = before;
        begin();
    }

    @Override
    void run() throws IOException {
        while (!stopping()) {
            peak = Math.max(peak, figures.together());
            LockSupport.parkNanos(PERIOD_NANOS);
        }
    }

    /** After {@link #close}: Pss at its highest, minus what it was before, in MiB. */
    double mebibytes() {
        return (peak - before) / (double) (1 << 20);
    }
}
