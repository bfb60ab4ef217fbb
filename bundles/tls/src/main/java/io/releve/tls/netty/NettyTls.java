package io.releve.tls.netty;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslProvider;
import io.releve.config.Directive;
import io.releve.config.Settings;
import io.releve.security.Tls;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The contexts in force. Nothing is read before somebody needs it, so that a server without TLS may be configured in part. */
@Component
public final class NettyTls implements Tls {
    private static final Logger LOG = LoggerFactory.getLogger(NettyTls.class);
    private static final int HANDSHAKE_MS = 10_000;

    private final Settings settings;
    private final List<AutoCloseable> watches = new ArrayList<>();
    private volatile Contexts contexts;

    @Activate
    public NettyTls(@Reference Settings settings) {
        this.settings = settings;
        for (Directive<?> directive : TlsDirectives.MATERIAL) {
            watches.add(settings.watch(directive, value -> changed()));
        }
    }

    @Deactivate
    void close() throws Exception {
        for (AutoCloseable watch : watches) {
            watch.close();
        }
    }

    /** Called for every directive that has changed, when the values of all are there already. */
    private synchronized void changed() {
        if (contexts == null) {
            return;
        }
        try {
            contexts = Contexts.of(settings);
        } catch (IOException e) {
            LOG.warn("The certificates stay as they were: {}", e.getMessage());
            throw new IllegalArgumentException("Unable to update TLS configuration. Check server logs.", e);
        }
    }

    private Contexts contexts() throws IOException {
        Contexts current = contexts;
        return current == null ? read() : current;
    }

    private synchronized Contexts read() throws IOException {
        if (contexts == null) {
            contexts = Contexts.of(settings);
            if (Contexts.provider() == SslProvider.OPENSSL) {
                LOG.info("TLS is done by {}", OpenSsl.versionString());
            } else {
                LOG.info("TLS is done by Java, at more CPU time, as the native library is not there: {}",
                        String.valueOf(OpenSsl.unavailabilityCause()));
            }
        }
        return contexts;
    }

    @Override
    public void check() throws IOException {
        contexts();
    }

    @Override
    public SSLEngine accepting() throws IOException {
        return contexts().server().newEngine(ByteBufAllocator.DEFAULT);
    }

    @Override
    public SSLEngine connecting() throws IOException {
        return contexts().client().newEngine(ByteBufAllocator.DEFAULT);
    }

    @Override
    public Socket connecting(Socket connected) throws IOException {
        SSLSocket socket = (SSLSocket) contexts().sockets().getSocketFactory().createSocket(connected,
                connected.getInetAddress().getHostAddress(), connected.getPort(), true);
        int timeout = connected.getSoTimeout();
        socket.setSoTimeout(HANDSHAKE_MS);
        socket.startHandshake();
        socket.setSoTimeout(timeout);
        return socket;
    }
}
