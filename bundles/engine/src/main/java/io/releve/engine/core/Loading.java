package io.releve.engine.core;

import io.releve.bytes.Bytes;
import io.releve.command.Arguments;
import io.releve.info.InfoSection;
import io.releve.keyspace.Database;
import io.releve.persistence.Replay;
import java.io.IOException;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Data on its way into the keyspace. The loading thread has the turn; while the server starts it lends it to others, whose
 * commands hear {@code -LOADING}.
 */
class Loading implements Replay {
    private static final Logger LOG = LoggerFactory.getLogger(Loading.class);
    /** Entries between two looks at the clock. */
    private static final int STRIDE = 64;
    /** Commands between two looks at how large the databases will become. */
    private static final int FORECAST_STRIDE = 4096;
    /** A journal may add keys only at its beginning, so room is made for so many times as many keys at most. */
    private static final int MOST_GROWTH = 4;
    private static final long SLICE_NANOS = 1_000_000;
    private static final long REPORT_NANOS = 5_000_000_000L;

    private final RedisEngine engine;
    private final Playback playback;
    private final boolean lending;
    private final long startedAt;
    private final long startNanos;
    private int entries;
    private int commands;
    private long sliceStart;
    private long reportAt;
    private volatile long done;
    private volatile long total;
    private volatile boolean givenUp;

    /** @param lending whether others get the turn from time to time */
    Loading(RedisEngine engine, boolean lending) {
        this.engine = engine;
        this.lending = lending;
        playback = new Playback(engine);
        startedAt = engine.clock().milliseconds();
        startNanos = engine.clock().nanoTime();
        sliceStart = startNanos;
        reportAt = startNanos + REPORT_NANOS;
    }

    /** It is to end as soon as it can: the server stops. */
    void giveUp() {
        givenUp = true;
    }

    /** The database that the commands run so far have selected. */
    int selected() {
        return playback.selected();
    }

    /** Seconds it has taken so far. */
    double seconds() {
        return (engine.clock().nanoTime() - startNanos) / 1e9;
    }

    @Override
    public Database database(int index) {
        if (index < 0 || index >= engine.databases()) {
            throw new IllegalArgumentException("database " + index + " is beyond the directive databases, which is "
                    + engine.databases());
        }
        return engine.database(index);
    }

    @Override
    public int access(long idleSeconds, int frequency) {
        return engine.accessClocks().restored(idleSeconds, frequency);
    }

    @Override
    public long now() {
        return engine.now();
    }

    @Override
    public void run(Arguments command) throws IOException {
        playback.run(command);
        if (++commands % FORECAST_STRIDE == 0) {
            forecast();
        }
    }

    @Override
    public void expect(Bytes key) {
        engine.database(playback.selected()).expect(key);
    }

    /** If all that follows is like what came before, each database grows as the bytes do; much more is not believed. */
    private void forecast() {
        double growth = done == 0 ? 1 : Math.min(MOST_GROWTH, (double) total / done);
        for (int i = 0; i < engine.databases(); i++) {
            Database database = engine.database(i);
            database.expect((long) (database.size() * growth));
        }
    }

    @Override
    public void discard() {
        playback.discard();
    }

    @Override
    public void function(byte[] library) {
        engine.functions().add(library);
    }

    @Override
    public void progress(long bytes, long ofBytes) {
        if (++entries % STRIDE != 0) {
            return;
        }
        done = bytes;
        total = ofBytes;
        if (givenUp) {
            throw new GivenUp();
        }
        long now = engine.clock().nanoTime();
        if (lending && now - sliceStart > SLICE_NANOS) {
            engine.turn().lend();
            engine.tick();
            sliceStart = engine.clock().nanoTime();
        }
        if (now > reportAt) {
            reportAt = now + REPORT_NANOS;
            LOG.info("Loading: {} of {} MB, about {} s left", bytes >> 20, ofBytes >> 20, secondsLeft());
        }
    }

    /** Thrown into the loader when it is to end. */
    static final class GivenUp extends RuntimeException {
        GivenUp() {
            super("The server stops while it is loading", null, false, false);
        }
    }

    private long secondsLeft() {
        return done == 0 ? 1 : (long) Math.ceil(seconds() * (total - done) / done);
    }

    void describe(InfoSection.Lines lines) {
        lines.add("loading_start_time", startedAt / 1000);
        lines.add("loading_total_bytes", total);
        lines.add("loading_rdb_used_mem", 0);
        lines.add("loading_loaded_bytes", done);
        lines.add("loading_loaded_perc", String.format(Locale.ROOT, "%.2f", total == 0 ? 0 : 100.0 * done / total));
        lines.add("loading_eta_seconds", secondsLeft());
    }
}
