package io.releve.sentinel.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Where a host is expected: an IP address, or a name where names are resolved. */
public final class HostWord {
    private HostWord() {
    }

    /** @param names whether a name will do in place of an IP address; it is not looked up */
    public static boolean isAcceptable(String host, boolean names) {
        return isIp(host) || names && host.matches("[A-Za-z0-9._-]{1,255}");
    }

    private static boolean isIp(String host) {
        if (host.matches("(\\d{1,3}\\.){3}\\d{1,3}")) {
            return List.of(host.split("\\.")).stream().allMatch(part -> Integer.parseInt(part) < 256);
        }
        if (!host.matches("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*(%[A-Za-z0-9._-]+)?")) {
            return false;
        }
        try {
            // with a colon in it, it is never looked up
            return InetAddress.getByName(host.replaceFirst("%.*", "")) != null;
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
