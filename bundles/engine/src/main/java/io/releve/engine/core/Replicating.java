package io.releve.engine.core;

import io.releve.command.Arguments;
import io.releve.engine.Connection;
import io.releve.engine.Dispatcher;
import io.releve.engine.Session;
import io.releve.keyspace.Database;
import io.releve.log.History;
import io.releve.persistence.PersistenceContext;
import io.releve.persistence.Replay;
import io.releve.replication.Replication;
import io.releve.replication.ReplicationContext;
import io.releve.replication.ReplicationProvider;
import io.releve.replication.Standing;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** The replication that an engine has opened, and what the engine does for it. */
final class Replicating implements ReplicationContext {
    private static final String NOBODYS = "0".repeat(40);
    /** Later than any time, ms; who asks for a time that far asks for none. */
    private static final long NEVER = Long.MAX_VALUE / 4;

    private final RedisEngine engine;
    private final MasterPlayback master;
    private volatile Standing standing = Standing.MASTER;
    private volatile Replication replication;
    private volatile Dispatcher.Patience patience;
    private volatile boolean feedsReplicas;
    /** ms since the epoch. */
    private volatile long reconsiderAt = Long.MAX_VALUE;
    private volatile ReplicationProvider provider;
    private boolean started;
    /** A command of the master is running. */
    private boolean obeying;
    /** What is there is part of a master's data, or nothing. */
    private volatile boolean incomplete;
    private boolean stopping;
    /** Data is being loaded beside that of before. */
    private volatile Loading aside;

    Replicating(RedisEngine engine) {
        this.engine = engine;
        master = new MasterPlayback(engine);
    }

    // The part

    /** Null while no bundle offers it. */
    Replication replication() {
        return replication;
    }

    /** Opens it; the first that comes is used. */
    void open(ReplicationProvider chosen) {
        engine.turn().run(() -> {
            if (replication == null) {
                exchange(chosen);
            }
        });
    }

    ReplicationProvider provider() {
        return provider;
    }

    /** Another takes its place, and takes up its links again; the turn is held. */
    void exchange(ReplicationProvider next) {
        if (next == provider) {
            return;
        }
        close();
        provider = next;
        replication = next.open(this);
        if (started) {
            replication.start();
        }
    }

    /** The provider goes away: links end, and what the server is stays as it is until it is back. */
    void close(ReplicationProvider gone) {
        engine.turn().run(() -> {
            if (provider == gone) {
                close();
            }
        });
    }

    /** The turn is held. */
    void close() {
        if (replication != null) {
            replication.close();
            replication = null;
            provider = null;
        }
    }

    /** The engine stops: what is on disk stays as it is. The turn is held. @return what has to come to its end, null for nothing */
    Replication stop() {
        Replication closed = replication;
        stopping = true;
        close();
        return closed;
    }

    /** The data is there; the turn is held. */
    void start() {
        started = true;
        if (replication != null) {
            replication.start();
        }
    }

    void tick() {
        if (started && replication != null) {
            replication.tick();
        }
    }

    void disconnected(Session session) {
        if (replication != null) {
            replication.disconnected(session);
        }
    }

    /** Whether a command of the master is running: it sees keys whose time is over, and writes nothing to the log. */
    boolean obeying() {
        return obeying;
    }

    /** Whether the data are of no use to anybody: those of a master, of which some are missing. */
    boolean incomplete() {
        return incomplete && standing.replica();
    }

    /** Whether data of a master are being loaded. */
    boolean loads() {
        return aside != null || incomplete && engine.loading() != null;
    }

    boolean loadsAside() {
        return aside != null;
    }

    void databasesSwapped() {
        master.forgetDatabase();
    }

    // ReplicationContext

    @Override
    public PersistenceContext parts() {
        return engine.persistence();
    }

    @Override
    public void standing(Standing next) {
        boolean released = standing.held() && !next.held();
        standing = next;
        if (released) {
            engine.holding().resume(ClientSession.Wait.PAUSE);
        }
    }

    @Override
    public void reconsiderAt(long milliseconds) {
        reconsiderAt = milliseconds;
    }

