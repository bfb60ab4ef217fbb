package io.releve.tls.netty;

import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.IdentityCipherSuiteFilter;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.OpenSslSessionContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.releve.config.Settings;
import io.releve.format.pem.Pem;
import java.io.IOException;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;

/**
 * What connections are made with, as the settings were when this was made.
 *
 * @param server for those accepted
 * @param client for those made, on an event loop
 * @param sockets for those made by a thread of their own
 */
record Contexts(SslContext server, SslContext client, SSLContext sockets) {
    private static final List<String> PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");
    /** Redis knows these too; no library of today speaks them by default. */
    private static final Set<String> OLD = Set.of("tlsv1", "tlsv1.1");

    /** The native library if it could be loaded. */
    static SslProvider provider() {
        return OpenSsl.isAvailable() && !Boolean.getBoolean("releve.tls.jdk") ? SslProvider.OPENSSL : SslProvider.JDK;
    }

    /** @throws IOException says which directive is missing or which file is wrong */
    static Contexts of(Settings settings) throws IOException {
        SslProvider provider = provider();
        String certificate = settings.get(TlsDirectives.CERT_FILE);
        String key = settings.get(TlsDirectives.KEY_FILE);
        if (certificate.isEmpty()) {
            throw new IOException("No tls-cert-file configured!");
        }
        if (key.isEmpty()) {
            throw new IOException("No tls-key-file configured!");
        }
        List<X509Certificate> trusted = trusted(settings);
        List<X509Certificate> chain = Pem.certificates(Path.of(certificate));
        PrivateKey own = key(key, settings.get(TlsDirectives.KEY_PASSWORD), chain, certificate);
        List<X509Certificate> shown = chain;
        PrivateKey shownKey = own;
        if (!settings.get(TlsDirectives.CLIENT_CERT_FILE).isEmpty()) {
            String clientKey = settings.get(TlsDirectives.CLIENT_KEY_FILE);
            if (clientKey.isEmpty()) {
                throw new IOException("No tls-client-key-file configured, but tls-client-cert-file is");
            }
            shown = Pem.certificates(Path.of(settings.get(TlsDirectives.CLIENT_CERT_FILE)));
            shownKey = key(clientKey, settings.get(TlsDirectives.CLIENT_KEY_PASSWORD), shown,
                    settings.get(TlsDirectives.CLIENT_CERT_FILE));
        }
        try {
            SslContext server = common(SslContextBuilder.forServer(own, chain), trusted, provider, settings)
                    .clientAuth(switch (settings.get(TlsDirectives.AUTH_CLIENTS)) {
                        case "yes" -> ClientAuth.REQUIRE;
                        case "optional" -> ClientAuth.OPTIONAL;
                        default -> ClientAuth.NONE;
                    }).build();
            sessions(server, settings);
            SslContext client = client(shown, shownKey, trusted, provider, settings);
            SslContext sockets = client(shown, shownKey, trusted, SslProvider.JDK, settings);
            return new Contexts(server, client, ((JdkSslContext) sockets).context());
        } catch (SSLException | IllegalArgumentException | NoSuchAlgorithmException e) {
            throw new IOException("TLS cannot be set up with " + certificate + " and " + key + ": " + reason(e), e);
        }
    }

    private static PrivateKey key(String file, String password, List<X509Certificate> chain, String certificate)
            throws IOException {
        PrivateKey key = Pem.privateKey(Path.of(file), password);
        if (!Pem.belong(chain.get(0), key)) {
            throw new IOException("The private key in " + file + " is not that of the certificate in " + certificate);
        }
        return key;
    }

    private static SslContext client(List<X509Certificate> shown, PrivateKey key, List<X509Certificate> trusted,
            SslProvider provider, Settings settings) throws SSLException, NoSuchAlgorithmException {
        SslContextBuilder builder = SslContextBuilder.forClient().keyManager(key, shown)
                // as with Redis, who has a certificate of the authority is one of ours under whatever name
                .endpointIdentificationAlgorithm(null);
        return common(builder, trusted, provider, settings).build();
    }

