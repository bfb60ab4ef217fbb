package io.releve.tls.netty;

import io.releve.config.Directive;
import io.releve.config.Directive.Trait;
import io.releve.config.DirectiveSet;
import java.util.List;
import org.osgi.service.component.annotations.Component;

/** The settings of encrypted connections (redis.conf of Redis 7.2), but for the port, which is the listener's. */
@Component
public final class TlsDirectives implements DirectiveSet {
    static final Directive<String> CERT_FILE = Directive.text("tls-cert-file", "");
    static final Directive<String> KEY_FILE = Directive.text("tls-key-file", "");
    static final Directive<String> KEY_PASSWORD = Directive.text("tls-key-file-pass", "").with(Trait.SECRET);
    /** Shown to servers that this one connects to; without one, that of {@link #CERT_FILE}. */
    static final Directive<String> CLIENT_CERT_FILE = Directive.text("tls-client-cert-file", "");
    static final Directive<String> CLIENT_KEY_FILE = Directive.text("tls-client-key-file", "");
    static final Directive<String> CLIENT_KEY_PASSWORD = Directive.text("tls-client-key-file-pass", "").with(Trait.SECRET);
    static final Directive<String> CA_FILE = Directive.text("tls-ca-cert-file", "");
    static final Directive<String> CA_FOLDER = Directive.text("tls-ca-cert-dir", "");
    /** Whether clients must show a certificate; {@code optional}: if they show one it must be good. */
    static final Directive<String> AUTH_CLIENTS = Directive.choice("tls-auth-clients", "yes", "no", "yes", "optional");
    static final Directive<Boolean> REPLICATION = Directive.bool("tls-replication", false);
    /** {@code TLSv1.2 TLSv1.3}; empty for both. */
    static final Directive<String> PROTOCOLS = Directive.text("tls-protocols", "");
    /** A list of OpenSSL, for TLS 1.2. */
    static final Directive<String> CIPHERS = Directive.text("tls-ciphers", "");
    /** Names between colons, for TLS 1.3. */
    static final Directive<String> CIPHERSUITES = Directive.text("tls-ciphersuites", "");
    static final Directive<Boolean> PREFER_SERVER_CIPHERS = Directive.bool("tls-prefer-server-ciphers", false);
    static final Directive<Boolean> SESSION_CACHING = Directive.bool("tls-session-caching", true);
    /** 0 for as many as come. */
    static final Directive<Long> SESSION_CACHE_SIZE =
            Directive.integer("tls-session-cache-size", 20_480, 0, Integer.MAX_VALUE);
    /** Seconds. */
    static final Directive<Long> SESSION_CACHE_TIMEOUT =
            Directive.integer("tls-session-cache-timeout", 300, 0, Integer.MAX_VALUE);

    /** Those that say how connections are made: after a change, later ones are made anew. */
    static final List<Directive<?>> MATERIAL = List.of(CERT_FILE, KEY_FILE, KEY_PASSWORD, CLIENT_CERT_FILE,
            CLIENT_KEY_FILE, CLIENT_KEY_PASSWORD, CA_FILE, CA_FOLDER, AUTH_CLIENTS, REPLICATION, PROTOCOLS, CIPHERS,
            CIPHERSUITES, PREFER_SERVER_CIPHERS, SESSION_CACHING, SESSION_CACHE_SIZE, SESSION_CACHE_TIMEOUT);

    @Override
    public List<Directive<?>> directives() {
        return MATERIAL;
    }
}
