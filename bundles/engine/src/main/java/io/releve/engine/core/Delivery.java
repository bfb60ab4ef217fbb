package io.releve.engine.core;

import io.releve.bytes.Bytes;
import io.releve.command.Arguments;
import io.releve.command.Reply;
import io.releve.engine.Session;
import io.releve.engine.Subscriptions.Kind;
import io.releve.engine.pubsub.Channels;
import io.releve.engine.pubsub.Subscriber;
import io.releve.format.resp.GatheredReply;
import io.releve.log.Entry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * How messages get to sessions. What a session publishes to itself stands behind the reply of the request that published
 * it.
 */
final class Delivery implements Channels.Outlet {
    /** The channel on which sentinels find each other. */
    private static final Bytes SENTINELS = Bytes.of("__sentinel__:hello");

    private final RedisEngine engine;
    /** What the running session has published to itself. */
    private final List<Consumer<Reply>> own = new ArrayList<>();
    /** What waits for the end of the command or transaction, since only then its place in the log is known. */
    private final List<Late> late = new ArrayList<>();
    /** The session whose request is running, if its replies can still be added to. */
    private final Current<ClientSession> running = new Current<>();
    private final GatheredReply rendering = new GatheredReply();

    private record Late(Session session, byte[] message) {
    }

    Delivery(RedisEngine engine) {
        this.engine = engine;
    }

    /** @return the one before */
    ClientSession running(ClientSession session) {
        return running.set(session);
    }

    /** The session whose request a lane is running, or null. */
    ClientSession running() {
        return running.get();
    }

    /** Whether the replies of this session can still be added to. */
    boolean runs(Session session) {
        return session == running.get();
    }

    /** Writes what the running session has published to itself. */
    void flush(Reply reply) {
        if (!own.isEmpty()) {
            own.forEach(message -> message.accept(reply));
            own.clear();
        }
        send();
    }

    /** Sends what had to wait for the log; when a command or a transaction has written what it did to it. */
    void send() {
        engine.tracking().settle();
        if (!late.isEmpty()) {
            long position = engine.replyPosition();
            late.forEach(message -> message.session().connection().send(message.message(), position));
            late.clear();
        }
    }

    /** The same at the end of a batch, when those are told as well who hear of a batch as a whole. */
    void batchOver() {
        engine.tracking().broadcast();
        send();
    }

    /** Delivers a message that is no answer; also to those who do not want answers (CLIENT REPLY). */
    void deliver(ClientSession session, Consumer<Reply> message) {
        if (runs(session) && session.replies() == Session.Replies.ON) {
            own.add(message);
        } else {
            message.accept(rendering.begin(session.protocol()));
            deliver(session, rendering.take());
        }
    }

    /** Delivers a simple string with its line break. */
    void deliverLine(Session session, byte[] line) {
        if (runs(session)) {
            String text = new String(line, 1, line.length - 3, StandardCharsets.UTF_8);
            own.add(reply -> reply.simple(text));
        } else {
            deliver(session, line);
        }
    }

    /** A message shows what a command did: it leaves no sooner than the command's own reply. */
    private void deliver(Session session, byte[] message) {
        if (engine.repliesWait() || !late.isEmpty()) {
            late.add(new Late(session, message));
        } else {
            session.connection().send(message, 0);
        }
    }

    @Override
    public Subscriber subscriber(Session session) {
        return ((ClientSession) session).subscriber;
    }

    @Override
    public void deliver(Session session, Bytes[] words, Channels.Rendered rendered) {
        if (runs(session)) {
            Bytes[] copies = new Bytes[words.length];
            for (int i = 0; i < words.length; i++) {
                copies[i] = words[i].copy();
            }
            own.add(reply -> Channels.write(reply, copies));
        } else {
            deliver(session, rendered.bytes(session.protocol()));
        }
    }

    @Override
    public void append(Kind kind, Bytes channel, Bytes message) {
        // sentinels tell each replica themselves: a master that is cut off is to write nothing by their messages
        if (engine.logs() && !channel.equals(SENTINELS)) {
            String verb = kind == Kind.SHARD ? "SPUBLISH" : "PUBLISH";
            engine.append(Entry.Kind.MESSAGE, 0, 0, Arguments.of(verb, channel, message));
        }
    }
}
