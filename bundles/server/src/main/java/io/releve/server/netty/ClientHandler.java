package io.releve.server.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.unix.DomainSocketChannel;
import io.netty.channel.unix.UnixChannel;
import io.releve.engine.Connection;
import io.releve.engine.Session;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection, from its begin to its end; what is read and what is written have classes of their own. */
final class ClientHandler extends ChannelInboundHandlerAdapter implements Connection {
    private static final Logger LOG = LoggerFactory.getLogger(ClientHandler.class);

    private final NettyServer server;
    private final LoopContext context;
    private final Channel channel;
    private final boolean encrypted;
    private final ClientOutput output;
    /** Null until the connection is admitted. */
    private ClientInput input;
    private Session session;
    private boolean closed;
    private boolean closeOnceReleased;
    /** Bytes that had gone either way when this was looked at last, and when they had become more. */
    private long moved;
    private long movedAt;
    private String remoteAddress;
    private String localAddress;

    /** @param encrypted whether what goes to the socket must pass the channel's other handlers */
    ClientHandler(NettyServer server, LoopContext context, Channel channel, boolean encrypted) {
        this.server = server;
        this.context = context;
        this.channel = channel;
        this.encrypted = encrypted;
        output = new ClientOutput(server, context, channel, this, encrypted);
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
        output.session(session);
        input = new ClientInput(server, context, channel, this, output, session);
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
        output.clear();
        if (session != null) {
            input.clear();
            server.dispatcher().disconnect(session);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf received = (ByteBuf) message;
        try {
            // what was encrypted may come in larger pieces
            while (!closed && received.isReadable()) {
                input.received(received);
            }
        } finally {
            received.release();
        }
    }

    /** Takes what has arrived without the loop, which is in the middle of something else. */
    void readDirectly() {
        if (!closed && input != null && channel instanceof UnixChannel unix) {
            ByteBuf room = channel.alloc().directBuffer(LoopContext.RECEIVE);
            try {
                int count = unix.fd().readAddress(room.memoryAddress(), 0, room.capacity());
                if (count > 0) {
                    room.writerIndex(count);
                    channel.pipeline().fireChannelRead(room.retain()).fireChannelReadComplete();
                }
            } catch (IOException e) {
                close(false);
            } finally {
                room.release();
            }
        }
    }

    boolean closed() {
        return closed;
    }

    ClientOutput output() {
        return output;
    }

    /** The log has been acknowledged further; @return whether nothing waits for it any more */
    boolean release() {
        boolean none = output.release();
        if (none && closeOnceReleased) {
            close(true);
        } else if (input.full() && !output.full()) {
            context.loop.execute(input::room);
        }
        return none;
    }

    /** Once a second: idle clients and soft limits. */
    void check(long now, long idleSeconds) {
        if (idleSeconds > 0 && !input.suspended() && !session.subscribed() && !session.monitoring() && !session.replica()
                && !moves(now) && now / 1000 - Math.max(session.lastActive(), movedAt) / 1000 > idleSeconds) {
            LOG.debug("Closing idle client {}", remoteAddress);
            close(false);
        } else {
            output.check();
        }
    }

    /** Whether anything has gone to or fro since the last time: who sends or reads slowly is not idle. */
    private boolean moves(long now) {
        ChannelOutboundBuffer queue = channel.unsafe().outboundBuffer();
        long sum = bytesRead() + bytesWritten() + (queue == null ? 0 : queue.currentProgress());
        if (sum == moved) {
            return false;
        }
        moved = sum;
        movedAt = now;
        return true;
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (encrypted && (cause instanceof SSLException || cause.getCause() instanceof SSLException)) {
            LOG.warn("Error accepting a client connection: {} (addr={})",
                    (cause instanceof SSLException ? cause : cause.getCause()).getMessage(), remoteAddress);
        } else if (!(cause instanceof IOException)) {
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
        return output.descriptor();
    }

    @Override
    public void send(byte[] message, long position) {
        context.send(this, message, position, false);
    }

    @Override
    public void answer(byte[] reply, long position) {
        context.send(this, reply, position, true);
    }

    @Override
    public void stream(Consumer<Stream> ready) {
        context.loop.execute(() -> beginStream(ready));
    }

    /** What was answered before comes first, also if it waits for the log. */
    private void beginStream(Consumer<Stream> ready) {
        output.sendDeferred();
        if (output.holds() && !closed) {
            context.loop.schedule(() -> beginStream(ready), 1, TimeUnit.MILLISECONDS);
        } else if (!closed) {
            ready.accept(new ReplicaStream(context, channel, this, output, encrypted));
        }
    }

    @Override
    public void resume() {
        onLoop(() -> input.resume());
    }

    /** Others may still know of a connection that has ended with its listener: then there is nothing to do. */
    private void onLoop(Runnable work) {
        try {
            context.loop.execute(work);
        } catch (RejectedExecutionException e) {
            LOG.debug("Connection {} has ended with the listener", remoteAddress);
        }
    }

    @Override
    public void close(boolean flush) {
        if (!context.loop.inEventLoop()) {
            onLoop(() -> close(flush));
            return;
        }
        if (flush) {
            output.sendDeferred();
        }
        closed = true;
        closeOnceReleased = flush && output.holds();
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
        return input == null ? 0 : input.buffered();
    }

    @Override
    public long outputBytes() {
        return output.queued();
    }

    @Override
    public long bytesRead() {
        return input == null ? 0 : input.bytesRead();
    }

    @Override
    public long bytesWritten() {
        return output.bytesWritten();
    }

    private String name(SocketAddress address) {
        if (address instanceof InetSocketAddress inet) {
            return NettyServer.text(inet);
        }
        return server.unixPath() + ":0";
    }
}
