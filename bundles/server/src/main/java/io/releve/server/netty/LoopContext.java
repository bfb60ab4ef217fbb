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
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** What the connections of one event loop share; used on that loop alone. */
final class LoopContext {
    /** Bytes taken from a socket at a time. */
    static final int RECEIVE = 64 * 1024;
    /** A word may be read that begins at the last byte. */
    private static final int SLACK = 8;

    /** Between two looks for replies that wait too long. */
    private static final long EXPIRY_MS = 50;

    /** Between two looks at the sockets while a script is busy. */
    private static final long LOOK_NANOS = 5_000_000;

    /** So often, and so long between, a batch is looked at before it counts as one that does not end. */
    private static final int STUCK_LOOKS = 10;
    private static final long STUCK_LOOK_NANOS = 200_000;

    private final Dispatcher dispatcher;
    /** Odd in the middle of a batch. Written by the loop. */
    private final AtomicLong batches = new AtomicLong();
    private int depth;
    private Lane spareLane;
    /** When the sockets were last looked at because a script is busy, ns; 0 when none is. */
    private volatile long busyAt;
    private static final long FLUSH_AGAIN_MS = 5;

    final EventLoop loop;
    Lane lane;
    Request request = new Request();
    ReplyBuffer reply = new ReplyBuffer(this::spill);
    byte[] scratch = new byte[RECEIVE + SLACK];
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
        lane = dispatcher.lane(this::whileBusy);
    }

    /** Whether a script on this loop runs for so long that it reads nothing by itself. Any thread but the loop's. */
    boolean busy() {
        return busyAt != 0 || stuck();
    }

    /** Whether one batch goes on for longer than a loop that is at work needs for one: perhaps a script that will be busy. */
    private boolean stuck() {
        long seen = batches.get();
        boolean same = (seen & 1) != 0;
        for (int i = 0; same && i < STUCK_LOOKS; i++) {
            LockSupport.parkNanos(STUCK_LOOK_NANOS);
            same = batches.get() == seen;
        }
        return same;
    }

    /** A batch begins; perhaps while another stands still. */
    void began() {
        if (depth++ == 0) {
            batches.lazySet(batches.getPlain() + 1);
        }
    }

    /** A batch has ended; if none that was run while another stood still, the loop is its own again. */
    void ended() {
        if (--depth == 0) {
            batches.lazySet(batches.getPlain() + 1);
        }
        if (busyAt != 0 && lane != spareLane) {
            busyAt = 0;
        }
    }

    /**
     * A script runs on this loop, in the middle of a batch, and takes long: what others have sent is read past the loop, and run
     * with what a batch needs set aside and put back afterwards. The loop finds nothing to read there later. Only where the
     * transport shows its descriptors.
     */
    private void whileBusy() {
        long now = System.nanoTime();
        if (now - busyAt < LOOK_NANOS && busyAt != 0) {
            return;
        }
        busyAt = now;
        ClientOutput outerCurrent = current;
        Lane outerLane = lane;
        Request outerRequest = request;
        ReplyBuffer outerReply = reply;
        byte[] outerScratch = scratch;
        if (spareLane == null) {
            spareLane = dispatcher.lane();
        }
        lane = spareLane;
        request = new Request();
        reply = new ReplyBuffer(this::spill);
        scratch = new byte[RECEIVE + SLACK];
        try {
            for (ClientHandler client : List.copyOf(clients)) {
                if (client.output() != outerCurrent) {
                    client.readDirectly();
                }
            }
        } finally {
            current = outerCurrent;
            lane = outerLane;
            request = outerRequest;
            reply = outerReply;
            scratch = outerScratch;
        }
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
        lane.flush();
        flushing = lane.unflushed();
        if (flushing) {
            // a script is busy elsewhere
            loop.schedule(this::flush, FLUSH_AGAIN_MS, TimeUnit.MILLISECONDS);
        } else if (!deferred.isEmpty()) {
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
