package io.releve.lab;

import io.releve.cli.Connection;
import io.releve.cli.Reply;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Where a server or sentinel listens. Each question takes a connection of its own, so that none hangs on a lost machine. */
public record Endpoint(String host, int port) {
    /** Long enough on a machine that is busy starting processes; a stopped process is given up after it. */
    private static final int TIMEOUT_MS = 1_000;

    static Endpoint parse(String text) {
        int colon = text.lastIndexOf(':');
        return new Endpoint(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
    }

    Connection connect(int timeoutMs) throws IOException {
        return Connection.open(new InetSocketAddress(host, port), Math.min(timeoutMs, TIMEOUT_MS), timeoutMs);
    }

    /** @throws IOException also for an error reply */
    public Reply ask(String... words) throws IOException {
        return ask(TIMEOUT_MS, words);
    }

    Reply ask(int timeoutMs, String... words) throws IOException {
        try (Connection connection = connect(timeoutMs)) {
            Reply reply = connection.call(words);
            if (reply instanceof Reply.Failure failure) {
                throw new IOException(failure.message());
            }
            return reply;
        }
    }

    /** Fields of a section of INFO. */
    public Map<String, String> info(String section) throws IOException {
        Map<String, String> fields = new HashMap<>();
        for (String line : Reply.text(ask("INFO", section)).split("\r\n")) {
            String[] pair = line.split(":", 2);
            if (pair.length == 2) {
                fields.put(pair[0], pair[1]);
            }
        }
        return fields;
    }

    /** What a sentinel says of a master: SENTINEL MASTER. */
    Map<String, String> monitored(String master) throws IOException {
        List<String> flat = texts(ask("SENTINEL", "MASTER", master));
        Map<String, String> fields = new HashMap<>();
        for (int i = 0; i + 1 < flat.size(); i += 2) {
            fields.put(flat.get(i), flat.get(i + 1));
        }
        return fields;
    }

    /** Whom a sentinel names; null when it knows no such master. */
    public Endpoint leader(String master) throws IOException {
        return ask("SENTINEL", "GET-MASTER-ADDR-BY-NAME", master) instanceof Reply.Several several
                ? new Endpoint(Reply.text(several.items().get(0)), Integer.parseInt(Reply.text(several.items().get(1)))) : null;
    }

    static List<String> texts(Reply reply) {
        List<String> texts = new ArrayList<>();
        if (reply instanceof Reply.Several several) {
            several.items().forEach(item -> texts.add(Reply.text(item)));
        }
        return texts;
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
