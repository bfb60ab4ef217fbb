package io.releve.server.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.UnixChannel;
import io.releve.engine.Dispatcher;
import io.releve.engine.Session;
import io.releve.format.resp.ReplyBuffer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one connection is sent: replies with one write a batch, and messages; in order, and no sooner than the log is
 * acknowledged up to their positions. Runs on its event loop.
 */
final class ClientOutput {
    private static final Logger LOG = LoggerFactory.getLogger(ClientOutput.class);
    /** With so many bytes of replies waiting for the log, or made by one batch, no more requests are run. */
    private static final long MOST_HELD = 64L << 20;

    private final NettyServer server;
    private final LoopContext context;
    private final Channel channel;
    private final ClientHandler client;
    /** Of the socket; null where what is sent must pass the channel's handlers. */
    private final FileDescriptor direct;
    private final int number;
    private final ArrayDeque<HeldReply> held = new ArrayDeque<>();
    private Session session;
    private long heldBytes;
    /** Replies of the running batch that did not stay in the reply buffer. */
    private List<ByteBuf> spilled;
    private long spilledBytes;
    /** Messages that are about to be sent, and the position the last of them waits for. */
    private ByteBuf gathered;
    private long gatheredPosition;
    /** When the soft limit was first exceeded, ns, 0 when it is not. */
    private long softExceededSince;
    private boolean silent;
    /** Replies that leave when the loop has worked off its input. */
    private ByteBuf deferred;
    private long deferredPosition;
    private volatile long queuedBytes;
    private volatile long bytesWritten;

    /**
     * Replies that leave when the log is acknowledged up to a position, all of them or an error in the place of each.
     *
     * @param length of all pieces, in bytes
     * @param replies how many they are; 0 for messages
     * @param since when they were made, ns
     */
    private record HeldReply(List<ByteBuf> pieces, long length, long position, int replies, long since) {
    }

    ClientOutput(NettyServer server, LoopContext context, Channel channel, ClientHandler client, boolean encrypted) {
        this.server = server;
        this.context = context;
        this.channel = channel;
        this.client = client;
        FileDescriptor descriptor = channel instanceof UnixChannel unix ? unix.fd() : null;
        direct = encrypted ? null : descriptor;
        number = descriptor == null ? -1 : descriptor.intValue();
    }

    void session(Session newSession) {
        session = newSession;
    }

    int descriptor() {
        return number;
    }

    // Replies of a batch

    /** Takes bytes out of the reply buffer in the middle of a batch. */
    void spill(byte[] bytes, int length) {
        if (spilled == null) {
            spilled = new ArrayList<>();
        }
        spilled.add(channel.alloc().directBuffer(length).writeBytes(bytes, 0, length));
        spilledBytes += length;
    }

    /** Whether the running batch has answered so much that it is to end. */
    boolean spilledMuch() {
        return spilledBytes > MOST_HELD;
    }

    /** Sends the replies of a batch, or holds them until the log is acknowledged up to {@code position}. */
    void send(long position, int replies) {
        ReplyBuffer reply = context.reply;
        int length = reply.length();
        if (silent) {
            clear();
            return;
        }
        if (length == 0 && spilled == null) {
            return;
        }
        boolean hold = mustHold(position);
        if (!hold && spilled == null && server.dispatcher().feedsReplicas()) {
            defer(reply.array(), length, position);
            return;
        }
        sendDeferred();
        if (spilled == null && !hold && queuedBytes == 0 && direct != null) {
            writeDirectly(reply.array(), length);
            return;
        }
        if (spilled == null) {
            enqueue(List.of(copy(reply.array(), length)), position, hold, replies);
        } else {
            List<ByteBuf> pieces = spilled;
            spilled = null;
            spilledBytes = 0;
            if (length > 0) {
                pieces.add(copy(reply.array(), length));
            }
            enqueue(pieces, position, hold, replies);
        }
        channel.flush();
    }

    private ByteBuf copy(byte[] bytes, int length) {
        return channel.alloc().directBuffer(length).writeBytes(bytes, 0, length);
    }

    /** From here on nothing is answered. */
    void silence() {
        silent = true;
    }

    /** Whether everything that was answered has been taken by the socket. */
    boolean drained() {
        return queuedBytes == 0;
    }

    /** Sends a reply when the loop has worked off its input, and replicas have been sent what it is about. */
    private void defer(byte[] bytes, int length, long position) {
        if (deferred == null) {
            deferred = channel.alloc().directBuffer(length);
            context.defer(this);
        }
        deferred.writeBytes(bytes, 0, length);
        deferredPosition = position;
    }

    /** Sends what was deferred. */
    void sendDeferred() {
        ByteBuf bytes = deferred;
        if (bytes == null) {
            return;
        }
        deferred = null;
        if (mustHold(deferredPosition)) {
            enqueue(List.of(bytes), deferredPosition, true, 0);
            return;
        }
        if (queuedBytes == 0 && direct != null && !client.closed()) {
            writeDirectly(bytes);
        }
        if (bytes.isReadable() && !client.closed()) {
            enqueue(List.of(bytes), 0, false, 0);
            channel.flush();
        } else {
            bytes.release();
        }
    }

    private boolean mustHold(long position) {
        return !held.isEmpty() || position > 0 && position > server.dispatcher().acknowledged();
    }

