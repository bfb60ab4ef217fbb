package io.releve.server.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.unix.DomainSocketChannel;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.UnixChannel;
import io.releve.engine.Connection;
import io.releve.engine.Dispatcher;
import io.releve.engine.Session;
import io.releve.format.resp.ProtocolException;
import io.releve.format.resp.ReplyBuffer;
import io.releve.format.resp.Request;
import io.releve.format.resp.RequestLimits;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection: takes bytes from the socket, has every complete request run, and sends the replies with one write a
 * batch. Runs on its event loop.
 */
final class ClientHandler extends ChannelInboundHandlerAdapter implements Connection {
    private static final Logger LOG = LoggerFactory.getLogger(ClientHandler.class);

    private final NettyServer server;
    private final LoopContext context;
    private final Channel channel;
    private final FileDescriptor descriptor;
    private final InputBuffer input = new InputBuffer();
    private final ArrayDeque<HeldReply> held = new ArrayDeque<>();
    private Session session;
    /** Progress of a request that is not complete; null while there was none on this connection. */
    private Request partial;
    /** Replies of the running batch that did not stay in the reply buffer. */
    private List<ByteBuf> spilled;
    /** Messages that are about to be sent, and the position the last of them waits for. */
    private ByteBuf gathered;
    private long gatheredPosition;
    private boolean suspended;
    private boolean closed;
    private boolean closeOnceReleased;
    /** When the soft limit was first exceeded, ns, 0 when it is not. */
    private long softExceededSince;
    private volatile long queuedBytes;
    private volatile long inputBytes;
    private volatile long bytesRead;
    private volatile long bytesWritten;
    private String remoteAddress;
    private String localAddress;

    /** Replies that leave when the log is acknowledged up to a position. */
    private record HeldReply(ByteBuf bytes, long position) {
    }

    ClientHandler(NettyServer server, LoopContext context, Channel channel) {
        this.server = server;
        this.context = context;
        this.channel = channel;
        descriptor = channel instanceof UnixChannel unix ? unix.fd() : null;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        remoteAddress = name(channel.remoteAddress());
        localAddress = name(channel.localAddress());
        if (!server.admits(channel.remoteAddress())) {
            refuse(ProtectedMode.DENIAL);
            return;
        }
        session = server.dispatcher().connect(this);
        if (session == null) {
            refuse("-ERR max number of clients reached\r\n");
            return;
        }
        context.clients.add(this);
    }

