package io.releve.engine.core;

import io.releve.bytes.Bytes;
import io.releve.command.Blocking;
import io.releve.command.Reply;
import io.releve.format.resp.GatheredReply;
import io.releve.keyspace.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Clients that wait, by the keys they wait for, in the order in which they came (redis.io, BLPOP). A key that is touched
 * is ready; after the command that touched it, or after EXEC, the requests that wait for it are run again.
 */
final class Waiters {
    /** Milliseconds after which a request whose time is over but whose command is away is tried again. */
    private static final long RETRY = 100;

    private final RedisEngine engine;
    private final Execution execution;
    private final GatheredReply reply = new GatheredReply();
    private final Map<Integer, Map<Bytes, Set<Waiter>>> byDatabase = new HashMap<>();
    /** Keys that were touched and not looked at yet, in order. */
    private final Set<ReadyKey> ready = new LinkedHashSet<>();
    /** Requests that wait for no key: for replicas or the disk (WAIT, WAITAOF). */
    private final Set<Waiter> forCopies = new LinkedHashSet<>();
    private boolean serving;

    private record ReadyKey(int database, Bytes key) {
    }

    Waiters(RedisEngine engine) {
        this.engine = engine;
        execution = new Execution(engine, true);
    }

    /** Has a session wait. Its request, or another in its place, is run again when it can be served. */
    void add(Waiter waiter) {
        waiter.session.waiter = waiter;
        if (waiter.keys.isEmpty() && waiter.work == null) {
            forCopies.add(waiter);
        }
        for (Bytes key : waiter.keys) {
            byDatabase.computeIfAbsent(waiter.database, i -> new HashMap<>())
                    .computeIfAbsent(key, k -> new LinkedHashSet<>()).add(waiter);
        }
        engine.signals().attention(Signals.AWAITED, !byDatabase.isEmpty());
        if (waiter.work != null) {
            engine.offloads().execute(waiter);
        } else if (waiter.deadline != Blocking.FOREVER) {
            waiter.timer = engine.cron().at(waiter.deadline - engine.now(), () -> engine.turn().run(() -> {
                engine.tick();
                timeOver(waiter);
                engine.endBatch();
            }));
        }
    }

    /** The client is gone, or was served. */
    void remove(Waiter waiter) {
        if (waiter.session.waiter != waiter) {
            return;
        }
        waiter.session.waiter = null;
        forCopies.remove(waiter);
        if (waiter.timer != null) {
            waiter.timer.cancel(false);
        }
        Map<Bytes, Set<Waiter>> keys = byDatabase.get(waiter.database);
        if (keys == null) {
            return;
        }
        for (Bytes key : waiter.keys) {
            Set<Waiter> same = keys.get(key);
            if (same != null && same.remove(waiter) && same.isEmpty()) {
                keys.remove(key);
            }
        }
        if (keys.isEmpty()) {
            byDatabase.remove(waiter.database);
            engine.signals().attention(Signals.AWAITED, !byDatabase.isEmpty());
        }
    }

    /** Number of keys that are waited for. */
    int keys() {
        return byDatabase.values().stream().mapToInt(Map::size).sum();
    }

    /** Number of those that are waited for by requests that are answered when the key goes away. */
    long keysWatchedForTheirEnd() {
        return byDatabase.values().stream().flatMap(keys -> keys.values().stream())
                .filter(waiting -> waiting.stream().anyMatch(waiter -> waiter.whenGone)).count();
    }

    void touched(int database, Bytes key) {
        Map<Bytes, Set<Waiter>> keys = byDatabase.get(database);
        if (keys != null && keys.containsKey(key)) {
            ready.add(new ReadyKey(database, key.copy()));
        }
    }

    void databaseChanged(int database) {
        byDatabase.getOrDefault(database, Map.of()).keySet().forEach(key -> ready.add(new ReadyKey(database, key)));
    }

    /** Commands are back: what was touched in between may be servable now. */
    void retryAll() {
        List.copyOf(byDatabase.keySet()).forEach(this::databaseChanged);
        serve();
    }

