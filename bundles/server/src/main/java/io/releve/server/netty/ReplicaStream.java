package io.releve.server.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.UnixChannel;
import io.releve.engine.Connection;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The stream of changes on its way to a replica. On the connection's own event loop bytes go to the socket at once, so that
 * they are there before the client hears of what it has changed.
 */
final class ReplicaStream implements Connection.Stream {
    private final LoopContext context;
    private final Channel channel;
    private final ClientHandler client;
    private final ClientOutput output;
    /** Null where bytes must pass the channel's handlers. */
    private final FileDescriptor descriptor;

    ReplicaStream(LoopContext context, Channel channel, ClientHandler client, ClientOutput output, boolean encrypted) {
        this.context = context;
        this.channel = channel;
        this.client = client;
        this.output = output;
        descriptor = !encrypted && channel instanceof UnixChannel unix ? unix.fd() : null;
        output.silence();
    }

    @Override
    public void soon(Runnable work) {
        context.loop.execute(work);
    }

    @Override
    public boolean write(ByteBuffer bytes, Runnable taken) {
        if (bytes.isDirect() && descriptor != null && context.loop.inEventLoop() && !client.closed() && output.drained()) {
            try {
                int written = descriptor.write(bytes, bytes.position(), bytes.limit());
                output.count(written);
                bytes.position(bytes.position() + written);
            } catch (IOException e) {
                client.close(false);
                return false;
            }
            if (!bytes.hasRemaining()) {
                return true;
            }
        }
        ByteBuf rest = channel.alloc().directBuffer(bytes.remaining()).writeBytes(bytes);
        int count = rest.readableBytes();
        ChannelFuture written = channel.writeAndFlush(rest);
        if (written.isDone()) {
            output.count(count);
            return written.isSuccess();
        }
        written.addListener((ChannelFuture done) -> {
            if (done.isSuccess()) {
                output.count(count);
                taken.run();
            }
        });
        return false;
    }
}