    /** Writes to the socket without Netty's queue; what the socket does not take is queued. */
    private void writeDirectly(byte[] bytes, int length) {
        ByteBuf out = context.send;
        out.clear();
        out.writeBytes(bytes, 0, length);
        if (!writeDirectly(out)) {
            return;
        }
        if (out.isReadable()) {
            enqueue(List.of(channel.alloc().directBuffer(out.readableBytes()).writeBytes(out)), 0, false, 0);
            channel.flush();
        }
        if (out.capacity() > 4 * ReplyBuffer.SPILL) {
            out.capacity(LoopContext.RECEIVE);
        }
    }

    /** Has the socket take what it takes now. @return false when the connection is broken, and was closed */
    private boolean writeDirectly(ByteBuf bytes) {
        try {
            int written = direct.writeAddress(bytes.memoryAddress(), bytes.readerIndex(), bytes.writerIndex());
            count(written);
            bytes.skipBytes(written);
            return true;
        } catch (IOException e) {
            client.close(false);
            return false;
        }
    }

    private void enqueue(List<ByteBuf> pieces, long position, boolean hold, int replies) {
        long count = 0;
        for (ByteBuf piece : pieces) {
            count += piece.readableBytes();
        }
        queuedBytes += count;
        if (hold) {
            held.add(new HeldReply(pieces, count, position, replies, System.nanoTime()));
            heldBytes += count;
            context.hold(client);
        } else {
            pieces.forEach(this::write);
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

    void count(int written) {
        bytesWritten += written;
        server.dispatcher().count(Dispatcher.Event.WRITE, 1);
        server.dispatcher().count(Dispatcher.Event.BYTES_OUT, written);
    }

    // Messages

    /** Adds a message to those that {@link #sendGathered} sends. @param answer whether it answers a request */
    void gather(byte[] message, long position, boolean answer) {
        if (client.closed() || silent) {
            return;
        }
        if (answer && mustHold(position)) {
            sendGathered();
            sendDeferred();
            enqueue(List.of(copy(message, message.length)), position, true, 1);
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
        sendDeferred();
        enqueue(List.of(messages), gatheredPosition, mustHold(gatheredPosition), 0);
        channel.flush();
    }

    // Replies that wait for the log

    boolean holds() {
        return !held.isEmpty();
    }

    /** Whether so much waits for the log that no more requests are to be run. */
    boolean full() {
        return heldBytes > mostHeld();
    }

    /** Less than what a client of this class may leave unread: it is not to be cut off for what it waits for. */
    private long mostHeld() {
        long hard = server.outputLimits().of(session).hard();
        return hard > 0 ? Math.min(MOST_HELD, hard / 2) : MOST_HELD;
    }

    /** Sends the held replies that may leave; @return whether none is left. */
    boolean release() {
        long acknowledged = server.dispatcher().acknowledged();
        boolean any = false;
        while (!held.isEmpty() && held.peek().position() <= acknowledged && channel.isOpen()) {
            HeldReply reply = held.poll();
            // nothing is queued before it but what is held
            boolean directly = queuedBytes == heldBytes && direct != null && reply.pieces().size() == 1;
            heldBytes -= reply.length();
            if (directly) {
                any |= !releaseDirectly(reply.pieces().get(0));
            } else {
                reply.pieces().forEach(this::write);
                any = true;
            }
        }
        if (any) {
            channel.flush();
        }
        return held.isEmpty();
    }

    /** @return whether the socket has taken all of it; what it has not taken is queued */
    private boolean releaseDirectly(ByteBuf bytes) {
        int count = bytes.readableBytes();
        if (writeDirectly(bytes) && bytes.isReadable()) {
            queuedBytes -= count - bytes.readableBytes();
            write(bytes);
            return false;
        }
        queuedBytes -= count;
        bytes.release();
        return true;
    }

    /** Has those hear an error whose replies have waited for the log too long. */
    void expire(Dispatcher.Patience patience, long now) {
        boolean any = false;
        while (!held.isEmpty() && held.peek().replies() > 0 && now - held.peek().since() > patience.nanos()) {
            HeldReply late = held.poll();
            heldBytes -= late.length();
            queuedBytes -= late.length();
            late.pieces().forEach(ByteBuf::release);
            byte[] error = ("-" + patience.error() + "\r\n").getBytes(StandardCharsets.UTF_8);
            ByteBuf errors = channel.alloc().directBuffer(late.replies() * error.length);
            for (int i = 0; i < late.replies(); i++) {
                errors.writeBytes(error);
            }
            queuedBytes += errors.readableBytes();
            write(errors);
            any = true;
        }
        if (any) {
            channel.flush();
        }
    }

    void clear() {
        if (deferred != null) {
            deferred.release();
            deferred = null;
        }
        held.forEach(reply -> reply.pieces().forEach(ByteBuf::release));
        held.clear();
        heldBytes = 0;
        if (spilled != null) {
            spilled.forEach(ByteBuf::release);
            spilled = null;
        }
    }

    // Limits

    /** Cuts off a client that leaves too much unread. */
    private void enforceLimits() {
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
            LOG.warn("Client {} closed for overcoming of output buffer limits ({} bytes unread)", client.remoteAddress(),
                    queued);
            server.dispatcher().count(Dispatcher.Event.OUTPUT_LIMIT_DISCONNECT, 1);
            client.close(false);
        }
    }

    /** Once a second. */
    void check() {
        if (softExceededSince != 0) {
            enforceLimits();
        }
    }

    long queued() {
        return queuedBytes;
    }

    long bytesWritten() {
        return bytesWritten;
    }
}
