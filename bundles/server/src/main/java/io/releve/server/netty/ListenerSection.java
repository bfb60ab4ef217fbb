package io.releve.server.netty;

import io.releve.config.Settings;
import io.releve.info.InfoSection;
import java.util.List;

/** What INFO server tells of the sockets, behind what the engine says; numbers of listeners as in Redis. */
record ListenerSection(Settings settings, String transport) implements InfoSection {
    private static final int ORDER = 11;

    @Override
    public String name() {
        return "server";
    }

    @Override
    public int order() {
        return ORDER;
    }

    @Override
    public void write(Lines lines) {
        lines.add("multiplexing_api", transport);
        List<String> addresses = settings.get(ServerDirectives.BIND);
        listener(lines, 0, "tcp", addresses, settings.get(ServerDirectives.PORT));
        String path = settings.get(ServerDirectives.UNIXSOCKET);
        if (!path.isEmpty()) {
            lines.add("listener1", "name=unix,bind=" + path);
        }
        listener(lines, 2, "tls", addresses, settings.get(ServerDirectives.TLS_PORT));
    }

    private static void listener(Lines lines, int number, String name, List<String> addresses, long port) {
        if (port != 0) {
            lines.add("listener" + number, "name=" + name + ",bind=" + String.join(",bind=", addresses) + ",port=" + port);
        }
    }
}