    boolean isDue(long milliseconds) {
        return milliseconds >= reconsiderAt;
    }

    /** Whether what clients may do changes at a time: without sentinels it is not looked for again at the end of every batch. */
    boolean watchesTheClock() {
        return reconsiderAt < NEVER;
    }

    /** The turn is held. */
    void reconsider() {
        reconsiderAt = Long.MAX_VALUE;
        if (started && replication != null) {
            replication.reconsider();
        }
    }

    @Override
    public Standing standing() {
        return standing;
    }

    @Override
    public void run(Arguments command) throws IOException {
        engine.tick();
        obeying = true;
        try {
            master.run(command);
        } finally {
            obeying = false;
        }
    }

    @Override
    public void select(int database) {
        master.begin(database);
    }

    @Override
    public int selected() {
        return master.selected();
    }

    @Override
    public void linked(Connection connection) {
        master.linked(connection);
    }

    @Override
    public void discardTransaction() {
        master.discard();
    }

    @Override
    public void batchOver() {
        engine.endBatch();
    }

    @Override
    public void replaceData(Loader loader, BooleanSupplier wanted, boolean beside) throws IOException {
        engine.turn().take();
        try {
            engine.tick();
            if (!wanted.getAsBoolean()) {
                throw new IOException("the data of the master are not wanted any more");
            }
            if (beside) {
                loadAside(loader, wanted);
            } else {
                loadInPlace(loader);
            }
        } finally {
            engine.turn().give();
        }
    }

    private void loadInPlace(Loader loader) throws IOException {
        Loading loading = new Loading(engine, true);
        boolean journaled = engine.persistence().suspendJournal();
        engine.loading(loading);
        incomplete = true;
        try (Statistics.Aside counters = engine.statistics().aside()) {
            engine.clearData();
            adopt(loader.load(loading));
            incomplete = false;
        } finally {
            boolean stopped = incomplete && stopping;
            if (incomplete && !stopped) {
                // half of the data would pass for all of it, and so would none: nobody may go on from here
                engine.clearData();
                engine.log().adopt(NOBODYS, 0, 0);
                engine.log().fork();
            }
            engine.loading(null);
            if (journaled && !stopped) {
                engine.persistence().restartJournal();
            }
        }
    }

    private void loadAside(Loader loader, BooleanSupplier wanted) throws IOException {
        List<byte[]> functions = new ArrayList<>();
        Loading loading = new Loading(engine, true) {
            @Override
            public Database database(int index) {
                super.database(index);
                return engine.aside(index);
            }

            @Override
            public void function(byte[] library) {
                functions.add(library);
            }
        };
        aside = loading;
        try {
            clearAside();
            History history = loader.load(loading);
            if (!wanted.getAsBoolean()) {
                throw new IOException("the data of the master are not wanted any more");
            }
            boolean journaled = engine.persistence().suspendJournal();
            engine.exchangeWithAside();
            engine.functions().clear();
            functions.forEach(engine.functions()::add);
            adopt(history);
            incomplete = false;
            if (journaled) {
                engine.persistence().restartJournal();
            }
        } finally {
            clearAside();
            aside = null;
        }
    }

    private void clearAside() {
        for (int i = 0; i < engine.databases(); i++) {
            engine.aside(i).clear();
        }
    }

    private void adopt(History history) {
        engine.log().adopt(history.id(), history.position(), history.database());
        master.begin(Math.max(0, history.database()));
        engine.waiters().retryAll();
    }

    @Override
    public void unblockAll(String error) {
        for (Session session : engine.sessions().all()) {
            engine.waiters().unblock((ClientSession) session, error);
        }
    }

    @Override
    public void feedsReplicas(boolean yes) {
        feedsReplicas = yes;
    }

    boolean feedsReplicas() {
        return feedsReplicas;
    }

    @Override
    public void patience(Dispatcher.Patience next) {
        patience = next;
    }

    Dispatcher.Patience patience() {
        return patience;
    }

    @Override
    public void count(Synchronisation kind) {
        engine.statistics().count(kind);
    }

    @Override
    public void replicasGotFurther() {
        engine.waiters().acknowledged();
    }
}
