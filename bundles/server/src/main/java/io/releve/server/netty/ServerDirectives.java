package io.releve.server.netty;

import io.releve.config.Directive;
import io.releve.config.Directive.Trait;
import io.releve.config.DirectiveSet;
import java.util.List;
import org.osgi.service.component.annotations.Component;

/** The settings of the listener (redis.conf of Redis 7.2). */
@Component
public final class ServerDirectives implements DirectiveSet {
    static final Directive<Long> PORT = Directive.integer("port", 6379, 0, 65_535);
    /** For encrypted connections; 0 for none. */
    static final Directive<Long> TLS_PORT = Directive.integer("tls-port", 0, 0, 65_535);
    static final Directive<List<String>> BIND = Directive.words("bind", List.of("*", "-::*"));
    static final Directive<Long> TCP_BACKLOG =
            Directive.integer("tcp-backlog", 511, 0, Integer.MAX_VALUE).with(Trait.IMMUTABLE);
    /** Seconds a client may be idle; 0 for ever. */
    static final Directive<Long> TIMEOUT = Directive.integer("timeout", 0, 0, Integer.MAX_VALUE);
    /** Seconds; 0 for none. */
    static final Directive<Long> TCP_KEEPALIVE = Directive.integer("tcp-keepalive", 300, 0, Integer.MAX_VALUE);
    static final Directive<Long> MAXCLIENTS = Directive.integer("maxclients", 10_000, 1, 4_294_967_295L);
    static final Directive<String> UNIXSOCKET = Directive.text("unixsocket", "").with(Trait.IMMUTABLE);
    /** Octal digits; 0 leaves the file mode as it is. */
    static final Directive<String> UNIXSOCKETPERM = Directive.text("unixsocketperm", "0").with(Trait.IMMUTABLE);
    /** {@code private} is ours: without a password loopback, private and link-local peers are served. */
    static final Directive<String> PROTECTED_MODE =
            Directive.choice("protected-mode", "private", "yes", "no", "private");
    static final Directive<OutputLimits> OUTPUT_LIMITS =
            Directive.of("client-output-buffer-limit", OutputLimits.FORMAT, OutputLimits.DEFAULT).with(Trait.REPEATED);
    static final Directive<Long> QUERY_LIMIT =
            Directive.memory("client-query-buffer-limit", 1L << 30, 1L << 20, Long.MAX_VALUE);
    static final Directive<Long> MAX_BULK =
            Directive.memory("proto-max-bulk-len", 512L << 20, 1L << 20, Long.MAX_VALUE);
    static final Directive<Long> IO_THREADS = Directive.integer("io-threads", 1, 1, 128).with(Trait.IMMUTABLE);

    @Override
    public List<Directive<?>> directives() {
        return List.of(PORT, TLS_PORT, BIND, TCP_BACKLOG, TIMEOUT, TCP_KEEPALIVE, MAXCLIENTS, UNIXSOCKET, UNIXSOCKETPERM,
                PROTECTED_MODE, OUTPUT_LIMITS, QUERY_LIMIT, MAX_BULK, IO_THREADS);
    }
}
