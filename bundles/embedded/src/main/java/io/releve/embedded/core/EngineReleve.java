package io.releve.embedded.core;

import io.releve.embedded.Invocation;
import io.releve.embedded.MessageListener;
import io.releve.embedded.Pipeline;
import io.releve.embedded.Releve;
import io.releve.embedded.ReleveConnection;
import io.releve.embedded.ReleveException;
import io.releve.embedded.Reply;
import io.releve.embedded.Subscription;
import io.releve.embedded.Transaction;
import io.releve.engine.Dispatcher;
import io.releve.engine.Engine;
import io.releve.engine.Session;
import io.releve.format.resp.Request;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** An engine as host code sees it; with the connections of calls that need none of their own. */
public final class EngineReleve implements Releve {
    /** Connections that are kept for later calls. */
    private static final int IDLE = 16;

    private final String name;
    private final Dispatcher dispatcher;
    private final Engine engine;
    private final Runnable closer;
    private final Acknowledgements acknowledgements;
    private final AtomicReferenceArray<EngineConnection> idle = new AtomicReferenceArray<>(IDLE);
    private final Set<EngineConnection> connections = ConcurrentHashMap.newKeySet();
    private final Set<Listening> listenings = ConcurrentHashMap.newKeySet();
    private final AtomicInteger listeners = new AtomicInteger();
    private final AtomicBoolean closed = new AtomicBoolean();

    /**
     * @param name part of the names of threads
     * @param closer ends the engine after the connections; does nothing for an engine of somebody else
     */
    public EngineReleve(String name, Dispatcher dispatcher, Engine engine, Runnable closer) {
        this.name = name;
        this.dispatcher = dispatcher;
        this.engine = engine;
        this.closer = closer;
        acknowledgements = new Acknowledgements(dispatcher);
    }

    Dispatcher dispatcher() {
        return dispatcher;
    }

    Engine engine() {
        return engine;
    }

    Acknowledgements acknowledgements() {
        return acknowledgements;
    }

    // Connections

    private EngineConnection open() {
        if (closed.get()) {
            throw closedAlready();
        }
        EngineConnection connection = new EngineConnection(this);
        connections.add(connection);
        if (closed.get()) {
            // close() may have looked before
            connection.shut();
            throw closedAlready();
        }
        return connection;
    }

    private static ReleveException closedAlready() {
        return new ReleveException("The instance is closed");
    }

    void forget(EngineConnection connection) {
        connections.remove(connection);
    }

    private EngineConnection take() {
        int first = (int) Thread.currentThread().getId();
        for (int i = 0; i < IDLE; i++) {
            int slot = first + i & IDLE - 1;
            if (idle.getPlain(slot) != null) {
                EngineConnection connection = idle.getAndSet(slot, null);
                if (connection != null) {
                    return connection;
                }
            }
        }
        return open();
    }

    /** Takes back a connection that {@link #take} gave, unless the next caller would notice what it was used for. */
    void give(EngineConnection connection) {
        if (!connection.inbox().closed() && isFresh(connection.session())) {
            int first = (int) Thread.currentThread().getId();
            for (int i = 0; i < IDLE; i++) {
                int slot = first + i & IDLE - 1;
                if (idle.getPlain(slot) == null && idle.compareAndSet(slot, null, connection)) {
                    return;
                }
            }
        }
        connection.shut();
    }

    private static boolean isFresh(Session session) {
        return session.database() == 0 && session.protocol() == 2 && session.queued() < 0 && session.watched() == 0
                && !session.subscribed() && !session.monitoring() && session.replies() == Session.Replies.ON
                && session.name().isEmpty() && !session.closing();
    }

    @Override
    public ReleveConnection connect() {
        return new OwnConnection(open());
    }

    // Calls

    @Override
    public Invocation request(String command) {
        EngineConnection connection = take();
        return connection.invocation.begin(command, true);
    }

    @Override
    public Reply call(String command, byte[]... arguments) {
        LiveInvocation invocation = take().invocation.begin(command, true);
        invocation.addAll(arguments);
        return invocation.raw();
    }

    private Reply[] runAll(List<Request> requests) {
        EngineConnection connection = take();
        try {
            return connection.runAll(requests);
        } finally {
            give(connection);
        }
    }

    @Override
    public Pipeline pipelined() {
        return new Recording(this::runAll, () -> { }, false);
    }

    @Override
    public Transaction multi() {
        return new Recording(this::runAll, () -> { }, true);
    }

    // Messages

    @Override
    public Subscription subscribe(MessageListener listener, String... channels) {
        Listening listening = listen(listener);
        listening.subscribe(channels);
        return listening;
    }

    @Override
    public Subscription psubscribe(MessageListener listener, String... patterns) {
        Listening listening = listen(listener);
        listening.psubscribe(patterns);
        return listening;
    }

    private Listening listen(MessageListener listener) {
        listenings.removeIf(Listening::ended);
        Listening listening = new Listening(open(), listener, "releve-" + name + "-listener-" + listeners.incrementAndGet());
        listenings.add(listening);
        return listening.start();
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        for (EngineConnection connection : connections) {
            connection.shut();
        }
        listenings.forEach(Listening::awaitEnd);
        acknowledgements.close();
        closer.run();
    }
}
