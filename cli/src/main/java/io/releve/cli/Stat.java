package io.releve.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** {@code --stat}: a line of figures from INFO every second, or as {@code -i} and {@code -r} say. */
final class Stat {
    private static final int LINES_A_HEADING = 20;

    private final Client client;
    private final Options options;
    private final PrintStream out;

    Stat(Client client, Options options, PrintStream out) {
        this.client = client;
        this.options = options;
        this.out = out;
    }

    int run() throws IOException, InterruptedException {
        long before = -1;
        long rounds = options.repeat == 1 ? Long.MAX_VALUE : options.repeat;
        for (long line = 0; line < rounds; line++) {
            if (line % LINES_A_HEADING == 0) {
                out.println("------- data ------ --------------------- load -------------------- - child -");
                out.println("keys       mem      clients blocked requests            connections          ");
            }
            Map<String, String> info = info();
            long requests = Long.parseLong(info.getOrDefault("total_commands_processed", "0"));
            String more = before < 0 ? "" : " (+" + (requests - before) + ")";
            before = requests;
            out.println(String.format(Locale.ROOT, "%-11s%-9s%-8s%-8s%-20s%s", keys(info),
                    info.getOrDefault("used_memory_human", "?"), info.getOrDefault("connected_clients", "?"),
                    info.getOrDefault("blocked_clients", "?"), requests + more,
                    info.getOrDefault("total_connections_received", "?")));
            out.flush();
            Thread.sleep((long) ((options.interval > 0 ? options.interval : 1) * 1000));
        }
        return 0;
    }

    private static long keys(Map<String, String> info) {
        long keys = 0;
        for (Map.Entry<String, String> entry : info.entrySet()) {
            if (entry.getKey().matches("db[0-9]+") && entry.getValue().startsWith("keys=")) {
                keys += Long.parseLong(entry.getValue().substring(5).split(",")[0]);
            }
        }
        return keys;
    }

    private Map<String, String> info() throws IOException {
        Reply reply = client.connection().call("INFO");
        if (reply instanceof Reply.Failure failure) {
            throw new IOException(failure.message());
        }
        byte[] text = reply instanceof Reply.Verbatim verbatim ? verbatim.bytes()
                : reply instanceof Reply.Bulk bulk ? bulk.bytes() : new byte[0];
        Map<String, String> info = new HashMap<>();
        for (String line : new String(text, java.nio.charset.StandardCharsets.UTF_8).split("\r?\n")) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                info.put(line.substring(0, colon), line.substring(colon + 1));
            }
        }
        return info;
    }
}
