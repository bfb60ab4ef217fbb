package io.releve.server.netty;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.IoEventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.FastThreadLocalThread;
import io.releve.config.Settings;
import io.releve.engine.Dispatcher;
import io.releve.engine.Listener;
import io.releve.format.resp.RequestLimits;
import io.releve.info.InfoSection;
import io.releve.security.Tls;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The sockets of one engine: binds, accepts, and gives every connection to an event loop. */
final class NettyServer implements Listener {
    private static final Logger LOG = LoggerFactory.getLogger(NettyServer.class);
    /** Bytes taken from the socket of an encrypted connection at a time: what stays undone of a record waits in its buffer. */
    private static final int ENCRYPTED_RECEIVE = 32 * 1024;
    private static final long STACK_BYTES = 8L << 20;

    private final Dispatcher dispatcher;
    private final Settings settings;
    private final Transport transport;
    /** Accepts; apart from the loops, so that one of them can wait for a bind. */
    private final EventLoopGroup acceptor;
    private final EventLoopGroup loops;
    /** For connections that come while scripts keep all loops busy. */
    private final MultiThreadIoEventLoopGroup standby;
    private final Map<EventExecutor, LoopContext> contexts = new HashMap<>();
    private final TcpSockets plain = new TcpSockets(address -> bindTcp(address, false));
    private final TcpSockets secure = new TcpSockets(address -> bindTcp(address, true));
    /** Null without one. */
    private Channel unix;
    private final List<AutoCloseable> watches = new ArrayList<>();
    private final String unixPath;
    private boolean open;
    private volatile Tls tls;
    private volatile RequestLimits requestLimits;
    private volatile OutputLimits outputLimits;
    private volatile String protectedMode;
    private volatile long queryLimit;
    private volatile long idleSeconds;

    private final Runnable endOfAcknowledgements;

