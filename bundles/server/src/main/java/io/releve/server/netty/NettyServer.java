package io.releve.server.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.IoEventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.FastThreadLocalThread;
import io.releve.config.Settings;
import io.releve.engine.Dispatcher;
import io.releve.engine.Listener;
import io.releve.engine.ListenerProvider;
import io.releve.engine.ListeningSocket;
import io.releve.format.resp.RequestLimits;
import io.releve.info.InfoSection;
import io.releve.security.Tls;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The sockets of one engine: accepts, and gives every connection to an event loop. */
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
    private final ServerSockets sockets;
    private final List<AutoCloseable> watches = new ArrayList<>();
    /** Accepted connections that have not ended. */
    private final AtomicInteger connections = new AtomicInteger();
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
        sockets = new ServerSockets(settings, transport, acceptor, loops, this::accept);
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
     * Listens, and follows the settings from then on.
     *
     * @param handed what another listener has left
     * @throws IOException in one sentence, when an address cannot be bound; what was handed is as it was then
     */
    void open(List<ListeningSocket> handed) throws IOException {
        boolean first = watches.isEmpty();
        if (first) {
            watches.add(settings.watch(ServerDirectives.MAX_BULK, max -> requestLimits = RequestLimits.authenticated(max)));
            watches.add(settings.watch(ServerDirectives.OUTPUT_LIMITS, limits -> outputLimits = limits));
            watches.add(settings.watch(ServerDirectives.PROTECTED_MODE, mode -> protectedMode = mode));
            watches.add(settings.watch(ServerDirectives.QUERY_LIMIT, limit -> queryLimit = limit));
            watches.add(settings.watch(ServerDirectives.TIMEOUT, seconds -> idleSeconds = seconds));
            watches.add(settings.watch(ServerDirectives.MAXCLIENTS, dispatcher::maxClients));
            LOG.info("Server initialized ({}, {} I/O thread(s))", transport.name(), contexts.size() - 1);
        }
        sockets.open(handed);
        if (first) {
            watches.add(settings.watch(ServerDirectives.PORT,
                    port -> sockets.bindPlain(settings.get(ServerDirectives.BIND), port.intValue())));
            watches.add(settings.watch(ServerDirectives.TLS_PORT,
                    port -> sockets.bindSecure(settings.get(ServerDirectives.BIND), port.intValue())));
            watches.add(settings.watch(ServerDirectives.BIND, addresses -> {
                sockets.bindPlain(addresses, settings.get(ServerDirectives.PORT).intValue());
                sockets.bindSecure(addresses, settings.get(ServerDirectives.TLS_PORT).intValue());
            }));
            contexts.values().forEach(c -> c.loop.scheduleAtFixedRate(() -> check(c), 1, 1, TimeUnit.SECONDS));
        }
    }

    /** See {@link ListenerProvider#handOver}. */
    long handOver(ListenerProvider.Successor next) throws IOException {
        return sockets.handOver(next);
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
        sockets.close();
        contexts.values().forEach(c -> c.loop.submit(() -> {
            List.copyOf(c.clients).forEach(client -> client.close(true));
        }).syncUninterruptibly());
        acceptor.shutdownGracefully(0, 2, TimeUnit.SECONDS).syncUninterruptibly();
        loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).syncUninterruptibly();
        standby.shutdownGracefully(0, 2, TimeUnit.SECONDS).syncUninterruptibly();
        contexts.values().forEach(LoopContext::close);
    }

    /** What INFO tells of it. */
    InfoSection section() {
        return new ListenerSection(settings, transport.name());
    }

    @Override
    public List<String> addresses() {
        return sockets.addresses();
    }

    void noTls(Tls former) {
        sockets.noTls(former);
    }

    void tls(Tls newTls) {
        sockets.tls(newTls);
    }

    @SuppressWarnings("deprecation")
    private void accept(Channel channel, boolean tcp, boolean encrypted) throws IOException {
        connections.incrementAndGet();
        channel.closeFuture().addListener(end -> connections.decrementAndGet());
        LoopContext context = contexts.get(channel.eventLoop());
        if (encrypted) {
            channel.config().setRecvByteBufAllocator(new FixedRecvByteBufAllocator(ENCRYPTED_RECEIVE));
            channel.pipeline().addLast(new SslHandler(sockets.tls().accepting()));
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

    int connections() {
        return connections.get();
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
        return sockets.unixPath();
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
