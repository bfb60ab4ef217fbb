package io.releve.perf.compare;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** What a replica costs: a pair of Relève servers beside a pair of real redis-servers on this machine. */
public final class ReplicationCost {
    private static final int KEYS = 5_000_000;
    private static final int QUICK_SCALE = 20;
    private static final int VALUE = 64;
    private static final String PREFIX = "key:";
    private static final int MOST_ROUNDS = 3;
    private static final double LOAD = 0.5;
    private static final double TRIAL_SECONDS = 2;
    private static final double WARM_UP_RATE = 10_000;
    private static final int CONFIRMED = 2000;
    private static final long IDLE_TIMEOUT = 60_000_000_000L;
    private static final long IDLE_LOOK_NANOS = 1_000_000_000;
    /** Share of a processor below which a pair of servers is idle. */
    private static final double IDLE = 0.05;
    private static final long SYNC_TIMEOUT = TimeUnit.MINUTES.toNanos(3);
    private static final List<String> MORE = List.of("--repl-diskless-sync-delay", "0", "--repl-backlog-size", "64mb");

    private final Options options;
    private final FigureTable table = new FigureTable();

    private ReplicationCost(Options options) {
        this.options = options;
    }

    /** A master and its replica. */
    private record Pair(Server master, Server replica) implements AutoCloseable {
        void follow() throws IOException {
            try (Client client = replica.connect()) {
                client.call("REPLICAOF", "127.0.0.1", Integer.toString(master.port()));
            }
        }

        void leave() throws IOException {
            try (Client client = replica.connect()) {
                client.call("REPLICAOF", "NO", "ONE");
                // so that the next synchronisation is a full one
                client.call("FLUSHALL");
                client.call("SET", "another", "history");
            }
            awaitIdle();
        }

        /** Waits until neither works any more, on what was before, or until that has taken long. */
        void awaitIdle() throws IOException {
            long end = System.nanoTime() + IDLE_TIMEOUT;
            double before = cpuMicros();
            double used = Double.MAX_VALUE;
            while (used > IDLE_LOOK_NANOS / 1e3 * IDLE && System.nanoTime() < end) {
                LockSupport.parkNanos(IDLE_LOOK_NANOS);
                double now = cpuMicros();
                used = now - before;
                before = now;
            }
        }

        /** Waits until the replica has what the master has. */
        void awaitReplica() throws IOException {
            try (Client client = master.connect()) {
                client.call("SET", "last", "one");
                if (!client.call("WAIT", "1", "60000").equals("1")) {
                    throw new IOException("the replica does not catch up");
                }
            }
        }

        /** Waits until the replica has all data. */
        void awaitLink() throws IOException {
            long end = System.nanoTime() + SYNC_TIMEOUT;
            try (Client client = replica.connect()) {
                while (!client.call("INFO", "replication").contains("master_link_status:up")) {
                    if (System.nanoTime() > end) {
                        throw new IOException("no synchronisation in time");
                    }
                    LockSupport.parkNanos(5_000_000);
                }
            }
        }

        double cpuMicros() throws IOException {
            return master.figures().cpuMicros() + (double) replica.figures().cpuMicros();
        }

        @Override
        public void close() throws IOException {
            replica.close();
            master.close();
        }
    }

    /** See {@code perf/run replication --help}; {@code --only sync} leaves out the rates. */
    public static void main(String[] arguments) throws IOException {
        new ReplicationCost(Options.ofCommandLine(arguments)).run();
    }

    private Pair pair(Product product) throws IOException {
        Pair pair = new Pair(options.server(product, MORE), options.server(product, MORE));
        pair.master().start();
        pair.replica().start();
        return pair;
    }

    private void run() throws IOException {
        options.prime();
        String machine;
        double rate;
        int keys = KEYS / (options.quick() ? QUICK_SCALE : 1);
        Map<Product, Pair> pairs = new EnumMap<>(Product.class);
        try {
            for (Product product : Product.values()) {
                pairs.put(product, pair(product));
            }
            machine = PersistenceCost.machine(pairs.get(Product.RELEVE).master(), pairs.get(Product.REDIS).master());
            for (Pair pair : pairs.values()) {
                pair.follow();
                pair.awaitLink();
            }
            if (options.measures("rates")) {
                rates(pairs);
            }
            for (Pair pair : pairs.values()) {
                pair.leave();
                try (Loader loader = new Loader(pair.master().port(), VALUE)) {
                    loader.load(PREFIX, 0, keys);
                }
            }
            rate = synchronisations(pairs, keys);
        } finally {
            for (Pair pair : pairs.values()) {
                pair.close();
            }
        }
        String text = String.format(Locale.ROOT, """
                ## A master with a replica

                %s

                Both servers of a pair and the load share the cores of this machine. SET with redis-benchmark, 50 connections;
                CPU of master and replica together. Confirmed: SET, then WAIT 1, one after the other. Full synchronisation: %,d keys
                of 16 bytes with values of %d bytes, from REPLICAOF to the link being up, without load; then with SETs at a quarter of the rate
                that Redis sustains (%,.0f a second). At the same rate, the lag: from the master's answer to a SET until a GET to the replica
                shows it, one each 5 ms; and by how much Pss of the master (and its child) grows while a replica synchronises.
                Medians (smallest..largest).

                """, machine, keys, VALUE, rate) + table.markdown() + "\nTo repeat: `perf/run replication --write`.\n";
        System.out.write(text.getBytes(StandardCharsets.UTF_8));
        System.out.flush();
        if (options.output() != null) {
            new Document(options.output()).replace("replication", text);
        }
    }