    NettyServer(Dispatcher dispatcher, Settings settings) {
        this.dispatcher = dispatcher;
        this.settings = settings;
        transport = Transport.best();
        unixPath = settings.get(ServerDirectives.UNIXSOCKET);
        acceptor = new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("releve-main-accept", true),
                transport.handlerFactory());
        standby = new MultiThreadIoEventLoopGroup(1, threads("releve-main-standby"),
                transport.handlerFactory());
        contexts.put(standby.next(), new LoopContext(standby.next(), dispatcher));
        int ioThreads = settings.get(ServerDirectives.IO_THREADS).intValue();
        loops = new MultiThreadIoEventLoopGroup(ioThreads, threads("releve-main-server"),
                transport.handlerFactory()) {
            /** A loop that a script keeps busy is given no connection. */
            @Override
            public IoEventLoop next() {
                for (int i = 0; i < ioThreads; i++) {
                    IoEventLoop loop = super.next();
                    LoopContext context = contexts.get(loop);
                    if (context == null || !context.busy()) {
                        return loop;
                    }
                }
                return standby.next();
            }
        };
        for (EventExecutor executor : loops) {
            contexts.put(executor, new LoopContext((EventLoop) executor, dispatcher));
        }
        endOfAcknowledgements = dispatcher.onAcknowledged(this::release);
    }

    /** Threads on which scripts run: what they nest deeply is followed by functions that call themselves. */
    private static DefaultThreadFactory threads(String name) {
        return new DefaultThreadFactory(name, true) {
            @Override
            protected Thread newThread(Runnable work, String threadName) {
                return new FastThreadLocalThread(threadGroup, work, threadName, STACK_BYTES);
            }
        };
    }

    /**
     * Opens all sockets and follows the settings from then on.
     *
     * @throws IOException in one sentence, when an address cannot be bound
     */
    void open() throws IOException {
        watches.add(settings.watch(ServerDirectives.MAX_BULK, max -> requestLimits = RequestLimits.authenticated(max)));
        watches.add(settings.watch(ServerDirectives.OUTPUT_LIMITS, limits -> outputLimits = limits));
        watches.add(settings.watch(ServerDirectives.PROTECTED_MODE, mode -> protectedMode = mode));
        watches.add(settings.watch(ServerDirectives.QUERY_LIMIT, limit -> queryLimit = limit));
        watches.add(settings.watch(ServerDirectives.TIMEOUT, seconds -> idleSeconds = seconds));
        watches.add(settings.watch(ServerDirectives.MAXCLIENTS, dispatcher::maxClients));
        plain.bind(settings.get(ServerDirectives.BIND), settings.get(ServerDirectives.PORT).intValue());
        if (tls != null) {
            bindSecure();
        }
        if (!unixPath.isEmpty()) {
            bindUnix();
        }
        open = true;
        watches.add(settings.watch(ServerDirectives.PORT,
                port -> bind(plain, settings.get(ServerDirectives.BIND), port.intValue())));
        watches.add(settings.watch(ServerDirectives.TLS_PORT,
                port -> bind(secure, settings.get(ServerDirectives.BIND), port.intValue())));
        watches.add(settings.watch(ServerDirectives.BIND, addresses -> {
            bind(plain, addresses, settings.get(ServerDirectives.PORT).intValue());
            bind(secure, addresses, settings.get(ServerDirectives.TLS_PORT).intValue());
        }));
        contexts.values().forEach(c -> c.loop.scheduleAtFixedRate(() -> check(c), 1, 1, TimeUnit.SECONDS));
        LOG.info("Server initialized ({}, {} I/O thread(s))", transport.name(), contexts.size() - 1);
        plain.addresses().forEach(address -> ready("tcp", address));
        secure.addresses().forEach(address -> ready("tls", address));
        if (unix != null) {
            ready("unix", unixPath);
        }
    }

    private static void ready(String kind, String address) {
        LOG.info("Ready to accept connections {} on {}", kind, address);
    }

    void close() {
        endOfAcknowledgements.run();
        watches.forEach(watch -> {
            try {
                watch.close();
            } catch (Exception e) {
                LOG.warn("Closing", e);
            }
        });
        synchronized (this) {
            open = false;
            plain.close();
            secure.close();
            if (unix != null) {
                unix.close().syncUninterruptibly();
            }
        }
        contexts.values().forEach(c -> c.loop.submit(() -> {
            List.copyOf(c.clients).forEach(client -> client.close(true));
        }).syncUninterruptibly());
        acceptor.shutdownGracefully(0, 2, TimeUnit.SECONDS).syncUninterruptibly();
        loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).syncUninterruptibly();
        standby.shutdownGracefully(0, 2, TimeUnit.SECONDS).syncUninterruptibly();
        contexts.values().forEach(LoopContext::close);
        if (!unixPath.isEmpty()) {
            try {
                Files.deleteIfExists(Path.of(unixPath));
            } catch (IOException e) {
                LOG.warn("Cannot remove {}: {}", unixPath, e.getMessage());
            }
        }
    }

    /** What INFO tells of it. */
    InfoSection section() {
        return new ListenerSection(settings, transport.name());
    }

    @Override
    public synchronized List<String> addresses() {
        List<String> all = new ArrayList<>(plain.addresses());
        all.addAll(secure.addresses());
        if (!unixPath.isEmpty()) {
            all.add(unixPath);
        }
        return all;
    }

    private synchronized void bind(TcpSockets sockets, List<String> addresses, int port) {
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

    private Tls tls() throws IOException {
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
        ServerBootstrap bootstrap = bootstrap(transport.tcp(), true, encrypted);
        if (address.getAddress() instanceof Inet6Address && transport.isEpoll()) {
            bootstrap.option(EpollChannelOption.SO_REUSEADDR, true);
        }
        return open(bootstrap, address);
    }

    private void bindUnix() throws IOException {
        Path path = Path.of(unixPath);
        Files.deleteIfExists(path);
        SocketAddress address = transport.isEpoll() ? new DomainSocketAddress(unixPath) : UnixDomainSocketAddress.of(path);
        unix = open(bootstrap(transport.unix(), false, false), address);
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

    private static Channel open(ServerBootstrap bootstrap, SocketAddress address) throws IOException {
        var bind = bootstrap.bind(address).awaitUninterruptibly();
        if (!bind.isSuccess()) {
            throw bind.cause() instanceof IOException e ? e : new IOException(bind.cause());
        }
        return bind.channel();
    }

    private ServerBootstrap bootstrap(Class<? extends ServerChannel> type, boolean tcp, boolean encrypted) {
        ServerBootstrap bootstrap = new ServerBootstrap().group(acceptor, loops).channel(type)
                .option(ChannelOption.SO_BACKLOG, settings.get(ServerDirectives.TCP_BACKLOG).intValue());
        if (tcp) {
            bootstrap.option(ChannelOption.SO_REUSEADDR, true).childOption(ChannelOption.TCP_NODELAY, true);
        }
        return bootstrap.childHandler(new ChannelInitializer<Channel>() {
            @Override
            protected void initChannel(Channel channel) throws IOException {
                accept(channel, tcp, encrypted);
            }
        });
    }

    @SuppressWarnings("deprecation")
    private void accept(Channel channel, boolean tcp, boolean encrypted) throws IOException {
        LoopContext context = contexts.get(channel.eventLoop());
        if (encrypted) {
            channel.config().setRecvByteBufAllocator(new FixedRecvByteBufAllocator(ENCRYPTED_RECEIVE));
            channel.pipeline().addLast(new SslHandler(tls().accepting()));
        } else {
            channel.config().setRecvByteBufAllocator(new SharedReceive(context));
        }
        int keepAlive = settings.get(ServerDirectives.TCP_KEEPALIVE).intValue();
        if (tcp && keepAlive > 0) {
            channel.config().setOption(ChannelOption.SO_KEEPALIVE, true);
            if (transport.isEpoll()) {
                channel.config().setOption(EpollChannelOption.TCP_KEEPIDLE, keepAlive);
                channel.config().setOption(EpollChannelOption.TCP_KEEPINTVL, Math.max(1, keepAlive / 3));
                channel.config().setOption(EpollChannelOption.TCP_KEEPCNT, 3);
            }
        }
        channel.pipeline().addLast(new ClientHandler(this, context, channel, encrypted));
    }

    private void check(LoopContext context) {
        long now = System.currentTimeMillis();
        List.copyOf(context.clients).forEach(client -> client.check(now, idleSeconds));
    }

    private void release() {
        contexts.values().forEach(c -> c.loop.execute(c::release));
    }

    boolean admits(SocketAddress peer) {
        return !(peer instanceof InetSocketAddress inet) || protectedMode.equals("no")
                || dispatcher.authenticationRequired()
                || ProtectedMode.admits(protectedMode, inet.getAddress());
    }

    Dispatcher dispatcher() {
        return dispatcher;
    }

    RequestLimits requestLimits() {
        return requestLimits;
    }

    OutputLimits outputLimits() {
        return outputLimits;
    }

    long queryLimit() {
        return queryLimit;
    }

    String unixPath() {
        return unixPath;
    }

    /** {@code 127.0.0.1:6379} or {@code [::1]:6379}. */
    static String text(InetSocketAddress address) {
        InetAddress host = address.getAddress();
        String text = host.getHostAddress();
        if (host instanceof Inet6Address) {
            int zone = text.indexOf('%');
            text = "[" + compress(zone < 0 ? text : text.substring(0, zone)) + "]";
        }
        return text + ":" + address.getPort();
    }

    /** The longest run of zero groups as {@code ::} (RFC 5952). */
    private static String compress(String ipv6) {
        String best = "";
        var matcher = java.util.regex.Pattern.compile("(^|:)0(:0)+(:|$)").matcher(ipv6);
        while (matcher.find()) {
            if (matcher.group().length() > best.length()) {
                best = matcher.group();
            }
        }
        return best.isEmpty() ? ipv6 : ipv6.replaceFirst(java.util.regex.Pattern.quote(best), "::");
    }
}