    /** Copies have got further: who waits for them looks again. */
    void acknowledged() {
        for (Waiter waiter : List.copyOf(forCopies)) {
            if (waiter.session.waiter == waiter) {
                runAgain(waiter, null, false);
            }
        }
    }

    /** Whether anybody waits for copies. */
    boolean waitForCopies() {
        return !forCopies.isEmpty();
    }

    boolean anyReady() {
        return !ready.isEmpty();
    }

    /** Runs again what waits for the keys that are ready, and for those that become ready by it. */
    void serve() {
        if (serving) {
            return;
        }
        serving = true;
        try {
            while (!ready.isEmpty()) {
                ReadyKey next = ready.iterator().next();
                ready.remove(next);
                serve(next);
            }
        } finally {
            serving = false;
        }
    }

    private void serve(ReadyKey next) {
        Set<Waiter> waiting = byDatabase.getOrDefault(next.database(), Map.of()).get(next.key());
        if (waiting == null) {
            return;
        }
        for (Waiter waiter : new ArrayList<>(waiting)) {
            if (waiter.session.waiter == waiter && servable(waiter, next)) {
                runAgain(waiter, next.key(), false);
            }
        }
    }

    private boolean servable(Waiter waiter, ReadyKey next) {
        Value value = engine.live(engine.database(next.database()), next.key());
        return waiter.whenGone || value != null && value.type() == waiter.type;
    }

    /** Runs the request for the last time. */
    private void timeOver(Waiter waiter) {
        if (waiter.session.waiter == waiter && !runAgain(waiter, null, true)) {
            waiter.timer = engine.cron().at(RETRY, () -> engine.turn().run(() -> timeOver(waiter)));
        }
    }

    /**
     * Has a session wait no longer.
     *
     * @param error what it hears, or null for what it would have heard in the end
     * @return whether it was waiting for something that can be cut short
     */
    boolean unblock(ClientSession session, String error) {
        Waiter waiter = session.waiter;
        if (waiter == null || waiter.work != null) {
            return false;
        }
        if (error == null) {
            timeOver(waiter);
        } else {
            reply.begin(session.protocol()).error(error);
            answer(waiter);
        }
        return true;
    }

    /** The work a request has waited for is done. */
    void done(Waiter waiter) {
        if (waiter.session.waiter != waiter) {
            return;
        }
        if (runAgain(waiter, null, false)) {
            serve();
        } else {
            waiter.timer = engine.cron().at(RETRY, () -> engine.turn().run(() -> done(waiter)));
        }
    }

    /** @return false when it cannot be run at the moment: its command is away */
    private boolean runAgain(Waiter waiter, Bytes readyKey, boolean timedOut) {
        CommandSlot slot = engine.registry().table().resolve(waiter.request);
        if (slot == null || slot.command == null) {
            return false;
        }
        long start = engine.clock().nanoTime();
        Reply out = reply.begin(waiter.session.protocol());
        String denied = timedOut || waiter.work != null ? null
                : engine.permissions().refusal(waiter.session, slot, waiter.request);
        if (denied != null) {
            // the rights of the user have changed meanwhile
            slot.statistics.rejected();
            engine.statistics().error(denied);
            out.error(denied);
            answer(waiter);
            return true;
        }
        execution.call().resume(readyKey, timedOut, waiter.outcome);
        Waiter again = execution.run(waiter.session, slot, waiter.request, out);
        engine.observation().unblocked(waiter.session, slot, waiter.request, engine.clock().nanoTime() - start,
                again != null);
        if (again == null) {
            answer(waiter);
        } else if (waiter.work != null || again.work != null) {
            remove(waiter);
            add(again);
        }
        engine.tracking().answered(waiter.session);
        return true;
    }

    private void answer(Waiter waiter) {
        ClientSession session = waiter.session;
        byte[] bytes = reply.take();
        remove(waiter);
        engine.delivery().send();
        if (!waiter.muted) {
            // what shows no data does not wait for the log, as in a batch
            CommandSlot slot = engine.registry().table().resolve(waiter.request);
            session.connection().answer(bytes, slot != null && !slot.showsData ? 0 : engine.replyPosition());
        }
        if (session.closing()) {
            session.connection().close(true);
        } else {
            session.connection().resume();
        }
    }
}
