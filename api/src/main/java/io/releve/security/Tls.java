package io.releve.security;

import io.releve.config.Settings;
import java.io.IOException;
import java.net.Socket;
import javax.net.ssl.SSLEngine;
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

    /** Whether links to masters and of sentinels are encrypted too ({@code tls-replication}). */
    boolean onLinks();

    /** Whether links are to be encrypted, also where nobody can. */
    static boolean wantedOnLinks(Settings settings) {
        return settings.find("tls-replication").getOrDefault("tls-replication", "no").equals("yes");
    }

    /** The port that other servers and sentinels are to connect to: where links are encrypted, {@code tls-port} if there is one. */
    static String linkPort(Settings settings) {
        String encrypted = settings.find("tls-port").getOrDefault("tls-port", "0");
        return wantedOnLinks(settings) && !encrypted.equals("0") ? encrypted : settings.find("port").getOrDefault("port", "0");
    }
}
