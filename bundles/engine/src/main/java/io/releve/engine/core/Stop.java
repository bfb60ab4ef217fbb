package io.releve.engine.core;

import io.releve.engine.Engine.ShutdownRequest;
import io.releve.engine.Mode;
import io.releve.persistence.Found;
import io.releve.persistence.Snapshotter;
import io.releve.replication.Replication;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How the engine stops (redis.io, SHUTDOWN): what is written before, and what the keyspace's files are worth afterwards. */
final class Stop {
    private static final Logger LOG = LoggerFactory.getLogger(Stop.class);

    /** Between two looks whether replicas have everything. */
    private static final long POLL_NANOS = 10_000_000;
    /** How long the thread of a link may take to end. */
    private static final long LINKS_NANOS = 2_000_000_000;

    private final RedisEngine engine;
    private volatile ShutdownRequest request = new ShutdownRequest(null, false, false);
    /** What comes before the stop; null when nobody has asked for one. Changed only while the turn is held. */
    private volatile FutureTask<Void> preparation;
    private volatile boolean prepared;
    /** Whether it cannot be called off any more. */
    private volatile boolean certain;
    /** Whether the turn was taken for good. */
    private volatile boolean finishing;
    /** Whether a script was ended in the middle of what it did. */
    private volatile boolean spoilt;

    Stop(RedisEngine engine) {
        this.engine = engine;
    }

    /** The data in memory are not what the copies have: they are not kept. */
    void spoilt() {
        spoilt = true;
    }

    /** Whether whoever waits for the turn waits in vain. */
    boolean finishing() {
        return finishing;
    }

    void request(ShutdownRequest newRequest) {
        request = newRequest;
    }

    /**
     * Whether a snapshot is to be written: when it was asked for, and without a word when there are save points. Never while
     * data is being loaded: it would take the place of what is not there yet.
     */
    private boolean saves(ShutdownRequest of) {
        Snapshotter snapshotter = engine.persistence().snapshotter();
        return snapshotter != null && complete() && (of.save() != null ? of.save() : snapshotter.savesAtStop());
    }

    private boolean complete() {
        return engine.loaded() && !engine.replicating().incomplete();
    }

    /**
     * Without the turn. Writes wait from here on, unless it fails or is called off. While one preparation runs, others are the
     * same one, as in Redis.
     */
    void prepare(ShutdownRequest of) throws IOException {
        FutureTask<Void> mine = new FutureTask<>(() -> save(of), null);
        FutureTask<Void> common = begin(mine, of);
        // does nothing when it is another, or was called off
        common.run();
        try {
            common.get();
            prepared = true;
        } catch (ExecutionException | CancellationException e) {
            throw new IOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        } finally {
            if (!prepared) {
                engine.turn().run(() -> end(common));
            }
        }
    }

    /**
     * The server stops, after SHUTDOWN or not: then what SHUTDOWN without options does is done here. Without the turn. What fails
     * does not keep it from stopping.
     */
    void prepareInAnyCase() {
        certain = true;
        if (prepared || !engine.loaded()) {
            return;
        }
        try {
            ShutdownRequest bySignal = SignalOptions.request(engine.settings().get(EngineDirectives.STOP_BY_SIGNAL));
            request(bySignal);
            prepare(bySignal);
        } catch (IOException e) {
            LOG.error("The stop could not be prepared: {}", e.getMessage());
        }
    }

    /** A script that is busy is not waited for when nothing is to be saved. */
    private void endScript(ShutdownRequest of) {
        if (Boolean.FALSE.equals(of.save()) && engine.busy().active()) {
            engine.scripting().script().stop();
        }
    }

    private FutureTask<Void> begin(FutureTask<Void> mine, ShutdownRequest of) {
        endScript(of);
        engine.turn().take();
        try {
            if (preparation == null) {
                preparation = mine;
                engine.holding().stopping(true);
            }
            return preparation;
        } finally {
            engine.turn().give();
        }
    }

