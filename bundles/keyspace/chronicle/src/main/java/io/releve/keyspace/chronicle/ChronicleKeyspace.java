package io.releve.keyspace.chronicle;

import io.releve.keyspace.Database;
import io.releve.keyspace.EncodingLimits;
import io.releve.keyspace.Keyspace;
import io.releve.keyspace.KeyspaceSettings;
import io.releve.keyspace.KeyspaceSettings.Reuse;
import io.releve.keyspace.Snapshot;
import io.releve.keyspace.chronicle.collection.CollectionView;
import io.releve.keyspace.chronicle.collection.Views;
import io.releve.keyspace.chronicle.extent.AllocatorState;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The databases, and the files they are in. */
final class ChronicleKeyspace implements Keyspace {
    private static final int SECRET_BYTES = 32;
    /**
     * How long a stop waits for the disk. Files that are not synced by then are good until the machine is started again:
     * the system has them in memory and goes on writing.
     */
    private static final long SYNC_MS = 1000;

    private final Folder folder;
    private final StateFile stateFile;
    private final long identity;
    private final ThreadPoolExecutor background;
    private final ChronicleDatabase[] databases;
    private final EncodingLimits limits;
    private final long large;
    private Storage storage;
    private Garbage garbage;
    private String origin;
    private boolean restored;
    private boolean closed;

    private ChronicleKeyspace(KeyspaceSettings settings, Folder folder, long large) {
        this.folder = folder;
        this.large = large;
        identity = settings.identity();
        databases = new ChronicleDatabase[settings.databases()];
        limits = settings.limits();
        stateFile = new StateFile(folder.path());
        background = background("releve-keyspace-" + folder.path().toAbsolutePath().normalize().getFileName() + "-1");
    }

    private static ThreadPoolExecutor background(String name) {
        ThreadPoolExecutor executor = new ThreadPoolExecutor(1, 1, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(),
                work -> {
                    Thread thread = new Thread(work, name);
                    thread.setDaemon(true);
                    return thread;
                });
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }

    static ChronicleKeyspace open(KeyspaceSettings settings) throws IOException {
        return open(settings, ChronicleSnapshot.LARGE);
    }

    /** @param large of what size on values are handed out by snapshots in pieces, in bytes */
    static ChronicleKeyspace open(KeyspaceSettings settings, long large) throws IOException {
        Folder folder = Folder.lock(settings.directory());
        ChronicleKeyspace keyspace = new ChronicleKeyspace(settings, folder, large);
        try {
            keyspace.open(settings.reuse(), settings.onlyCopy());
            return keyspace;
        } catch (IOException | RuntimeException e) {
            keyspace.background.shutdown();
            folder.unlock();
            throw e;
        }
    }

    private void open(Reuse reuse, boolean onlyCopy) throws IOException {
        KeyspaceState state = null;
        String refusal = null;
        try {
            state = reuse == Reuse.NO ? null : stateFile.read();
        } catch (StateFile.UnusableException e) {
            if (onlyCopy || reuse == Reuse.REQUIRED) {
                throw e;
            }
            refusal = e.reason();
        }
        boolean hasData = folder.hasData();
        if (refusal == null) {
            refusal = hasData ? refusal(state, reuse) : "there is none";
        }
        if (refusal != null && reuse == Reuse.REQUIRED) {
            throw new IOException("The data in " + folder.path() + " cannot be used because " + refusal);
        }
        stateFile.remove();
        if (refusal == null) {
            restore(state);
            origin = "found after a clean stop";
            restored = true;
            return;
        }
        origin = hasData ? "new: the data of the earlier run was removed because " + refusal
                : "new: there is no data of an earlier run";
        folder.removeData();
        SecureRandom random = new SecureRandom();
        storage = new Storage(folder.path(), background, random.longs(4).toArray(),
                random.generateSeed(SECRET_BYTES), 0, limits);
        makeDatabases();
        storage.pages().start();
        databases[0].prepare();
    }

    /** Why the files are not used, or null. */
    private String refusal(KeyspaceState state, Reuse reuse) {
        if (reuse == Reuse.NO) {
            return "keyspace-reuse is no";
        }
        if (state == null) {
            return "it was not stopped cleanly";
        }
        if (identity != 0 && identity != state.identity()) {
            return "it does not belong to what AOF or RDB hold";
        }
        if (!state.synced() && (state.bootId().isEmpty() || !state.bootId().equals(Environment.bootId()))) {
            return "the machine was started since";
        }
        if (state.databases().stream().anyMatch(database -> database.index() >= databases.length)) {
            return "it has more databases";
        }
        return null;
    }

