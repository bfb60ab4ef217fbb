package io.releve.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.util.Locale;

/** {@code --latency}: round trips of PING, a hundred a second, until interrupted; at a pipe for one second. */
final class Latency {
    private final Client client;
    private final Options options;
    private final PrintStream out;
    private final boolean isTerminal;

    Latency(Client client, Options options, PrintStream out, boolean isTerminal) {
        this.client = client;
        this.options = options;
        this.out = out;
        this.isTerminal = isTerminal;
    }

    int run() throws IOException, InterruptedException {
        double lowest = Double.MAX_VALUE;
        double highest = 0;
        double sum = 0;
        long samples = 0;
        double seconds = options.interval > 0 ? options.interval : 1;
        long end = System.nanoTime() + (long) (seconds * 1e9);
        while (isTerminal || System.nanoTime() < end) {
            long start = System.nanoTime();
            if (client.connection().call("PING") instanceof Reply.Failure failure) {
                System.err.println("Error: " + failure.message());
                return 1;
            }
            double millis = (System.nanoTime() - start) / 1e6;
            samples++;
            sum += millis;
            lowest = Math.min(lowest, millis);
            highest = Math.max(highest, millis);
            if (isTerminal) {
                out.print(String.format(Locale.ROOT, "\r\033[Kmin: %.2f, max: %.2f, avg: %.2f (%d samples)", lowest,
                        highest, sum / samples, samples));
                out.flush();
            }
            Thread.sleep(10);
        }
        if (options.format == Format.CSV) {
            out.println(String.format(Locale.ROOT, "%.2f,%.2f,%.2f,%d", lowest, highest, sum / samples, samples));
        } else {
            out.println(String.format(Locale.ROOT, "%.2f %.2f %.2f %d", lowest, highest, sum / samples, samples));
        }
        out.flush();
        return 0;
    }
}