    private void refuse(String message) {
        closed = true;
        ByteBuf text = channel.alloc().buffer();
        text.writeCharSequence(message, java.nio.charset.StandardCharsets.UTF_8);
        channel.writeAndFlush(text).addListener(ChannelFutureListener.CLOSE);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        closed = true;
        context.clients.remove(this);
        context.holding.remove(this);
        held.forEach(reply -> reply.bytes().release());
        held.clear();
        input.clear();
        if (session != null) {
            server.dispatcher().disconnect(session);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf received = (ByteBuf) message;
        int count = received.readableBytes();
        byte[] scratch = context.scratch;
        received.getBytes(received.readerIndex(), scratch, 0, count);
        received.release();
        if (closed || count == 0) {
            return;
        }
        bytesRead += count;
        server.dispatcher().count(Dispatcher.Event.READ, 1);
        server.dispatcher().count(Dispatcher.Event.BYTES_IN, count);
        if (suspended || !input.isEmpty()) {
            int needed = partial == null ? 0 : partial.needed();
            if (input.length() + (long) count > server.queryLimit()) {
                LOG.warn("Closing client that reached max query buffer length: {}", remoteAddress);
                server.dispatcher().count(Dispatcher.Event.QUERY_LIMIT_DISCONNECT, 1);
                close(false);
                return;
            }
            input.append(scratch, 0, count, needed);
            inputBytes = input.length();
            if (!suspended && input.length() >= needed) {
                runInput();
            }
            return;
        }
        int consumed = runBatch(scratch, count);
        if (consumed < count && !closed) {
            input.append(scratch, consumed, count - consumed, partial == null ? 0 : partial.needed());
            inputBytes = input.length();
        }
    }

    /** Runs what has gathered in the input buffer. */
    private void runInput() {
        int consumed = runBatch(input.array(), input.length());
        if (!closed) {
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
        c.current = this;
        int at = 0;
        String violation = null;
        c.lane.begin();
        long position;
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
                boolean goOn = c.lane.dispatch(session, request, reply);
                if (goOn || session.blocked()) {
                    at = next;
                }
                partial = null;
                if (!goOn) {
                    suspend();
                    break;
                }
                if (session.closing()) {
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
        }
        send(position);
        c.current = null;
        if (violation != null || session.closing()) {
            close(true);
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

    @Override
    public void resume() {
        context.loop.execute(() -> {
            if (!suspended || closed) {
                return;
            }
            suspended = false;
            if (!input.isEmpty()) {
                runInput();
            }
            if (!suspended && !closed) {
                channel.config().setAutoRead(true);
            }
        });
    }

    /** Takes bytes out of the reply buffer in the middle of a batch. */
    void spill(byte[] bytes, int length) {
        if (spilled == null) {
            spilled = new ArrayList<>();
        }
        spilled.add(channel.alloc().directBuffer(length).writeBytes(bytes, 0, length));
    }

    /** Sends the replies of a batch, or holds them until the log is acknowledged up to {@code position}. */
    private void send(long position) {
        ReplyBuffer reply = context.reply;
        int length = reply.length();
        if (length == 0 && spilled == null) {
            return;
        }
        boolean hold = !held.isEmpty() || position > 0 && position > server.dispatcher().acknowledged();
        if (spilled == null && !hold && queuedBytes == 0 && descriptor != null && writeDirectly(reply.array(), length)) {
            return;
        }
        if (spilled != null) {
            List<ByteBuf> pieces = spilled;
            spilled = null;
            pieces.forEach(piece -> enqueue(piece, position, hold));
        }
        if (reply.length() > 0 && !closed) {
            enqueue(channel.alloc().directBuffer(length).writeBytes(reply.array(), 0, length), position, hold);
        }
        channel.flush();
    }

    /** Writes to the socket without Netty's queue; what the socket does not take is queued. */
    private boolean writeDirectly(byte[] bytes, int length) {
        ByteBuf out = context.send;
        out.clear();
        out.writeBytes(bytes, 0, length);
        int written;
        try {
            written = descriptor.writeAddress(out.memoryAddress(), 0, length);
        } catch (IOException e) {
            close(false);
            return true;
        }
        count(written);
        if (written < length) {
            int rest = length - written;
            enqueue(channel.alloc().directBuffer(rest).writeBytes(bytes, written, rest), 0, false);
            channel.flush();
        }
        if (out.capacity() > 4 * ReplyBuffer.SPILL) {
            out.capacity(LoopContext.RECEIVE);
        }
        return true;
    }

    private void enqueue(ByteBuf bytes, long position, boolean hold) {
        queuedBytes += bytes.readableBytes();
        if (hold) {
            held.add(new HeldReply(bytes, position));
            context.holding.add(this);
        } else {
            write(bytes);
        }
        enforceLimits();
    }

    private void write(ByteBuf bytes) {
        int count = bytes.readableBytes();
        channel.write(bytes).addListener((ChannelFuture done) -> {
            queuedBytes -= count;
            if (done.isSuccess()) {
                count(count);
            }
        });
    }

    private void count(int written) {
        bytesWritten += written;
        server.dispatcher().count(Dispatcher.Event.WRITE, 1);
        server.dispatcher().count(Dispatcher.Event.BYTES_OUT, written);
    }

    /** Sends the held replies that may leave; @return whether none is left. */
    boolean release() {
        long acknowledged = server.dispatcher().acknowledged();
        boolean any = false;
        while (!held.isEmpty() && held.peek().position() <= acknowledged) {
            write(held.poll().bytes());
            any = true;
        }
        if (any) {
            channel.flush();
        }
        if (held.isEmpty() && closeOnceReleased) {
            close(true);
        }
        return held.isEmpty();
    }

    /** Cuts off a client that leaves too much unread. */
    void enforceLimits() {
        long queued = queuedBytes;
        OutputLimits.Limit limit = server.outputLimits().of(session);
        boolean soft = limit.soft() > 0 && queued > limit.soft();
        long now = System.nanoTime();
        if (!soft) {
            softExceededSince = 0;
        } else if (softExceededSince == 0) {
            softExceededSince = now;
        }
        if (queued > OutputLimits.CEILING || limit.hard() > 0 && queued > limit.hard()
                || soft && now - softExceededSince > limit.softSeconds() * 1_000_000_000L) {
            LOG.warn("Client {} closed for overcoming of output buffer limits ({} bytes unread)", remoteAddress, queued);
            server.dispatcher().count(Dispatcher.Event.OUTPUT_LIMIT_DISCONNECT, 1);
            close(false);
        }
    }

    /** Once a second: idle clients and soft limits. */
    void check(long now, long idleSeconds) {
        if (idleSeconds > 0 && !suspended && !session.subscribed() && !session.monitoring()
                && now - session.lastActive() > idleSeconds * 1000) {
            LOG.debug("Closing idle client {}", remoteAddress);
            close(false);
        } else if (softExceededSince != 0) {
            enforceLimits();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (!(cause instanceof IOException)) {
            LOG.error("Connection {} failed", remoteAddress, cause);
        }
        close(false);
    }

    // Connection

    @Override
    public Kind kind() {
        return channel instanceof DomainSocketChannel || channel.remoteAddress() instanceof java.net.UnixDomainSocketAddress
                ? Kind.UNIX : Kind.TCP;
    }

    @Override
    public String remoteAddress() {
        return remoteAddress;
    }

    @Override
    public String localAddress() {
        return localAddress;
    }

    @Override
    public int descriptor() {
        return descriptor == null ? -1 : descriptor.intValue();
    }

    @Override
    public void send(byte[] message, long position) {
        context.send(this, message, position);
    }

    /** Adds a message to those that {@link #sendGathered} sends; on the loop. */
    void gather(byte[] message, long position) {
        if (closed) {
            return;
        }
        if (gathered == null) {
            gathered = channel.alloc().directBuffer(message.length);
        }
        gathered.writeBytes(message);
        gatheredPosition = position;
    }

    void sendGathered() {
        ByteBuf messages = gathered;
        if (messages == null) {
            return;
        }
        gathered = null;
        boolean hold = !held.isEmpty() || gatheredPosition > 0 && gatheredPosition > server.dispatcher().acknowledged();
        enqueue(messages, gatheredPosition, hold);
        channel.flush();
    }

    @Override
    public void close(boolean flush) {
        if (!context.loop.inEventLoop()) {
            context.loop.execute(() -> close(flush));
            return;
        }
        closed = true;
        closeOnceReleased = flush && !held.isEmpty();
        if (closeOnceReleased) {
            channel.config().setAutoRead(false);
        } else if (flush) {
            channel.writeAndFlush(io.netty.buffer.Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        } else {
            channel.close();
        }
    }

    @Override
    public long inputBytes() {
        return inputBytes;
    }

    @Override
    public long outputBytes() {
        return queuedBytes;
    }

    @Override
    public long bytesRead() {
        return bytesRead;
    }

    @Override
    public long bytesWritten() {
        return bytesWritten;
    }

    private String name(SocketAddress address) {
        if (address instanceof InetSocketAddress inet) {
            return NettyServer.text(inet);
        }
        return server.unixPath() + ":0";
    }
}
