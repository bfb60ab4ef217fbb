package io.releve.engine.core;

import io.releve.bytes.Bytes;
import io.releve.command.Reply;
import io.releve.engine.Session;
import io.releve.engine.Subscriptions.Kind;
import io.releve.engine.pubsub.Channels;
import io.releve.engine.pubsub.Subscriber;
import io.releve.log.Entry;
import java.util.ArrayList;
import java.util.List;

/**
 * How messages get to sessions. What a session publishes to itself stands behind the reply of the request that published
 * it.
 */
final class Delivery implements Channels.Outlet {
    private final RedisEngine engine;
    private final List<Bytes[]> own = new ArrayList<>();
    /** The session whose request is running, if its replies can still be added to. */
    private Session running;

    Delivery(RedisEngine engine) {
        this.engine = engine;
    }

    void running(Session session) {
        running = session;
    }

    /** Writes what the running session has published to itself. */
    void flush(Reply reply) {
        if (!own.isEmpty()) {
            own.forEach(words -> Channels.write(reply, words));
            own.clear();
        }
    }

    @Override
    public Subscriber subscriber(Session session) {
        return ((ClientSession) session).subscriber;
    }

    @Override
    public void deliver(Session session, Bytes[] words, Channels.Rendered rendered) {
        if (session == running) {
            Bytes[] copies = new Bytes[words.length];
            for (int i = 0; i < words.length; i++) {
                copies[i] = words[i].copy();
            }
            own.add(copies);
        } else {
            session.connection().send(rendered.bytes(session.protocol()), engine.replyPosition());
        }
    }

    @Override
    public void append(Kind kind, Bytes channel, Bytes message) {
        if (engine.logs()) {
            String verb = kind == Kind.SHARD ? "SPUBLISH" : "PUBLISH";
            engine.append(Entry.Kind.MESSAGE, 0, 0, new Words(verb, channel, message));
        }
    }
}
