package io.releve.server.netty;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.UnixChannel;
import io.releve.config.Settings;
import io.releve.engine.ListenerProvider;
import io.releve.engine.ListeningSocket;
import io.releve.engine.ListeningSocket.Kind;
import io.releve.security.Tls;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sockets that listen. They can be left to another listener of this process: their numbers are handed over while the kernel
 * goes on to queue those who connect.
 */
final class ServerSockets {
    private static final Logger LOG = LoggerFactory.getLogger(ServerSockets.class);

    /** Gets what was accepted. */
    interface Accepting {
        void accept(Channel channel, boolean tcp, boolean encrypted) throws IOException;
    }

    private final Settings settings;
    private final Transport transport;
    private final EventLoopGroup acceptor;
    private final EventLoopGroup loops;
    private final Accepting accepting;
    private final TcpSockets plain;
    private final TcpSockets secure;
    private final String unixPath;
    /** Null without one. */
    private Channel unix;
    private boolean open;
    private volatile Tls tls;

    ServerSockets(Settings settings, Transport transport, EventLoopGroup acceptor, EventLoopGroup loops, Accepting accepting) {
        this.settings = settings;
        this.transport = transport;
        this.acceptor = acceptor;
        this.loops = loops;
        this.accepting = accepting;
        unixPath = settings.get(ServerDirectives.UNIXSOCKET);
        plain = new TcpSockets(address -> bindTcp(address, false), !transport.isEpoll());
        secure = new TcpSockets(address -> bindTcp(address, true), !transport.isEpoll());
    }

    /**
     * Listens where the settings say.
     *
     * @param handed what another listener has left
     * @throws IOException in one sentence; what was handed is as it was then
     */
    synchronized void open(List<ListeningSocket> handed) throws IOException {
        if (!handed.isEmpty() && settings.get(ServerDirectives.TLS_PORT) != 0) {
            tls().check();
        }
        listen(handed);
        plain.addresses().forEach(address -> ready("tcp", address));
        secure.addresses().forEach(address -> ready("tls", address));
        if (unix != null) {
            ready("unix", unixPath);
        }
    }

    private static void ready(String kind, String address) {
        LOG.info("Ready to accept connections {} on {}", kind, address);
    }

    private void listen(List<ListeningSocket> handed) throws IOException {
        List<Channel> adopted = new ArrayList<>();
        try {
            for (ListeningSocket socket : handed) {
                Channel channel = adopt(socket);
                adopted.add(channel);
                switch (socket.kind()) {
                    case TCP -> plain.adopt((InetSocketAddress) socket.address(), channel);
                    case TLS -> secure.adopt((InetSocketAddress) socket.address(), channel);
                    default -> unix = channel;
                }
            }
            plain.bind(settings.get(ServerDirectives.BIND), settings.get(ServerDirectives.PORT).intValue());
            if (tls != null) {
                bindSecure();
            }
            if (!unixPath.isEmpty() && unix == null) {
                bindUnix();
            }
        } catch (IOException e) {
            adopted.forEach(ServerSockets::leave);
            plain.closeExcept(adopted);
            secure.closeExcept(adopted);
            unix = null;
            throw e;
        }
        adopted.forEach(channel -> channel.config().setAutoRead(true));
        open = true;
    }

    /** See {@link ListenerProvider#handOver}. The successor is called without the lock: it follows settings. */
    long handOver(ListenerProvider.Successor next) throws IOException {
        if (!transport.isEpoll()) {
            throw new IOException("listening sockets are handed over with native epoll only, which is not in use; restart the server");
        }
        long began = System.nanoTime();
        List<ListeningSocket> left = leaveAll();
        try {
            next.takeOver(left);
        } catch (IOException | RuntimeException e) {
            synchronized (this) {
                listen(left);
            }
            throw e;
        }
        return System.nanoTime() - began;
    }

    private synchronized List<ListeningSocket> leaveAll() {
        List<ListeningSocket> left = new ArrayList<>();
        plain.open().forEach((address, channel) -> left.add(left(Kind.TCP, address, channel)));
        secure.open().forEach((address, channel) -> left.add(left(Kind.TLS, address, channel)));
        if (unix != null) {
            left.add(left(Kind.UNIX, UnixDomainSocketAddress.of(unixPath), unix));
        }
        open = false;
        plain.closeExcept(List.copyOf(plain.open().values()));
        secure.closeExcept(List.copyOf(secure.open().values()));
        unix = null;
        return List.copyOf(left);
    }

    private static ListeningSocket left(Kind kind, SocketAddress address, Channel channel) {
        leave(channel);
        return new ListeningSocket(kind, address, ((UnixChannel) channel).fd().intValue());
    }

    /** Nobody looks at the socket any more, which stays open. */
    private static void leave(Channel channel) {
        channel.deregister().syncUninterruptibly();
    }

