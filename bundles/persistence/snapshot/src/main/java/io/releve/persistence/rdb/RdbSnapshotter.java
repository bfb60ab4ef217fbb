package io.releve.persistence.rdb;

import io.releve.command.CommandException;
import io.releve.format.rdb.RdbDirectives;
import io.releve.format.rdb.RdbException;
import io.releve.format.rdb.RdbInput;
import io.releve.format.rdb.RdbReplay;
import io.releve.format.rdb.RdbSnapshotFormat;
import io.releve.format.rdb.SnapshotFile;
import io.releve.format.rdb.SnapshotStream;
import io.releve.info.InfoSection;
import io.releve.log.History;
import io.releve.persistence.Found;
import io.releve.persistence.PersistenceContext;
import io.releve.persistence.Replay;
import io.releve.persistence.Snapshotter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The snapshots of one engine in an RDB file. */
final class RdbSnapshotter implements Snapshotter {
    private static final Logger LOG = LoggerFactory.getLogger(RdbSnapshotter.class);
    private static final String OWNER = "bgsave";
    private static final CommandException IN_PROGRESS = new CommandException("ERR Background save already in progress");
    private static final CommandException OTHER_ACTIVE = new CommandException("ERR Another child process is active (AOF?):"
            + " can't BGSAVE right now. Use BGSAVE SCHEDULE in order to schedule a BGSAVE whenever possible.");
    private static final String MISCONFIGURED = "MISCONF Redis is configured to save RDB snapshots, but it's currently unable"
            + " to persist to disk. Commands that may modify the data set are disabled, because this instance is configured"
            + " to report errors during writes if RDB snapshotting fails (stop-writes-on-bgsave-error option). Please check"
            + " the Redis logs for details about the RDB error.";
    /** After a failure the next try by a save point comes no sooner. */
    private static final long RETRY_MS = 5000;
    private static final long NONE = -1;

    private final PersistenceContext context;
    private final SavePoints savePoints;
    private volatile boolean closed;
    private volatile Running running;
    private boolean scheduled;
    private volatile boolean failed;
    private volatile long lastSave;
    private long lastTry;
    private long lastDuration = NONE;
    private long saves;
    private long lastPeak;
    private long peak;
    private long loaded;
    private long expired;

    /** A snapshot that is being written. */
    private record Running(SnapshotStream stream, SnapshotFile file, Path target, boolean counts, long changes,
            long startNanos) {
    }

    RdbSnapshotter(PersistenceContext context) {
        this.context = context;
        savePoints = new SavePoints();
        lastSave = System.currentTimeMillis() / 1000;
    }

    private Path file() {
        return context.directory().resolve(context.settings().get(SnapshotDirectives.FILE_NAME));
    }

    @Override
    public Found found() throws IOException {
        return SnapshotIdentity.of(context.disk(), file());
    }

    @Override
    public void load(Replay replay) throws IOException {
        Path file = file();
        long size = context.disk().size(file);
        RdbReplay reading = new RdbReplay(replay, false, 0, size);
        try (InputStream in = context.disk().read(file)) {
            reading.read(RdbInput.source(in), context.settings().get(RdbDirectives.CHECKSUM));
        } catch (RdbException | UncheckedIOException e) {
            throw new IOException("The snapshot " + file + " cannot be loaded: " + e.getMessage()
                    + ". Check it with 'releve check-rdb', or put another in its place", e);
        }
        loaded = reading.keys();
        expired = reading.expired();
        LOG.info("Done loading RDB, keys loaded: {}, keys expired: {}", loaded, expired);
    }

    @Override
    public void start() {
        lastSave = context.engine().clock().milliseconds() / 1000;
        savePoints.follow(context.settings());
        for (Path name : stale()) {
            try {
                context.disk().delete(context.directory().resolve(name));
            } catch (IOException e) {
                LOG.warn("The unfinished snapshot {} cannot be removed: {}", name, e.getMessage());
            }
        }
    }