    private static List<X509Certificate> trusted(Settings settings) throws IOException {
        List<X509Certificate> trusted = new ArrayList<>();
        String file = settings.get(TlsDirectives.CA_FILE);
        String folder = settings.get(TlsDirectives.CA_FOLDER);
        if (!file.isEmpty()) {
            trusted.addAll(Pem.certificates(Path.of(file)));
        }
        if (!folder.isEmpty()) {
            trusted.addAll(Pem.certificatesIn(Path.of(folder)));
        }
        if (trusted.isEmpty() && (settings.get(TlsDirectives.REPLICATION)
                || !settings.get(TlsDirectives.AUTH_CLIENTS).equals("no"))) {
            throw new IOException("Either tls-ca-cert-file or tls-ca-cert-dir must be specified when tls-cluster, "
                    + "tls-replication or tls-auth-clients are enabled!");
        }
        return trusted;
    }

    private static SslContextBuilder common(SslContextBuilder builder, List<X509Certificate> trusted, SslProvider provider,
            Settings settings) throws NoSuchAlgorithmException {
        if (!trusted.isEmpty()) {
            builder.trustManager(trusted);
        }
        return builder.sslProvider(provider).protocols(protocols(settings.get(TlsDirectives.PROTOCOLS)))
                .ciphers(ciphers(settings, provider), IdentityCipherSuiteFilter.INSTANCE);
    }

    private static List<String> protocols(String words) {
        if (words.isBlank()) {
            return PROTOCOLS;
        }
        List<String> chosen = new ArrayList<>();
        for (String word : words.trim().split("[ ,]+")) {
            List<String> meant = PROTOCOLS.stream().filter(word::equalsIgnoreCase).toList();
            if (meant.isEmpty() && !OLD.contains(word.toLowerCase(Locale.ROOT))) {
                throw new IllegalArgumentException("Invalid tls-protocols specified. Use a combination of TLSv1.2 TLSv1.3");
            }
            chosen.addAll(meant);
        }
        if (chosen.isEmpty()) {
            throw new IllegalArgumentException("tls-protocols names none that is spoken here: TLSv1.2 TLSv1.3");
        }
        return chosen;
    }

    /** Null for those the library thinks best. */
    private static List<String> ciphers(Settings settings, SslProvider provider) throws NoSuchAlgorithmException {
        String list = settings.get(TlsDirectives.CIPHERS);
        String suites = settings.get(TlsDirectives.CIPHERSUITES);
        if (list.isBlank() && suites.isBlank()) {
            return null;
        }
        Collection<String> available = provider == SslProvider.OPENSSL ? OpenSsl.availableJavaCipherSuites()
                : List.of(SSLContext.getDefault().getSupportedSSLParameters().getCipherSuites());
        List<String> chosen = new ArrayList<>();
        if (suites.isBlank()) {
            available.stream().filter(CipherList::isTls13).forEach(chosen::add);
        } else {
            for (String suite : suites.trim().split("[:, ]+")) {
                if (!CipherList.isTls13(suite) || !available.contains(suite)) {
                    throw new IllegalArgumentException("the cipher suite '" + suite + "' is not available");
                }
                chosen.add(suite);
            }
        }
        chosen.addAll(CipherList.select(list.isBlank() ? "ECDHE" : list, available));
        return chosen;
    }

    private static void sessions(SslContext server, Settings settings) {
        boolean caching = settings.get(TlsDirectives.SESSION_CACHING);
        if (server.sessionContext() instanceof OpenSslSessionContext sessions) {
            sessions.setSessionCacheEnabled(caching);
        }
        // one is the smallest: to the JSSE 0 means any number
        server.sessionContext().setSessionCacheSize(caching ? settings.get(TlsDirectives.SESSION_CACHE_SIZE).intValue() : 1);
        server.sessionContext().setSessionTimeout(settings.get(TlsDirectives.SESSION_CACHE_TIMEOUT).intValue());
    }

    private static String reason(Throwable e) {
        Throwable deepest = e;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        return deepest.getMessage() == null ? deepest.toString() : deepest.getMessage();
    }
}
