package io.releve.perf.compare;

import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What clients feel while BGSAVE runs, and the memory that it takes. */
final class SaveCost {
    private static final int KEYS = 5_000_000;
    private static final int FIELDS = 2_000_000;
    private static final int QUICK_SCALE = 20;
    private static final int VALUE = 64;
    private static final String PREFIX = "key:";
    private static final String HASH = "hash";
    private static final double LOAD = 0.5;
    private static final double TRIAL_SECONDS = 2;
    private static final double WARM_UP_RATE = 10_000;
    private static final int MOST_ROUNDS = 3;

    private final Options options;
    private final FigureTable table = new FigureTable();
    private final Map<Product, Server> servers = new EnumMap<>(Product.class);
    private String machine = "";

    SaveCost(Options options) {
        this.options = options;
    }

    /** Fills a server. */
    @FunctionalInterface
    private interface Filling {
        void fill(Server server) throws IOException;
    }

    String measure() throws IOException {
        int scale = options.quick() ? QUICK_SCALE : 1;
        int keys = KEYS / scale;
        int fields = FIELDS / scale;
        double keyRate = measure("keys", Traffic.sets(PREFIX, keys, VALUE), server -> {
            try (Loader loader = new Loader(server.port(), VALUE)) {
                loader.load(PREFIX, 0, keys);
            }
        });
        double fieldRate = measure("a hash", Traffic.fields(HASH, fields), server -> {
            try (Client client = server.connect()) {
                new CollectionLoader(client).hash(HASH, fields);
            }
        });
        return String.format(Locale.ROOT, """
                ## BGSAVE under writes

                %s

                %,d keys of 16 bytes with values of %d bytes, %,.0f SET a second; then one hash of %,d fields, %,.0f HSET a
                second: half of what Redis sustains each. Requests by a schedule; a latency counts from the moment the
                request was due. "With BGSAVE": one after the other for the whole run of %.0f s. Memory is what Pss (of
                the child process as well) grew by at most during one BGSAVE. Medians of %d rounds (smallest..largest).

                """, machine, keys, VALUE, keyRate, fields, fieldRate, seconds(), rounds()) + table.markdown();
    }

    private double seconds() {
        return options.quick() ? 3 : 15;
    }

    private int rounds() {
        return Math.min(MOST_ROUNDS, options.rounds());
    }

    /** @return requests a second */
    private double measure(String what, Traffic traffic, Filling filling) throws IOException {
        try (Server releve = options.server(Product.RELEVE, List.of()); Server redis = options.server(Product.REDIS,
                List.of())) {
            for (Server server : List.of(releve, redis)) {
                PersistenceCost.progress("filling " + server.product().title() + " with " + what);
                server.start();
                filling.fill(server);
                servers.put(server.product(), server);
                for (int i = 0; i < 3; i++) {
                    run(server, traffic, WARM_UP_RATE, TRIAL_SECONDS);
                }
            }
            machine = PersistenceCost.machine(releve, redis);
            double rate = LOAD * Sustainable.rate(trial -> run(redis, traffic, trial, TRIAL_SECONDS));
            run(releve, traffic, rate, TRIAL_SECONDS);
            for (int i = 0; i < rounds(); i++) {
                for (Product product : Product.order(i)) {
                    PersistenceCost.progress(what + ", " + product.title() + ", round " + (i + 1) + " of " + rounds());
                    round(what, servers.get(product), traffic, rate);
                }
            }
            for (Server server : servers.values()) {
                memory(what, server, traffic, rate);
            }
            return rate;
        }
    }

    private static Latencies run(Server server, Traffic traffic, double rate, double seconds) throws IOException {
        try (OpenLoop generator = new OpenLoop(server.port(), traffic)) {
            return generator.run(rate, seconds);
        }
    }

    private void round(String what, Server server, Traffic traffic, double rate) throws IOException {
        Product product = server.product();
        Latencies without = run(server, traffic, rate, seconds());
        note(what + ", without BGSAVE", product, without);
        try (BackgroundSaves saves = new BackgroundSaves(server, false)) {
            note(what + ", with BGSAVE", product, run(server, traffic, rate, seconds()));
            saves.close();
            table.note(what + ": a BGSAVE takes, s", product, saves.seconds());
        }
    }

    private void note(String what, Product product, Latencies latencies) {
        table.note(what + ": p99.9, µs", product, latencies.p999());
        table.note(what + ": largest, µs", product, latencies.max());
    }

    private void memory(String what, Server server, Traffic traffic, double rate) throws IOException {
        PersistenceCost.progress(what + ", memory of " + server.product().title());
        try (BackgroundSaves saves = new BackgroundSaves(server, true)) {
            run(server, traffic, rate, seconds());
            saves.close();
            table.note(what + ": Pss grows by, MiB", server.product(), saves.grown() / (double) (1 << 20));
            table.note(what + ": copy on write by INFO, MiB", server.product(), saves.copied() / (double) (1 << 20));
        }
    }
}
