package io.releve.engine;

import java.net.SocketAddress;

/**
 * A socket that listens.
 *
 * @param address an {@link java.net.InetSocketAddress}, or a {@link java.net.UnixDomainSocketAddress}
 * @param descriptor its number in this process
 */
public record ListeningSocket(Kind kind, SocketAddress address, int descriptor) {
    /** What is spoken there. */
    public enum Kind {
        TCP, TLS, UNIX
    }
}
