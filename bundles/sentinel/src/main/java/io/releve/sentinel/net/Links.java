package io.releve.sentinel.net;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslHandler;
import io.releve.format.guard.Address;
import io.releve.security.Tls;
import io.releve.sentinel.core.Link;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/** One thread with an event loop: the sentinel's own. Its links are served, and everything it thinks is thought, on it. */
final class Links {
    private static final int CONNECT_MS = 1_000;

    private static final long QUIET_NANOS = 60_000_000_000L;
    private static final int MOST_SAID = 1_000;

    private final Map<String, Long> said = new HashMap<>();
    private final MultiThreadIoEventLoopGroup group;
    private final EventLoop loop;
    private final Class<? extends Channel> channels;
    private final HostNames names;
    private final Tls.Links encryption;

    Links(String instance, HostNames names, Tls.Links encryption) {
        this.encryption = encryption;
        boolean epoll = !Boolean.getBoolean("releve.nio") && Epoll.isAvailable();
        IoHandlerFactory handlers = epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
        channels = epoll ? EpollSocketChannel.class : NioSocketChannel.class;
        ThreadFactory threads = task -> new Thread(task, "releve-" + instance + "-sentinel-1");
        group = new MultiThreadIoEventLoopGroup(1, threads, handlers);
        loop = group.next();
        this.names = names;
    }

    EventLoop loop() {
        return loop;
    }

    Link connect(Address to, Link.Owner owner) {
        NettyLink link = new NettyLink(this, to, owner);
        // never within this call, even if the name is known and the refusal immediate
        names.resolve(to.host(), loop, (address, failure) -> {
            if (link.isClosed()) {
                return;
            }
            if (address == null) {
                link.ended(failure);
                return;
            }
            Bootstrap bootstrap = new Bootstrap().group(loop).channel(channels).handler(handler(link))
                    .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MS).option(ChannelOption.TCP_NODELAY, true)
                    .option(ChannelOption.SO_KEEPALIVE, true);
            link.connecting(bootstrap.connect(address, to.port()));
        });
        return link;
    }

    private ChannelHandler handler(NettyLink link) {
        return new ChannelInitializer<Channel>() {
            @Override
            protected void initChannel(Channel channel) throws IOException {
                Tls tls = encryption.tls();
                if (tls != null) {
                    channel.pipeline().addLast(new SslHandler(tls.connecting()));
                }
                channel.pipeline().addLast(link.handler());
            }
        };
    }

    /** The IP address of a name, or the name while that is not known. */
    String lastKnown(String host) {
        return names.lastKnown(host);
    }

    /** Whether to say this: a peer that is tried again and again is not complained about each time. */
    boolean isNews(String complaint) {
        long now = System.nanoTime();
        said.values().removeIf(at -> now - at > QUIET_NANOS);
        return said.size() < MOST_SAID && said.putIfAbsent(complaint, now) == null;
    }

    void close() {
        group.shutdownGracefully(0, 2_000, TimeUnit.MILLISECONDS);
    }
}