    /** Snapshots that a crash has left unfinished. */
    private List<Path> stale() {
        try {
            return context.disk().list(context.directory()).stream()
                    .filter(name -> name.toString().matches("temp-\\d+\\.rdb")).toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    @Override
    public void save() throws IOException {
        write(file(), true);
    }

    @Override
    public void export(Path target) throws IOException {
        if (context.disk().exists(target)) {
            throw new IOException("there is a file " + target + " already");
        }
        write(target, false);
    }

    private void write(Path target, boolean counts) throws IOException {
        Running[] mine = new Running[1];
        while (true) {
            context.turn().run(() -> {
                if (running == null && context.snapshotBegins(OWNER)) {
                    mine[0] = begin(target, counts);
                } else if (running != null) {
                    // what it will hold is too old
                    running.stream().cancel();
                }
            });
            if (mine[0] != null) {
                break;
            }
            if (closed) {
                throw new IOException("the server stops");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
        if (!write(mine[0])) {
            throw new IOException("the snapshot could not be written; the log says why");
        }
    }

    @Override
    public boolean saving() {
        return running != null;
    }

    @Override
    public boolean saveInBackground(boolean schedule) {
        if (running != null) {
            throw IN_PROGRESS;
        }
        if (!context.snapshotBegins(OWNER)) {
            if (!schedule) {
                throw OTHER_ACTIVE;
            }
            scheduled = true;
            return false;
        }
        beginInBackground();
        return true;
    }

    private void beginInBackground() {
        Running next = begin(file(), true);
        Thread thread = new Thread(() -> write(next), "releve-" + context.instance() + "-snapshot-1");
        thread.setPriority(Thread.MIN_PRIORITY);
        thread.setDaemon(true);
        thread.start();
    }

    private Running begin(Path target, boolean counts) {
        SnapshotFile file = new SnapshotFile(context.disk(),
                target.resolveSibling("temp-" + ProcessHandle.current().pid() + ".rdb"),
                context.settings().get(SnapshotDirectives.INCREMENTAL_FSYNC));
        History place = context.log().place();
        long memory = context.keyspace().usedMemory();
        SnapshotStream stream = new SnapshotStream(context.turn(), context.engine(), context.keyspace(),
                sink -> new RdbSnapshotFormat(sink, context.engine(), memory, place, false), file);
        try {
            stream.begin();
        } catch (RuntimeException e) {
            context.snapshotDone();
            throw e;
        }
        if (counts) {
            lastTry = context.engine().clock().milliseconds();
        }
        running = new Running(stream, file, target, counts, context.engine().changes(), System.nanoTime());
        return running;
    }

    /** @return whether it is on the disk */
    private boolean write(Running snapshot) {
        IOException failure = null;
        try {
            snapshot.stream().write();
            snapshot.file().commit(snapshot.target());
        } catch (IOException e) {
            failure = e;
        } catch (RuntimeException | Error e) {
            failure = new IOException(e);
        }
        if (failure != null) {
            snapshot.file().discard();
        }
        IOException outcome = failure;
        context.turn().run(() -> ended(snapshot, outcome));
        return outcome == null;
    }

    private void ended(Running snapshot, IOException failure) {
        running = null;
        lastPeak = snapshot.stream().peakMemory();
        peak = Math.max(peak, lastPeak);
        lastDuration = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - snapshot.startNanos());
        if (snapshot.counts()) {
            count(snapshot, failure == null);
        }
        if (failure == null) {
            LOG.info("Snapshot of {} keys, {} bytes, saved on disk in {} ms", snapshot.stream().keys(),
                    snapshot.stream().bytes(), (System.nanoTime() - snapshot.startNanos()) / 1_000_000);
        } else if (!closed) {
            LOG.error("The snapshot {} could not be written: {}", snapshot.target(), failure.toString());
        }
        context.snapshotDone();
    }

    private void count(Running snapshot, boolean written) {
        failed = !written;
        if (written) {
            saves++;
            lastSave = context.engine().clock().milliseconds() / 1000;
            context.engine().changesSaved(snapshot.changes());
        }
    }

    @Override
    public long lastSave() {
        return lastSave;
    }

    @Override
    public boolean savesAtStop() {
        return savePoints.any();
    }

    @Override
    public void snapshotPossible() {
        if (scheduled && running == null && context.snapshotBegins(OWNER)) {
            scheduled = false;
            beginInBackground();
        }
    }

    @Override
    public void tick() {
        if (running != null) {
            return;
        }
        long now = context.engine().clock().milliseconds();
        if (savePoints.due(context.engine().changes(), now / 1000 - lastSave) && (!failed || now - lastTry > RETRY_MS)
                && context.snapshotBegins(OWNER)) {
            LOG.info("A save point is reached: {} changes. Saving...", context.engine().changes());
            beginInBackground();
        }
    }

    @Override
    public String refusal() {
        return failed && savePoints.any() && savePoints.stopsWrites() ? MISCONFIGURED : null;
    }

    @Override
    public void describe(InfoSection.Lines lines) {
        Running now = running;
        lines.add("current_cow_peak", now == null ? 0 : now.stream().peakMemory());
        lines.add("current_cow_size", now == null ? 0 : now.stream().extraMemory());
        lines.add("current_save_keys_processed", now == null ? 0 : now.stream().keys());
        lines.add("current_save_keys_total", now == null ? 0 : now.stream().total());
        lines.add("rdb_bgsave_in_progress", now == null ? 0 : 1);
        lines.add("rdb_last_save_time", lastSave);
        lines.add("rdb_last_bgsave_status", failed ? "err" : "ok");
        lines.add("rdb_last_bgsave_time_sec", lastDuration);
        lines.add("rdb_current_bgsave_time_sec", now == null ? NONE
                : TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - now.startNanos()));
        lines.add("rdb_saves", saves);
        lines.add("rdb_last_cow_size", lastPeak);
        lines.add("rdb_last_load_keys_expired", expired);
        lines.add("rdb_last_load_keys_loaded", loaded);
    }

    @Override
    public void close() {
        closed = true;
        savePoints.close();
        Running now = running;
        if (now != null) {
            now.stream().cancel();
        }
    }
}
