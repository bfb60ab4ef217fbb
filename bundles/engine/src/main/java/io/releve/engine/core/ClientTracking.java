package io.releve.engine.core;

import io.releve.bytes.Bytes;
import io.releve.command.Arguments;
import io.releve.command.CommandFlag;
import io.releve.command.KeyPositions;
import io.releve.command.Reply;
import io.releve.engine.Session;
import io.releve.engine.Tracking;
import io.releve.engine.tracking.Prefixes;
import io.releve.engine.tracking.TrackingTable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Clients that keep copies (redis.io, Client-side caching). While there are none, a change costs one look at
 * {@link Signals#attention}. Invalidations are messages: {@link Delivery} has them leave no sooner than the reply of what
 * made them. With the turn.
 */
final class ClientTracking implements Tracking {
    private static final Bytes INVALIDATE = Bytes.of("invalidate");
    private static final Bytes MESSAGE = Bytes.of("message");
    private static final Bytes BROKEN = Bytes.of("tracking-redir-broken");
    /** What RESP2 clients subscribe to, to hear what others have them told. */
    private static final Bytes CHANNEL = Bytes.of("__redis__:invalidate");
    /** Keys forgotten in one go when there are too many. */
    private static final int EFFORT = 100;

    /** One client's part. */
    static final class State {
        private Options options;
        private boolean broken;
        private boolean excepts;
        private final Set<Bytes> prefixes = new TreeSet<>();

        /** Letters for CLIENT LIST. */
        String letters() {
            return "t" + (broken ? "R" : "") + (options.broadcast() ? "B" : "");
        }

        long redirect() {
            return options.redirect();
        }
    }

    private final RedisEngine engine;
    private final RandomGenerator random;
    private final TrackingTable table = new TrackingTable();
    private final Prefixes<ClientSession> prefixes = new Prefixes<>();
    private final Set<ClientSession> clients = new LinkedHashSet<>();
    private final Bytes forgotten = new Bytes();
    /** For the client of {@link #acting}, where its reply cannot be added to: sent behind it. */
    private final List<Consumer<Reply>> behindAnswer = new ArrayList<>();
    private volatile long limit = Long.MAX_VALUE;
    /** Whose request runs, null for nobody's: what is due expires. */
    private final Current<ClientSession> acting = new Current<>();
    private boolean flushed;

    ClientTracking(RedisEngine engine, RandomGenerator random) {
        this.engine = engine;
        this.random = random;
    }

    /** @param keys that are remembered at most, 0 for all */
    void limit(long keys) {
        limit = keys == 0 ? Long.MAX_VALUE : keys;
    }

    int clients() {
        return clients.size();
    }

    int keys() {
        return table.size();
    }

    long items() {
        return table.items();
    }

    int prefixes() {
        return prefixes.size();
    }

    /** @return who acted before */
    ClientSession acting(ClientSession session) {
        return acting.set(session);
    }

    // Who wants what

    @Override
    public void on(Session session, Options options, Collection<Bytes> morePrefixes) {
        ClientSession client = (ClientSession) session;
        if (client.tracked == null) {
            client.tracked = new State();
            clients.add(client);
        }
        client.tracked.options = options;
        client.tracked.broken = false;
        if (options.broadcast()) {
            for (Bytes prefix : morePrefixes.isEmpty() ? List.of(new Bytes()) : morePrefixes) {
                Bytes own = prefix.copy();
                client.tracked.prefixes.add(own);
                prefixes.add(own, client);
            }
        }
        engine.signals().attention(Signals.TRACKED, true);
    }

    @Override
    public void off(Session session) {
        ClientSession client = (ClientSession) session;
        if (client.tracked == null) {
            return;
        }
        // what the table knows of it is left out when the key changes
        prefixes.remove(client.tracked.prefixes, client);
        client.tracked = null;
        clients.remove(client);
        if (clients.isEmpty()) {
            table.clear();
            engine.signals().attention(Signals.TRACKED, false);
        }
    }

    @Override
    public Options options(Session session) {
        State state = ((ClientSession) session).tracked;
        return state == null ? null : state.options;
    }

    @Override
    public Collection<Bytes> prefixes(Session session) {
        State state = ((ClientSession) session).tracked;
        return state == null ? List.of() : state.prefixes;
    }

    @Override
    public void except(Session session) {
        ((ClientSession) session).tracked.excepts = true;
    }

    @Override
    public boolean excepts(Session session) {
        State state = ((ClientSession) session).tracked;
        return state != null && state.excepts;
    }

    @Override
    public boolean broken(Session session) {
        State state = ((ClientSession) session).tracked;
        return state != null && state.broken;
    }

    /** A client's request is over: an exception made for it is, too, unless a transaction has begun. */
    void requestOver(ClientSession client, CommandSlot slot) {
        if (client.queue == null && !slot.shownName.startsWith("client|")) {
            client.tracked.excepts = false;
        }
    }

    // What clients read

    /** A command has run that reads: the client whose request it is keeps copies from now on. */
    void read(CommandSlot slot, Arguments request) {
        ClientSession client = acting.get();
        if (client == null || client.tracked == null || slot.spec.has(CommandFlag.PUBSUB)) {
            return;
        }
        Options options = client.tracked.options;
        if (options.broadcast() || options.optIn() && !client.tracked.excepts
                || options.optOut() && client.tracked.excepts) {
            return;
        }
        List<KeyPositions.Found> found = KeyPositions.of(slot.spec, request);
        if (found != null) {
            for (KeyPositions.Found key : found) {
                if (table.size() >= limit) {
                    forgetSome(limit - 1);
                }
                table.add(request.get(key.position()), client.id());
            }
        }
    }

    /** Keeps the table within its limit, which may have been lowered. */
    void tick() {
        if (table.size() > limit) {
            forgetSome(limit);
        }
    }

    private void forgetSome(long target) {
        for (int i = 0; i < EFFORT && table.size() > target; i++) {
            long[] ids = table.removeAny(random, forgotten);
            tell(ids, forgotten);
        }
    }

    // What changes

    /** A key was changed, has expired or was evicted. */
    void changed(Bytes key) {
        if (prefixes.size() > 0) {
            prefixes.changed(key, acting.get());
        }
        if (table.size() > 0) {
            tell(table.remove(key), key);
        }
    }

    private void tell(long[] ids, Bytes key) {
        List<Bytes> keys = null;
        for (long id : ids) {
            ClientSession client = engine.sessions().find(id);
            if (client != null && client.tracked != null && !client.tracked.options.broadcast()
                    && !(client == acting.get() && client.tracked.options.noLoop())) {
                keys = keys == null ? List.of(key.copy()) : keys;
                tell(client, keys);
            }
        }
    }

    /** Everything may have changed. All are told when the command is over, once however many databases it was. */
    void flushed() {
        table.clear();
        flushed = true;
    }

    /** A command is over: says what was put off until now. */
    void settle() {
        if (flushed) {
            flushed = false;
            clients.forEach(client -> tell(client, null));
        }
    }

    /** A batch is over: those with prefixes hear what has changed in it. */
    void broadcast() {
        settle();
        if (prefixes.pending()) {
            prefixes.tell(client -> client.tracked.options.noLoop(), this::tell);
        }
    }

    // How they hear it

    /** @param keys null for all */
    private void tell(ClientSession client, List<Bytes> keys) {
        long redirect = client.tracked.options.redirect();
        ClientSession target = redirect == 0 ? client : engine.sessions().find(redirect);
        if (target == null) {
            client.tracked.broken = true;
            if (client.protocol() >= 3) {
                send(client, reply -> {
                    reply.push(2);
                    reply.bulk(BROKEN);
                    reply.integer(redirect);
                });
            }
        } else if (target.protocol() >= 3) {
            send(target, reply -> {
                reply.push(2);
                reply.bulk(INVALIDATE);
                write(reply, keys);
            });
        } else if (redirect != 0 && target.subscribed()) {
            send(target, reply -> {
                reply.array(3);
                reply.bulk(MESSAGE);
                reply.bulk(CHANNEL);
                write(reply, keys);
            });
        }
    }

    private static void write(Reply reply, List<Bytes> keys) {
        if (keys == null) {
            reply.nil();
        } else {
            reply.array(keys.size());
            keys.forEach(reply::bulk);
        }
    }

    private void send(ClientSession target, Consumer<Reply> message) {
        if (target == acting.get() && !engine.delivery().runs(target)) {
            behindAnswer.add(message);
        } else {
            engine.delivery().deliver(target, message);
        }
    }

    /** A client that has waited was answered, or waits on. */
    void answered(ClientSession client) {
        if (!behindAnswer.isEmpty()) {
            behindAnswer.forEach(message -> engine.delivery().deliver(client, message));
            behindAnswer.clear();
        }
    }
}
