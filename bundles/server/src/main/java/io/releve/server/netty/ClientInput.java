package io.releve.server.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.releve.engine.Dispatcher;
import io.releve.engine.Session;
import io.releve.format.resp.ProtocolException;
import io.releve.format.resp.ReplyBuffer;
import io.releve.format.resp.Request;
import io.releve.format.resp.RequestLimits;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one connection sends: takes bytes from the socket and has every complete request run, a batch at a time. Runs on its
 * event loop.
 */
final class ClientInput {
    private static final Logger LOG = LoggerFactory.getLogger(ClientInput.class);

    private final NettyServer server;
    private final LoopContext context;
    private final Channel channel;
    private final ClientHandler client;
    private final ClientOutput output;
    private final InputBuffer input = new InputBuffer();
    private final Session session;
    /** Progress of a request that is not complete; null while there was none on this connection. */
    private Request partial;
    /** Whether the engine runs no more requests for now. */
    private boolean suspended;
    /** Whether nothing is run because too many replies wait. */
    private boolean full;
    private volatile long inputBytes;
    private volatile long bytesRead;

    ClientInput(NettyServer server, LoopContext context, Channel channel, ClientHandler client, ClientOutput output,
            Session session) {
        this.server = server;
        this.context = context;
        this.channel = channel;
        this.client = client;
        this.output = output;
        this.session = session;
    }

    /** Takes of what has arrived {@link LoopContext#RECEIVE} bytes at most, and runs what is complete. */
    void received(ByteBuf received) {
        int count = Math.min(received.readableBytes(), LoopContext.RECEIVE);
        byte[] scratch = context.scratch;
        received.readBytes(scratch, 0, count);
        bytesRead += count;
        server.dispatcher().count(Dispatcher.Event.READ, 1);
        server.dispatcher().count(Dispatcher.Event.BYTES_IN, count);
        if (suspended || full || !input.isEmpty()) {
            int needed = partial == null ? 0 : partial.needed();
            if (input.length() + (long) count > server.queryLimit()) {
                LOG.warn("Closing client that reached max query buffer length: {}", client.remoteAddress());
                server.dispatcher().count(Dispatcher.Event.QUERY_LIMIT_DISCONNECT, 1);
                client.close(false);
                return;
            }
            input.append(scratch, 0, count, needed);
            inputBytes = input.length();
            if (!suspended && !full && input.length() >= needed) {
                runInput();
            }
            return;
        }
        int consumed = runBatch(scratch, count);
        if (consumed < count && !client.closed()) {
            input.append(scratch, consumed, count - consumed, partial == null ? 0 : partial.needed());
            inputBytes = input.length();
        }
    }

    /** Runs what has gathered in the input buffer. */
    private void runInput() {
        int consumed = runBatch(input.array(), input.length());
        if (!client.closed()) {
            input.consume(consumed);
            inputBytes = input.length();
        }
    }

    /** Runs every complete request at the start of these bytes and sends the replies; @return bytes consumed. */
    private int runBatch(byte[] bytes, int limit) {
        LoopContext c = context;
        ReplyBuffer reply = c.reply;
        reply.clear();
        reply.protocol(session.protocol());
        c.current = output;
        int at = 0;
        String violation = null;
        c.began();
        try {
            c.lane.begin();
        } catch (IllegalStateException e) {
            // the engine has stopped, and the listener follows
            c.ended();
            c.current = null;
            client.close(false);
            return limit;
        }
        long position;
        int replies = 0;
        try {
            while (at < limit) {
                Request request = partial != null ? partial : c.request;
                RequestLimits limits = session.authenticated() ? server.requestLimits() : RequestLimits.UNAUTHENTICATED;
                int next;
                try {
                    next = request.parse(bytes, at, limit, limits);
                } catch (ProtocolException e) {
                    request.reset();
                    violation = e.getMessage();
                    break;
                }
                if (next < 0) {
                    if (partial == null) {
                        partial = new Request();
                        partial.takeOver(request);
                    }
                    break;
                }
                long before = reply.position();
                boolean goOn = c.lane.dispatch(session, request, reply);
                replies += reply.position() > before ? 1 : 0;
                if (goOn || session.blocked()) {
                    at = next;
                }
                partial = null;
                if (!goOn) {
                    suspend();
                    break;
                }
                if (session.closing() || output.spilledMuch()) {
                    break;
                }
                if (reply.protocol() != session.protocol()) {
                    reply.protocol(session.protocol());
                }
            }
            if (violation != null) {
                reply.error("ERR " + violation);
            }
        } finally {
            position = c.lane.end();
            c.batchOver();
            c.ended();
        }
        boolean cutShort = output.spilledMuch();
        output.send(position, replies);
        c.current = null;
        if (violation != null || session.closing()) {
            client.close(true);
        } else if (output.full() || cutShort) {
            waitForRoom();
        }
        return at;
    }

    /** Runs no more requests for now. Of one who waits more is read, to notice when the peer is gone. */
    private void suspend() {
        suspended = true;
        if (!session.blocked()) {
            channel.config().setAutoRead(false);
        }
    }

    /** Runs no more requests until replies have left; others get their turn in any case. */
    private void waitForRoom() {
        full = true;
        channel.config().setAutoRead(false);
        if (!output.full()) {
            context.loop.execute(this::room);
        }
    }

    /** Whether it waits for room for replies. */
    boolean full() {
        return full;
    }

    /** There is room for replies again. */
    void room() {
        if (full && !output.full() && !client.closed()) {
            full = false;
            goOn();
        }
    }

    /** The engine runs requests again. */
    void resume() {
        if (suspended && !client.closed()) {
            suspended = false;
            goOn();
        }
    }

    private void goOn() {
        if (suspended || full) {
            if (!full && session.blocked()) {
                channel.config().setAutoRead(true);
            }
            return;
        }
        if (!input.isEmpty()) {
            runInput();
        }
        if (!suspended && !full && !client.closed()) {
            channel.config().setAutoRead(true);
        }
    }

    boolean suspended() {
        return suspended;
    }

    void clear() {
        input.clear();
    }

    long buffered() {
        return inputBytes;
    }

    long bytesRead() {
        return bytesRead;
    }
}
