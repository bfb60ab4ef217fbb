package io.releve.server.netty;

import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How the sockets are driven.
 *
 * @param name for the log
 */
record Transport(String name, IoHandlerFactory handlerFactory, Class<? extends ServerChannel> tcp,
        Class<? extends ServerChannel> unix) {
    private static final Logger LOG = LoggerFactory.getLogger(Transport.class);

    /** Native epoll where it is available, NIO otherwise. */
    static Transport best() {
        if (!Boolean.getBoolean("releve.nio") && Epoll.isAvailable()) {
            return new Transport("epoll", EpollIoHandler.newFactory(), EpollServerSocketChannel.class,
                    EpollServerDomainSocketChannel.class);
        }
        LOG.info("Native epoll is not available ({}), using NIO",
                Epoll.unavailabilityCause() == null ? "switched off" : Epoll.unavailabilityCause().toString());
        return new Transport("nio", NioIoHandler.newFactory(), NioServerSocketChannel.class,
                NioServerDomainSocketChannel.class);
    }

    boolean isEpoll() {
        return name.equals("epoll");
    }
}