    /** Goes on with a socket that listens already; accepts nothing before it is told to. */
    private Channel adopt(ListeningSocket socket) throws IOException {
        if (!transport.isEpoll()) {
            throw new IOException("listening sockets are taken over with native epoll only, which is not in use");
        }
        boolean tcp = socket.kind() != Kind.UNIX;
        ServerBootstrap bootstrap = bootstrap(tcp, socket.kind() == Kind.TLS).option(ChannelOption.AUTO_READ, false)
                .channelFactory(() -> tcp ? new EpollServerSocketChannel(socket.descriptor())
                        : new EpollServerDomainSocketChannel(socket.descriptor()));
        return opened(bootstrap.register());
    }

    synchronized void bindPlain(List<String> addresses, int port) {
        bind(plain, addresses, port);
    }

    synchronized void bindSecure(List<String> addresses, int port) {
        bind(secure, addresses, port);
    }

    private void bind(TcpSockets sockets, List<String> addresses, int port) {
        if (!open) {
            return;
        }
        try {
            if (sockets == secure && port != 0) {
                tls().check();
            }
            sockets.bind(addresses, port);
        } catch (IOException e) {
            LOG.warn("{}", e.getMessage());
            throw new IllegalArgumentException("Unable to listen on this port (" + port + "). Check server logs.", e);
        }
    }

    /** These go; others may have come in their place. */
    synchronized void noTls(Tls former) {
        if (tls == former) {
            tls = null;
        }
    }

    /** Those who encrypt have come, or others in their place. */
    synchronized void tls(Tls newTls) {
        tls = newTls;
        if (open && secure.addresses().isEmpty()) {
            try {
                bindSecure();
            } catch (IOException e) {
                LOG.error(e.getMessage());
            }
        }
    }

    Tls tls() throws IOException {
        Tls current = tls;
        if (current == null) {
            throw new IOException("The directive tls-port needs the bundle io.releve.tls, which is not there");
        }
        return current;
    }

    private void bindSecure() throws IOException {
        int port = settings.get(ServerDirectives.TLS_PORT).intValue();
        if (port != 0) {
            tls().check();
            secure.bind(settings.get(ServerDirectives.BIND), port);
        }
    }

    private Channel bindTcp(InetSocketAddress address, boolean encrypted) throws IOException {
        ServerBootstrap bootstrap = bound(bootstrap(true, encrypted), transport.tcp()).option(ChannelOption.SO_REUSEADDR, true);
        if (address.getAddress() instanceof Inet6Address && transport.isEpoll()) {
            bootstrap.option(EpollChannelOption.SO_REUSEADDR, true);
        }
        return opened(bootstrap.bind(address));
    }

    private void bindUnix() throws IOException {
        Path path = Path.of(unixPath);
        Files.deleteIfExists(path);
        SocketAddress address = transport.isEpoll() ? new DomainSocketAddress(unixPath) : UnixDomainSocketAddress.of(path);
        unix = opened(bound(bootstrap(false, false), transport.unix()).bind(address));
        int mode = Integer.parseInt(settings.get(ServerDirectives.UNIXSOCKETPERM), 8);
        if (mode != 0) {
            Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
            PosixFilePermission[] all = PosixFilePermission.values();
            for (int bit = 0; bit < all.length; bit++) {
                if ((mode & 0400 >> bit) != 0) {
                    permissions.add(all[bit]);
                }
            }
            Files.setPosixFilePermissions(path, permissions);
        }
    }

    private ServerBootstrap bound(ServerBootstrap bootstrap, Class<? extends ServerChannel> type) {
        return bootstrap.channel(type).option(ChannelOption.SO_BACKLOG, settings.get(ServerDirectives.TCP_BACKLOG).intValue());
    }

    private static Channel opened(ChannelFuture opening) throws IOException {
        opening.awaitUninterruptibly();
        if (!opening.isSuccess()) {
            throw opening.cause() instanceof IOException e ? e : new IOException(opening.cause());
        }
        return opening.channel();
    }

    private ServerBootstrap bootstrap(boolean tcp, boolean encrypted) {
        ServerBootstrap bootstrap = new ServerBootstrap().group(acceptor, loops);
        if (tcp) {
            bootstrap.childOption(ChannelOption.TCP_NODELAY, true);
        }
        return bootstrap.childHandler(new ChannelInitializer<Channel>() {
            @Override
            protected void initChannel(Channel channel) throws IOException {
                accepting.accept(channel, tcp, encrypted);
            }
        });
    }

    synchronized List<String> addresses() {
        List<String> all = new ArrayList<>(plain.addresses());
        all.addAll(secure.addresses());
        if (unix != null) {
            all.add(unixPath);
        }
        return all;
    }

    /** Those that were not left to another one. */
    synchronized void close() {
        open = false;
        plain.close();
        secure.close();
        if (unix != null) {
            unix.close().syncUninterruptibly();
            try {
                Files.deleteIfExists(Path.of(unixPath));
            } catch (IOException e) {
                LOG.warn("Cannot remove {}: {}", unixPath, e.getMessage());
            }
        }
    }

    String unixPath() {
        return unixPath;
    }
}