    private void restore(KeyspaceState state) throws IOException {
        storage = new Storage(folder.path(), background, state.seeds(), state.secret(), state.directories(), limits);
        makeDatabases();
        storage.pages().open(state.pages());
        for (DatabaseState database : state.databases()) {
            databases[database.index()].open(database);
        }
    }

    private void makeDatabases() {
        garbage = new Garbage(storage);
        for (int i = 0; i < databases.length; i++) {
            databases[i] = new ChronicleDatabase(i, storage, garbage);
        }
    }

    @Override
    public String provider() {
        return ChronicleKeyspaceProvider.NAME;
    }

    @Override
    public Database database(int index) {
        return databases[index];
    }

    @Override
    public void swap(int first, int second) {
        ChronicleDatabase moved = databases[first];
        databases[first] = databases[second];
        databases[second] = moved;
        databases[first].index(first);
        databases[second].index(second);
    }

    @Override
    public String origin() {
        return origin;
    }

    @Override
    public boolean restored() {
        return restored;
    }

    @Override
    public long usedMemory() {
        long used = storage.pages().usedBytes() - garbage.pending();
        for (ChronicleDatabase database : databases) {
            used += database.directoryBytes();
        }
        return used;
    }

    @Override
    public Map<String, String> details() {
        Map<String, Long> figures = new TreeMap<>();
        storage.pages().details(figures);
        for (ChronicleDatabase database : databases) {
            database.details(figures);
        }
        Map<String, String> details = new LinkedHashMap<>();
        figures.forEach((name, figure) -> details.put(name, figure.toString()));
        return details;
    }

    @Override
    public void endCall() {
        Views views = storage.views();
        if (!views.detached().isEmpty()) {
            for (CollectionView view : views.detached()) {
                long record = view.detachedRecord();
                if (record != 0) {
                    databases[0].release(record);
                    view.leave();
                }
            }
        }
        views.endCall();
    }

    @Override
    public void reserve(long bytes) {
        long lacking = bytes - storage.pages().freeBytes();
        // to ask the disk costs 100 µs
        if (lacking > 0 && lacking > folder.usableBytes()) {
            throw new FullException("OOM command not allowed: there is no disk space for " + bytes + " bytes");
        }
        storage.pages().ensure(bytes);
    }

    @Override
    public Snapshot snapshot(Snapshot.Sink sink) {
        if (storage.snapshot() != null) {
            throw new IllegalStateException("A snapshot is being taken already");
        }
        storage.pages().nextEpoch();
        ChronicleSnapshot snapshot = new ChronicleSnapshot(storage, garbage,
                Arrays.stream(databases).map(ChronicleDatabase::entries).toList(), sink, large);
        storage.snapshot(snapshot);
        return snapshot;
    }

    @Override
    public boolean maintain(long deadline) {
        storage.pages().replenish();
        boolean more = garbage.collect(deadline);
        for (ChronicleDatabase database : databases) {
            more |= database.maintain(deadline);
        }
        return more;
    }

    @Override
    public void close(boolean keep) throws IOException {
        close(keep, identity);
    }

    @Override
    public void close(boolean keep, long newIdentity) throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        if (storage.snapshot() != null) {
            storage.snapshot().close();
        }
        try {
            garbage.finish();
            List<DatabaseState> states = new ArrayList<>();
            for (ChronicleDatabase database : databases) {
                DatabaseState state = database.state();
                if (state != null) {
                    states.add(state);
                }
            }
            AllocatorState pages = storage.pages().state();
            for (ChronicleDatabase database : databases) {
                database.close();
            }
            storage.close();
            finish(background);
            if (keep) {
                stateFile.write(new KeyspaceState(newIdentity, Environment.bootId(), folder.sync(SYNC_MS), storage.seeds(),
                        storage.secret(), storage.directories(), pages, states));
            } else {
                folder.removeData();
            }
        } finally {
            folder.unlock();
        }
    }

    private static void finish(ExecutorService background) throws IOException {
        background.shutdown();
        try {
            if (!background.awaitTermination(1, TimeUnit.MINUTES)) {
                throw new IOException("Files of the keyspace could not be closed within a minute");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
