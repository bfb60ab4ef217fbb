package io.releve.server.netty;

import io.netty.channel.Channel;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The sockets that listen on one TCP port, one for each address of {@code bind}. Not for several threads. */
final class TcpSockets {
    /** Opens a socket. */
    interface Opener {
        Channel open(InetSocketAddress address) throws IOException;
    }

    private final Opener opener;
    private final boolean bothFamilies;
    private Map<InetSocketAddress, Channel> open = Map.of();

    /** @param bothFamilies whether a socket for all addresses is one of IPv4 and IPv6: Java's are, and two of them cannot be */
    TcpSockets(Opener opener, boolean bothFamilies) {
        this.opener = opener;
        this.bothFamilies = bothFamilies;
    }

    /**
     * Listens on these addresses and no others. New ones are opened before old ones are given up; what stays the same stays open.
     *
     * @param words as in {@code bind}; one behind a dash may be missing
     * @param port 0 for none
     * @throws IOException in one sentence, when an address cannot be bound; nothing has changed then
     */
    void bind(List<String> words, int port) throws IOException {
        Map<InetSocketAddress, Channel> wanted = new LinkedHashMap<>();
        List<Channel> opened = new ArrayList<>();
        for (String word : port == 0 ? List.<String>of() : words) {
            boolean optional = word.startsWith("-");
            String host = optional ? word.substring(1) : word;
            try {
                InetSocketAddress address = new InetSocketAddress(host.equals("*")
                        ? InetAddress.getByName("0.0.0.0")
                        : InetAddress.getByName(host.equals("::*") ? "::" : host), port);
                if (bothFamilies && isForAll(address) && wanted.keySet().stream().anyMatch(TcpSockets::isForAll)) {
                    continue;
                }
                Channel socket = open.get(address);
                if (socket == null) {
                    socket = opener.open(address);
                    opened.add(socket);
                }
                wanted.put(address, socket);
            } catch (IOException e) {
                if (!optional || e instanceof BindException && isInUse(e)) {
                    opened.forEach(Channel::close);
                    throw new IOException("Cannot listen on " + host + " port " + port + ": "
                            + (e instanceof UnknownHostException ? "no such address" : e.getMessage())
                            + "; choose another with the directives bind and port", e);
                }
            }
        }
        open.values().stream().filter(socket -> !wanted.containsValue(socket)).forEach(Channel::close);
        open = wanted;
    }

    private static boolean isForAll(InetSocketAddress address) {
        return address.getAddress().isAnyLocalAddress();
    }

    private static boolean isInUse(IOException e) {
        return String.valueOf(e.getMessage()).contains("in use");
    }

    /** Where it listens, as {@link NettyServer#text} shows an address. */
    List<String> addresses() {
        return open.keySet().stream().map(NettyServer::text).toList();
    }

    Map<InetSocketAddress, Channel> open() {
        return open;
    }

    /** One that listens already; the next {@link #bind} keeps it, or closes it when it is not wanted. */
    void adopt(InetSocketAddress address, Channel socket) {
        Map<InetSocketAddress, Channel> more = new LinkedHashMap<>(open);
        more.put(address, socket);
        open = more;
    }

    /** Forgets all; these, which are somebody else's, stay open. */
    void closeExcept(List<Channel> others) {
        open.values().stream().filter(socket -> !others.contains(socket)).forEach(socket -> socket.close().syncUninterruptibly());
        open = Map.of();
    }

    void close() {
        open.values().forEach(socket -> socket.close().syncUninterruptibly());
        open = Map.of();
    }
}
