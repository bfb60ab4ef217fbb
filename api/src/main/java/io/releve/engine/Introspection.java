package io.releve.engine;

import org.osgi.annotation.versioning.ProviderType;

/** What an engine notes of its own work, and what it can tell clients by it. Used while the turn is held. */
@ProviderType
public interface Introspection {
    /** Requests that took long. */
    SlowLog slowLog();

    /** How long commands and other work take. */
    Latencies latencies();

    /** Keys that clients keep copies of. */
    Tracking tracking();

    /** What memory is used. */
    MemoryUse memory();

    /**
     * What memory is used, in bytes.
     *
     * @param data live records, pages and expiry times now
     * @param peak the most there ever was of it
     * @param atStart what there was of it when the server was ready
     * @param resident of the process
     */
    record MemoryUse(long data, long peak, long atStart, long resident) {
    }
}