    private int rounds() {
        return Math.min(MOST_ROUNDS, options.rounds());
    }

    private void rates(Map<Product, Pair> pairs) throws IOException {
        List<Workload> sets = Workload.strings().stream().filter(workload -> workload.title().equals("SET")).toList();
        for (Workload workload : sets) {
            String name = "SET -P " + workload.pipeline();
            long count = (workload.pipeline() > 1 ? 2_000_000 : 300_000) / (options.quick() ? QUICK_SCALE : 1);
            for (int i = -1; i < rounds(); i++) {
                for (Product product : Product.order(i + 1)) {
                    Pair pair = pairs.get(product);
                    double before = pair.cpuMicros();
                    Run run = Run.of(workload, pair.master(), count);
                    pair.awaitReplica();
                    if (i >= 0) {
                        table.note(name + ": 1/s", product, run.rate());
                        table.note(name + ": CPU of the master, µs each", product, run.cpu());
                        table.note(name + ": CPU of both, µs each", product, (pair.cpuMicros() - before) / count);
                    }
                }
            }
        }
        for (int i = -1; i < rounds(); i++) {
            for (Product product : Product.order(i + 1)) {
                double micros = confirmed(pairs.get(product));
                if (i >= 0) {
                    table.note("SET and WAIT 1, µs", product, micros);
                }
            }
        }
    }

    private static double confirmed(Pair pair) throws IOException {
        try (Client client = pair.master().connect()) {
            long begin = System.nanoTime();
            for (int i = 0; i < CONFIRMED; i++) {
                client.call("SET", PREFIX + i, "value");
                client.call("WAIT", "1", "1000");
            }
            return (System.nanoTime() - begin) / 1e3 / CONFIRMED;
        }
    }

    /** @return SETs a second */
    private double synchronisations(Map<Product, Pair> pairs, int keys) throws IOException {
        Traffic traffic = Traffic.sets(PREFIX, keys, VALUE);
        Server redis = pairs.get(Product.REDIS).master();
        for (Pair pair : pairs.values()) {
            load(pair.master(), traffic, WARM_UP_RATE, TRIAL_SECONDS);
        }
        double rate = LOAD * LOAD * Sustainable.rate(trial -> load(redis, traffic, trial, TRIAL_SECONDS));
        double seconds = options.quick() ? 3 : 15;
        for (int i = 0; i < rounds(); i++) {
            for (Product product : Product.order(i)) {
                Pair pair = pairs.get(product);
                quiet(product, pair);
                Latencies without = load(pair.master(), traffic, rate, seconds);
                table.note("without a synchronisation: p99.9, µs", product, without.p999());
                pair.follow();
                Latencies with = load(pair.master(), traffic, rate, seconds);
                table.note("while a replica synchronises: p99.9, µs", product, with.p999());
                pair.awaitLink();
                lag(product, pair, traffic, rate, seconds);
                pair.leave();
                memory(product, pair, traffic, rate, seconds);
                pair.leave();
            }
        }
        return rate;
    }

    private void lag(Product product, Pair pair, Traffic traffic, double rate, double seconds) throws IOException {
        pair.awaitReplica();
        try (ReplicationLag lag = new ReplicationLag(pair.master(), pair.replica())) {
            load(pair.master(), traffic, rate, seconds);
            lag.close();
            table.note("lag of the replica: p50, ms", product, lag.percentile(50));
            table.note("lag of the replica: p99, ms", product, lag.percentile(99));
            table.note("lag of the replica: largest, ms", product, lag.percentile(100));
        }
    }

    /** In a round of its own: to look at the memory takes time. */
    private void memory(Product product, Pair pair, Traffic traffic, double rate, double seconds) throws IOException {
        try (PeakMemory memory = new PeakMemory(pair.master())) {
            pair.follow();
            load(pair.master(), traffic, rate, seconds);
            pair.awaitLink();
            memory.close();
            table.note("while a replica synchronises: the master's Pss grows by, MiB", product, memory.mebibytes());
        }
    }

    private void quiet(Product product, Pair pair) throws IOException {
        double before = pair.cpuMicros();
        long begin = System.nanoTime();
        pair.follow();
        pair.awaitLink();
        table.note("full synchronisation, s", product, (System.nanoTime() - begin) / 1e9);
        table.note("full synchronisation: CPU of both, s", product, (pair.cpuMicros() - before) / 1e6);
        pair.leave();
    }

    private static Latencies load(Server server, Traffic traffic, double rate, double seconds) throws IOException {
        try (OpenLoop generator = new OpenLoop(server.port(), traffic)) {
            return generator.run(rate, seconds);
        }
    }
}
