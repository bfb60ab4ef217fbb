package io.releve.server.netty;

import java.net.Inet6Address;
import java.net.InetAddress;

/** Who may connect to a server without a password. */
final class ProtectedMode {
    static final String DENIAL = "-DENIED Relève runs in protected mode and no password is set, so it does not serve"
            + " your address. To change that: set a password (directive requirepass), or allow everybody with"
            + " 'CONFIG SET protected-mode no' from the server's own host, or in its configuration file.\r\n";

    private ProtectedMode() {
    }

    static boolean admits(String mode, InetAddress peer) {
        return switch (mode) {
            case "no" -> true;
            case "private" -> peer.isLoopbackAddress() || peer.isSiteLocalAddress() || peer.isLinkLocalAddress()
                    || isUniqueLocal(peer);
            default -> peer.isLoopbackAddress();
        };
    }

    /** fc00::/7 (RFC 4193). */
    private static boolean isUniqueLocal(InetAddress peer) {
        return peer instanceof Inet6Address && (peer.getAddress()[0] & 0xFE) == 0xFC;
    }
}
