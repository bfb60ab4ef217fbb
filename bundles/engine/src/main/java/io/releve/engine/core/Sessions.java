package io.releve.engine.core;

import io.releve.engine.Connection;
import io.releve.engine.Session;
import io.releve.security.Authorizer;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** The living sessions of an engine, by id. */
final class Sessions {
    private final RedisEngine engine;
    private final ConcurrentSkipListMap<Long, ClientSession> byId = new ConcurrentSkipListMap<>();
    /** Number of sessions; the map would have to count them. */
    private final AtomicInteger connected = new AtomicInteger();
    private final AtomicLong nextId = new AtomicLong(1);
    /** Of links that have ended. */
    private final AtomicLong replicaBytes = new AtomicLong();
    private final AtomicLong masterBytes = new AtomicLong();
    private volatile long limit = 10_000;

    Sessions(RedisEngine engine) {
        this.engine = engine;
    }

    void limit(long newLimit) {
        limit = newLimit;
    }

    /** @return null when there are too many */
    ClientSession open(Connection connection) {
        if (connected.incrementAndGet() > limit) {
            connected.decrementAndGet();
            engine.statistics().rejectedConnections.incrementAndGet();
            return null;
        }
        ClientSession session = new ClientSession(nextId.getAndIncrement(), connection, engine.clock().milliseconds(),
                engine, !engine.authenticationRequired());
        byId.put(session.id(), session);
        // should another authorizer have come in between, it does not know the session yet
        session.account(engine.authorizer().user(Authorizer.DEFAULT_USER));
        engine.statistics().connections.incrementAndGet();
        return session;
    }

    /** A session for the master's requests, shown with the others; it counts neither for the limit nor as a connection. */
    ClientSession ofMaster(Connection connection) {
        ClientSession session = new ClientSession(nextId.getAndIncrement(), connection, engine.clock().milliseconds(), engine,
                true).asMaster();
        byId.put(session.id(), session);
        return session;
    }

    void removeMaster(ClientSession session) {
        byId.remove(session.id());
        masterBytes.addAndGet(session.connection().bytesRead());
    }

    /** Bytes ever sent to replicas. */
    long toReplicas() {
        return replicaBytes.get() + byId.values().stream().filter(ClientSession::replica)
                .mapToLong(session -> session.connection().bytesWritten()).sum();
    }

    /** Bytes ever received from a master. */
    long fromMaster() {
        return masterBytes.get() + byId.values().stream().filter(ClientSession::master)
                .mapToLong(session -> session.connection().bytesRead()).sum();
    }

    /** Ends what the session was in the middle of; waits for the turn if there is anything. */
    void close(ClientSession session) {
        if (byId.remove(session.id()) == null) {
            return;
        }
        connected.decrementAndGet();
        if (session.replica()) {
            replicaBytes.addAndGet(session.connection().bytesWritten());
        }
        engine.holding().forget(session);
        engine.busy().run(() -> {
            session.gone = true;
            engine.replicating().disconnected(session);
            if (session.waiter != null) {
                engine.waiters().remove(session.waiter);
            }
            engine.transactions().discard(session);
            engine.channels().forget(session);
            engine.monitors().remove(session);
            engine.tracking().off(session);
        });
    }

    Collection<Session> all() {
        return List.copyOf(byId.values());
    }

    /** Null for an id that is not, or no longer, in use. */
    ClientSession find(long id) {
        return byId.get(id);
    }

    void forgetDatabases() {
        byId.values().forEach(ClientSession::forgetDatabase);
    }
}