    /** What replicas have not got yet would be missing if one of them took over: they are waited for, for a while. */
    private void awaitReplicas(ShutdownRequest of) {
        long seconds = of.now() ? 0 : engine.settings().get(EngineDirectives.SHUTDOWN_TIMEOUT);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        boolean[] lagging = {true};
        for (boolean first = true; seconds > 0 && !calledOff() && System.nanoTime() < end; first = false) {
            boolean asks = first;
            engine.turn().run(() -> {
                Replication replication = engine.replicating().replication();
                lagging[0] = replication != null && !replication.drained();
                if (lagging[0] && asks) {
                    replication.askReplicas();
                    engine.endBatch();
                }
            });
            if (!lagging[0]) {
                return;
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
        if (seconds > 0 && !calledOff()) {
            LOG.warn("Not all replicas have everything after {} s: the server stops all the same", seconds);
        }
    }

    private boolean calledOff() {
        FutureTask<Void> pending = preparation;
        return pending == null || pending.isCancelled();
    }

    private void save(ShutdownRequest of) {
        awaitReplicas(of);
        try {
            if (saves(of)) {
                engine.persistence().snapshotter().save();
            }
        } catch (IOException e) {
            LOG.error("There were errors trying to save the data before the stop: {}", e.getMessage());
            if (!of.force()) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** The turn is held. */
    private void end(FutureTask<Void> ended) {
        if (preparation == ended) {
            preparation = null;
            engine.holding().stopping(false);
        }
    }

    /**
     * Calls a stop off that is being prepared; the snapshot is written to its end. The turn is held.
     *
     * @return whether there was one
     */
    boolean abort() {
        FutureTask<Void> pending = preparation;
        if (pending == null || certain || !pending.cancel(false)) {
            return false;
        }
        LOG.info("The stop was called off");
        end(pending);
        return true;
    }

    /** Closes the copies on disk and the keyspace. Nobody sends commands any more. */
    void finish() throws IOException {
        ShutdownRequest last = request;
        Persistence copies = engine.persistence();
        boolean saved = prepared && saves(last);
        if (!prepared && saves(last)) {
            try {
                copies.snapshotter().save();
                saved = true;
            } catch (IOException e) {
                LOG.error("The data could not be saved: {}", e.getMessage());
            }
        }
        Found snapshot = copies.snapshotter() == null ? null : copies.snapshotter().found();
        copies.closeSnapshotter();
        engine.turn().take();
        finishing = true;
        awaitLinks(engine.replicating().stop());
        boolean journaled = copies.journal() != null;
        long fingerprint = copies.closeJournal(false);
        awaitSnapshot(copies);
        if (!complete() || spoilt) {
            // what is on disk is as it was, and what was loaded of it is of no use
            engine.keyspace().close(false);
            return;
        }
        long identity = journaled ? Origin.ofJournal(fingerprint)
                : Boolean.FALSE.equals(last.save()) ? 0 : Origin.ofSnapshot(snapshot, saved, engine.keepsFiles());
        if (identity != 0 && !engine.keepsFiles() && !engine.functions().all().isEmpty()) {
            engine.keyspace().close(false);
            LOG.info("Stopped; the next start loads the data anew, since libraries of functions stand only there");
            return;
        }
        engine.keyspace().close(identity != 0, identity);
        if (engine.mode() == Mode.SENTINEL) {
            LOG.info("Sentinel is now ready to exit, bye bye...");
            return;
        }
        LOG.info("Stopped; the data is {}", identity != 0 ? "kept for the next start"
                : "not kept: there are no save points and no append-only file, or SHUTDOWN NOSAVE was used");
    }

    /** A link that is in the middle of something needs the turn once more; one that waits for the network is left to itself. */
    private void awaitLinks(Replication closed) {
        long end = System.nanoTime() + LINKS_NANOS;
        while (closed != null && !closed.ended() && System.nanoTime() < end) {
            engine.turn().give();
            LockSupport.parkNanos(1_000_000);
            engine.turn().take();
        }
    }

    /** A snapshot that was given up needs the turn once more before the keyspace may go. */
    private void awaitSnapshot(Persistence copies) {
        while (copies.snapshotOwner() != null) {
            engine.turn().give();
            LockSupport.parkNanos(1_000_000);
            engine.turn().take();
        }
    }
}
