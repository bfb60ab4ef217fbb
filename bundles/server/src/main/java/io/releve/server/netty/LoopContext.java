package io.releve.server.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import io.releve.engine.Dispatcher;
import io.releve.engine.Lane;
import io.releve.format.resp.ReplyBuffer;
import io.releve.format.resp.Request;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** What the connections of one event loop share; used on that loop alone. */
final class LoopContext {
    /** Bytes taken from a socket at a time. */
    static final int RECEIVE = 64 * 1024;
    /** A word may be read that begins at the last byte. */
    private static final int SLACK = 8;

    /** Between two looks for replies that wait too long. */
    private static final long EXPIRY_MS = 50;

    private final Dispatcher dispatcher;
    final EventLoop loop;
    final Lane lane;
    final Request request = new Request();
    final ReplyBuffer reply = new ReplyBuffer(this::spill);
    final byte[] scratch = new byte[RECEIVE + SLACK];
    final ByteBuf receive = Unpooled.directBuffer(RECEIVE);
    final ByteBuf send = Unpooled.directBuffer(RECEIVE);
    final Set<ClientHandler> clients = new HashSet<>();
    /** Connections with replies that wait for the log. */
    final Set<ClientHandler> holding = new HashSet<>();
    /** Messages that do not answer the running batch. */
    private final Queue<Message> inbox = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean draining = new AtomicBoolean();
    /** Whether the next look at what is held is due. */
    private boolean expiring;
    /** Whether {@link #flush} is due. */
    private boolean flushing;
    private final List<ClientOutput> deferred = new ArrayList<>();
    private final Set<ClientOutput> receivers = new LinkedHashSet<>();
    /** Output of the connection whose batch is running. */
    ClientOutput current;

    /** @param answer whether it is the answer to a request */
    private record Message(ClientHandler client, byte[] bytes, long position, boolean answer) {
    }

    LoopContext(EventLoop loop, Dispatcher dispatcher) {
        this.loop = loop;
        this.dispatcher = dispatcher;
        lane = dispatcher.lane();
    }

    /** Has a message sent by the loop; from any thread. Messages that come together leave together. */
    void send(ClientHandler client, byte[] bytes, long position, boolean answer) {
        inbox.add(new Message(client, bytes, position, answer));
        if (draining.compareAndSet(false, true)) {
            loop.execute(this::drain);
        }
    }

    private void drain() {
        draining.set(false);
        for (Message message = inbox.poll(); message != null; message = inbox.poll()) {
            ClientOutput output = message.client().output();
            output.gather(message.bytes(), message.position(), message.answer());
            receivers.add(output);
        }
        receivers.forEach(ClientOutput::sendGathered);
        receivers.clear();
    }

    private void spill(byte[] bytes, int length) {
        current.spill(bytes, length);
    }

    /** The log has been acknowledged further. */
    void release() {
        holding.removeIf(ClientHandler::release);
    }

    /** Has what batches have changed handed on when the loop has worked off its input. */
    void batchOver() {
        if (!flushing && lane.unflushed()) {
            flushing = true;
            loop.execute(this::flush);
        }
    }

    private void flush() {
        flushing = false;
        lane.flush();
        if (!deferred.isEmpty()) {
            // behind what was handed on to replicas
            loop.execute(this::sendDeferred);
        }
    }

    /** Has a client's replies sent when the loop has worked off its input. */
    void defer(ClientOutput output) {
        if (deferred.isEmpty() && !flushing) {
            loop.execute(this::sendDeferred);
        }
        deferred.add(output);
    }

    private void sendDeferred() {
        dispatcher.awake();
        deferred.forEach(ClientOutput::sendDeferred);
        deferred.clear();
    }

    /** A client has replies that wait for the log: from now on somebody looks whether they wait too long. */
    void hold(ClientHandler client) {
        holding.add(client);
        if (!expiring) {
            expiring = true;
            loop.schedule(this::expire, EXPIRY_MS, TimeUnit.MILLISECONDS);
        }
    }

    private void expire() {
        Dispatcher.Patience patience = dispatcher.patience();
        if (patience != null) {
            long now = System.nanoTime();
            holding.forEach(client -> client.output().expire(patience, now));
            release();
        }
        expiring = !holding.isEmpty();
        if (expiring) {
            loop.schedule(this::expire, EXPIRY_MS, TimeUnit.MILLISECONDS);
        }
    }

    void close() {
        receive.release();
        send.release();
    }
}
