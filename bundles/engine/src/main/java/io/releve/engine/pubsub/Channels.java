package io.releve.engine.pubsub;

import io.releve.bytes.Bytes;
import io.releve.bytes.Glob;
import io.releve.engine.Session;
import io.releve.engine.Subscriptions;
import io.releve.format.resp.GatheredReply;
import io.releve.command.Reply;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Channels, patterns and shard channels with their subscribers (redis.io, Pub/Sub). */
public final class Channels implements Subscriptions {
    /** The engine's side. */
    public interface Outlet {
        /** What the session is subscribed to. */
        Subscriber subscriber(Session session);

        /** Sends a message made of these words to a session; {@code rendered} has its bytes by protocol version. */
        void deliver(Session session, Bytes[] words, Rendered rendered);

        /** Appends a published message to the log. */
        void append(Kind kind, Bytes channel, Bytes message);
    }

    /** A message as bytes. */
    @FunctionalInterface
    public interface Rendered {
        byte[] bytes(int protocol);
    }

    /** Those who listen to one name, in the order in which they came. */
    private static final class Audience {
        /** For a pattern. */
        final Glob pattern;
        final Set<Session> sessions = new LinkedHashSet<>();

        Audience(Glob pattern) {
            this.pattern = pattern;
        }
    }

    private final Outlet outlet;
    private final Map<Kind, Map<Bytes, Audience>> audiences = new EnumMap<>(Kind.class);
    private final GatheredReply rendering = new GatheredReply();

    public Channels(Outlet outlet) {
        this.outlet = outlet;
        for (Kind kind : Kind.values()) {
            audiences.put(kind, new LinkedHashMap<>());
        }
    }

    /** Whether anybody listens to a channel or a pattern. */
    boolean heard() {
        return !audiences.get(Kind.CHANNEL).isEmpty() || !audiences.get(Kind.PATTERN).isEmpty();
    }

    @Override
    public boolean subscribe(Session session, Kind kind, Bytes name) {
        Bytes own = name.copy();
        if (!outlet.subscriber(session).add(kind, own)) {
            return false;
        }
        audiences.get(kind).computeIfAbsent(own, n -> new Audience(kind == Kind.PATTERN ? new Glob(n) : null))
                .sessions.add(session);
        return true;
    }

    @Override
    public boolean unsubscribe(Session session, Kind kind, Bytes name) {
        if (!outlet.subscriber(session).remove(kind, name)) {
            return false;
        }
        Audience audience = audiences.get(kind).get(name);
        audience.sessions.remove(session);
        if (audience.sessions.isEmpty()) {
            audiences.get(kind).remove(name);
        }
        return true;
    }

    /** The session is gone. */
    public void forget(Session session) {
        for (Kind kind : Kind.values()) {
            of(session, kind).forEach(name -> unsubscribe(session, kind, name));
        }
    }

    @Override
    public List<Bytes> of(Session session, Kind kind) {
        return outlet.subscriber(session).names(kind);
    }

    @Override
    public int publish(Kind kind, Bytes channel, Bytes message) {
        outlet.append(kind, channel, message);
        return deliver(kind, channel, message);
    }

    /** Sends a message to those who listen, here alone. */
    int deliver(Kind kind, Bytes channel, Bytes message) {
        int receivers = 0;
        Audience audience = audiences.get(kind).get(channel);
        if (audience != null) {
            receivers += deliver(audience, Bytes.of(kind.message()), channel, message);
        }
        if (kind == Kind.CHANNEL && !audiences.get(Kind.PATTERN).isEmpty()) {
            for (Map.Entry<Bytes, Audience> each : audiences.get(Kind.PATTERN).entrySet()) {
                if (each.getValue().pattern.matches(channel)) {
                    receivers += deliver(each.getValue(), Bytes.of(Kind.PATTERN.message()), each.getKey(), channel, message);
                }
            }
        }
        return receivers;
    }

    private int deliver(Audience audience, Bytes... words) {
        byte[][] byProtocol = new byte[2][];
        Rendered rendered = protocol -> {
            int i = protocol >= 3 ? 1 : 0;
            if (byProtocol[i] == null) {
                byProtocol[i] = render(protocol, words);
            }
            return byProtocol[i];
        };
        for (Session session : audience.sessions) {
            outlet.deliver(session, words, rendered);
        }
        return audience.sessions.size();
    }

    private byte[] render(int protocol, Bytes... words) {
        write(rendering.begin(protocol), words);
        return rendering.take();
    }

    /** Writes a message. */
    public static void write(Reply reply, Bytes... words) {
        reply.push(words.length);
        for (Bytes word : words) {
            reply.bulk(word);
        }
    }

    @Override
    public Collection<Bytes> names(Kind kind, Glob pattern) {
        return audiences.get(kind).keySet().stream().filter(name -> pattern == null || pattern.matches(name)).toList();
    }

    @Override
    public int subscribers(Kind kind, Bytes name) {
        Audience audience = audiences.get(kind).get(name);
        return audience == null ? 0 : audience.sessions.size();
    }

    @Override
    public int size(Kind kind) {
        return audiences.get(kind).size();
    }
}
