package io.releve.perf.compare;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * How long the process as a whole stands still under load, as its own meter in INFO tells it: two million keys, an append-only file,
 * redis-benchmark at full speed for a minute, a BGSAVE each quarter of a minute.
 */
public final class Pauses {
    private static final int KEYS = 2_000_000;
    private static final int QUICK_SCALE = 20;
    private static final int VALUE = 64;
    private static final String PREFIX = "key:";
    private static final int SECONDS = 60;
    private static final int QUICK_SECONDS = 6;
    private static final int WARM_UP_SECONDS = 8;
    private static final int BATCH = 200_000;

    private final Options options;

    private Pauses(Options options) {
        this.options = options;
    }

    /** See {@code perf/run pauses --help}. */
    public static void main(String[] arguments) throws IOException {
        new Pauses(Options.ofCommandLine(arguments)).run();
    }

    private void run() throws IOException {
        options.prime();
        int keys = options.quick() ? KEYS / QUICK_SCALE : KEYS;
        int seconds = options.quick() ? QUICK_SECONDS : SECONDS;
        String text;
        try (Server server = options.server(Product.RELEVE, List.of("--appendonly", "yes", "--appendfsync", "everysec"))) {
            System.err.println("pauses: filling");
            server.start();
            try (Loader loader = new Loader(server.port(), VALUE)) {
                loader.load(PREFIX, 0, keys);
            }
            load(server, keys, options.quick() ? 1 : WARM_UP_SECONDS);
            try (Client client = server.connect()) {
                client.call("CONFIG", "RESETSTAT");
                System.err.println("pauses: " + seconds + " s of load");
                double before = server.figures().cpuMicros();
                double rate;
                int saves;
                Histogram idle;
                try (Saves beside = new Saves(server, seconds / 4); Idle control = new Idle()) {
                    rate = load(server, keys, seconds);
                    beside.close();
                    control.close();
                    saves = beside.count;
                    idle = control.histogram;
                }
                double cpu = (server.figures().cpuMicros() - before) / 1e6 / seconds;
                text = report(client.info(), idle, keys, seconds, rate, saves, cpu);
            }
        }
        System.out.write(text.getBytes(StandardCharsets.UTF_8));
        System.out.flush();
        if (options.output() != null) {
            new Document(options.output()).replace("pauses", text);
        }
    }

    /** SET and GET in turn, until the time is over; @return operations a second, on average of the runs */
    private static double load(Server server, int keys, int seconds) throws IOException {
        long begin = System.nanoTime();
        double sum = 0;
        int runs = 0;
        while (System.nanoTime() - begin < TimeUnit.SECONDS.toNanos(seconds)) {
            String[] request = runs % 2 == 0 ? new String[] {"SET", PREFIX + "__rand_int__", "v".repeat(VALUE)}
                    : new String[] {"GET", PREFIX + "__rand_int__"};
            List<String> command = new java.util.ArrayList<>(List.of("redis-benchmark", "-h", "127.0.0.1", "-p",
                    Integer.toString(server.port()), "-c", "50", "-r", Integer.toString(keys), "-n", Integer.toString(BATCH), "--csv"));
            command.addAll(List.of(request));
            sum += Run.send(command);
            runs++;
        }
        return sum / runs;
    }

    /** A BGSAVE now and then. */
    private static final class Saves extends Beside {
        private final Server server;
        private final int every;
        private int count;

        Saves(Server server, int every) {
            super("bgsave");
            this.server = server;
            this.every = every;
            begin();
        }

        @Override
        void run() throws IOException {
            try (Client client = server.connect()) {
                while (!stopping()) {
                    client.call("BGSAVE");
                    count++;
                    long next = System.nanoTime() + TimeUnit.SECONDS.toNanos(every);
                    while (!stopping() && (System.nanoTime() < next
                            || client.info("persistence").get("rdb_bgsave_in_progress").equals("1"))) {
                        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
                    }
                }
            }
        }
    }

    /** Measures as the server's meter does, in this process, which does nothing else: what remains is the machine's. */
    private static final class Idle extends Beside {
        private static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

        private final Histogram histogram = new Histogram(TimeUnit.MINUTES.toMicros(10), 2);

        Idle() {
            super("idle");
            begin();
        }

        @Override
        void run() {
            long slept = System.nanoTime();
            while (!stopping()) {
                LockSupport.parkNanos(PERIOD_NANOS);
                long now = System.nanoTime();
                histogram.recordValueWithExpectedInterval(Math.max(0, now - slept - PERIOD_NANOS) / 1_000, PERIOD_NANOS / 1_000);
                slept = now;
            }
        }
    }

    private static String row(String who, long... micros) {
        StringBuilder row = new StringBuilder("| " + who + " |");
        for (long each : micros) {
            row.append(String.format(Locale.ROOT, " %.1f ms |", each / 1e3));
        }
        return row.toString();
    }

    private static String report(Map<String, String> info, Histogram idle, int keys, int seconds, double rate, int saves, double cpu) throws IOException {
        String[] parts = info.get("pause_usec").split("[=,]");
        String server = row("the server", Long.parseLong(parts[1]), Long.parseLong(parts[3]), Long.parseLong(parts[5]), Long.parseLong(parts[7]),
                Long.parseLong(parts[9]));
        String control = row("a process that does nothing else", idle.getValueAtPercentile(50), idle.getValueAtPercentile(99),
                idle.getValueAtPercentile(99.9), idle.getValueAtPercentile(99.99), idle.getMaxValue());
        return String.format(Locale.ROOT, """
                ## Pauses under load

                %s

                %,d keys of 16 bytes with values of %d bytes, `appendonly yes`, `appendfsync everysec`; redis-benchmark, SET and GET in turn,
                50 connections, as fast as they get answers (%,.0f a second) for %d s, %d BGSAVEs meanwhile. The process kept %.2f
                processors busy. How late a thread woke that does nothing but look, a hundred times a second (the server's: `pause_usec` of INFO stats):

                | | p50 | p99 | p99.9 | p99.99 | largest |
                |---|---|---|---|---|---|
                %s
                %s

                The collector says that it stopped the program %s times, %s ms together (`gc_pauses`, `gc_pause_msec`).

                To repeat: `perf/run pauses --write`.
                """, Machine.describe(info, info).replaceFirst("; Redis [^;]*$", "."), keys, VALUE, rate, seconds, saves, cpu, server, control,
                info.get("gc_pauses"), info.get("gc_pause_msec"));
    }
}
