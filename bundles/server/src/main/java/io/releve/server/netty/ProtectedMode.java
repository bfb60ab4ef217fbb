package io.releve.server.netty;

import java.net.Inet6Address;
import java.net.InetAddress;

/** Who may connect to a server without a password. */
final class ProtectedMode {
    /** Redis' text, and which addresses are served. */
    static final String DENIAL = "-DENIED Relève is running in protected mode because protected mode is enabled and no"
            + " password is set for the default user. In this mode connections are only accepted from the loopback interface,"
            + " and where protected-mode is 'private' also from private and link-local addresses. If you want to connect from"
            + " other computers you may adopt one of the following solutions: 1) Set up an authentication password for the"
            + " default user (requirepass). 2) Just disable protected mode sending the command 'CONFIG SET protected-mode no'"
            + " from the loopback interface by connecting from the same host the server is running, however MAKE SURE the"
            + " server is not publicly accessible from internet if you do so. Use CONFIG REWRITE to make this change"
            + " permanent. 3) Alternatively you can just disable the protected mode by editing the configuration file, and"
            + " setting the protected-mode option to 'no', and then restarting the server. 4) If you started the server"
            + " manually just for testing, restart it with the '--protected-mode no' option. NOTE: You only need to do one of"
            + " the above things in order for the server to start accepting connections from the outside.\r\n";

    private ProtectedMode() {
    }

    static boolean admits(String mode, InetAddress peer) {
        return switch (mode) {
            case "no" -> true;
            case "private" -> peer.isLoopbackAddress() || peer.isLinkLocalAddress()
                    || (peer instanceof Inet6Address ? isUniqueLocal(peer) : isPrivate(peer.getAddress()));
            default -> peer.isLoopbackAddress();
        };
    }

    /** fc00::/7 (RFC 4193). */
    private static boolean isUniqueLocal(InetAddress peer) {
        return (peer.getAddress()[0] & 0xFE) == 0xFC;
    }

    /** 10/8, 172.16/12, 192.168/16 (RFC 1918), and 100.64/10, which providers use between themselves (RFC 6598). */
    private static boolean isPrivate(byte[] address) {
        int second = address[1] & 0xFF;
        return switch (address[0] & 0xFF) {
            case 10 -> true;
            case 172 -> (second & 0xF0) == 16;
            case 192 -> second == 168;
            case 100 -> (second & 0xC0) == 64;
            default -> false;
        };
    }
}
