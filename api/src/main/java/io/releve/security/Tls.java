package io.releve.security;

import io.releve.config.Settings;
import java.io.IOException;
import java.net.Socket;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import org.osgi.annotation.versioning.ConsumerType;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A service: encrypted connections, with the certificates that the directives {@code tls-*} name. A connection keeps those it
 * began with; CONFIG SET decides about later ones. Any thread.
 */
@ProviderType
public interface Tls {
    /**
     * Reads the certificates, unless that has been done.
     *
     * @throws IOException says which directive is missing or which file is wrong
     */
    void check() throws IOException;

    /**
     * For a connection that was accepted.
     *
     * @throws IOException as {@link #check}
     */
    SSLEngine accepting() throws IOException;

    /**
     * For a connection that this server makes.
     *
     * @throws IOException as {@link #check}
     */
    SSLEngine connecting() throws IOException;

    /**
     * The same for who reads and writes with a thread of his own: a socket that is connected, encrypted from now on.
     *
     * @throws IOException as {@link #check}, or the handshake failed
     */
    Socket connecting(Socket connected) throws IOException;

    /** Who encrypts the links of one server: those to its master, or of its sentinel. */
    @ConsumerType
    @FunctionalInterface
    interface Links {
        /**
         * Asked for every link anew.
         *
         * @return null where links are not encrypted
         * @throws IOException where they are to be, and nobody can
         */
        Tls tls() throws IOException;
    }

    /** As {@code tls-replication} wishes it at any time. @param there gives null where nobody encrypts */
    static Links links(Settings settings, Supplier<Tls> there) {
        return () -> {
            if (!wantedOnLinks(settings)) {
                return null;
            }
            Tls tls = there.get();
            if (tls == null) {
                throw new IOException("tls-replication needs the bundle io.releve.tls, which is not there");
            }
            return tls;
        };
    }

    private static boolean wantedOnLinks(Settings settings) {
        return settings.find("tls-replication").getOrDefault("tls-replication", "no").equals("yes");
    }

    /** The port that other servers and sentinels are to connect to: where links are encrypted, {@code tls-port} if there is one. */
    static String linkPort(Settings settings) {
        String encrypted = settings.find("tls-port").getOrDefault("tls-port", "0");
        return wantedOnLinks(settings) && !encrypted.equals("0") ? encrypted : settings.find("port").getOrDefault("port", "0");
    }
}
