package io.releve.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** {@code --scan}: all keys, or those of a pattern or a type, one a line. */
final class Scan {
    private final Client client;
    private final Options options;
    private final PrintStream out;

    Scan(Client client, Options options, PrintStream out) {
        this.client = client;
        this.options = options;
        this.out = out;
    }

    int run() throws IOException {
        String cursor = "0";
        do {
            List<String> command = new ArrayList<>(List.of("SCAN", cursor));
            if (options.pattern != null) {
                command.addAll(List.of("MATCH", options.pattern));
            }
            command.addAll(List.of("COUNT", Integer.toString(options.count)));
            if (options.type != null) {
                command.addAll(List.of("TYPE", options.type));
            }
            Reply reply = client.connection().call(command.toArray(String[]::new));
            if (reply instanceof Reply.Failure failure) {
                System.err.println("ERROR: " + failure.message());
                return 1;
            }
            if (!(reply instanceof Reply.Several both) || both.items().size() != 2
                    || !(both.items().get(1) instanceof Reply.Several keys)) {
                System.err.println("Non ARRAY response from SCAN!");
                return 1;
            }
            cursor = Reply.text(both.items().get(0));
            for (Reply key : keys.items()) {
                byte[] line = (options.format == Format.TERMINAL ? Format.TERMINAL : Format.RAW).format(key);
                out.write(line, 0, line.length);
            }
        } while (!"0".equals(cursor));
        out.flush();
        return 0;
    }
}
