package io.releve.perf.compare;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Has a server do one BGSAVE after the other, from another thread, until it is closed. */
final class BackgroundSaves extends Beside {
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final Server server;
    private final boolean once;
    private long nanos;
    private int count;
    private long grown;
    private long copied;

    /** @param watched whether there is one BGSAVE only, whose memory is watched: that takes time of its own */
    BackgroundSaves(Server server, boolean watched) {
        super("bgsave");
        this.server = server;
        once = watched;
        begin();
    }

    @Override
    void run() throws IOException {
        try (Client client = server.connect()) {
            do {
                long before = once ? server.figures().together() : 0;
                long begin = System.nanoTime();
                client.call("BGSAVE");
                Map<String, String> info = client.info("persistence");
                while (info.get("rdb_bgsave_in_progress").equals("1")) {
                    copied = Math.max(copied, Long.parseLong(info.getOrDefault("current_cow_peak", "0")));
                    if (once) {
                        grown = Math.max(grown, server.figures().together() - before);
                    }
                    LockSupport.parkNanos(POLL_NANOS);
                    info = client.info("persistence");
                }
                nanos += System.nanoTime() - begin;
                count++;
                copied = Math.max(copied, Long.parseLong(info.getOrDefault("rdb_last_cow_size", "0")));
                if (!info.get("rdb_last_bgsave_status").equals("ok")) {
                    throw new IOException("BGSAVE failed");
                }
            } while (!stopping() && !once);
        }
    }

    /** What one took on average, after {@link #close}. */
    double seconds() {
        return nanos / 1e9 / count;
    }

    /** Bytes by which the processes' memory grew at most. */
    long grown() {
        return grown;
    }

    /** Bytes that INFO says were copied, at most. */
    long copied() {
        return copied;
    }
}
