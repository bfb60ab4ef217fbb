package io.releve.perf.compare;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Rates and CPU time of SET with an append-only file, by policy. */
final class FsyncCost {
    private static final List<String> POLICIES = List.of("always", "everysec", "no");
    private static final double RUN_SECONDS = 3;
    private static final double QUICK_SECONDS = 0.7;

    private final Options options;

    FsyncCost(Options options) {
        this.options = options;
    }

    String measure() throws IOException {
        StringBuilder rows = new StringBuilder();
        String machine = "";
        for (String policy : POLICIES) {
            List<String> more = List.of("--appendonly", "yes", "--appendfsync", policy, "--auto-aof-rewrite-percentage",
                    "0");
            try (Server releve = options.server(Product.RELEVE, more); Server redis = options.server(Product.REDIS, more)) {
                Map<Product, Server> servers = new EnumMap<>(Product.class);
                for (Server server : List.of(releve, redis)) {
                    server.start();
                    servers.put(server.product(), server);
                }
                machine = PersistenceCost.machine(releve, redis);
                for (Throughput.Result result : rounds(policy, servers)) {
                    rows.append(row(policy, result));
                }
            }
        }
        return String.format(Locale.ROOT, """
                ## Append-only file

                %s

                redis-benchmark, SET, 50 connections, 100,000 random keys, values of 3 bytes, `appendonly yes`, no
                rewriting. Medians of %d rounds (smallest..largest). CPU is the server process', all threads.

                | appendfsync | rate, Relève / Redis | 1/s, Relève | 1/s, Redis | CPU a SET, Relève / Redis | µs, Relève | µs, Redis |
                |---|---|---|---|---|---|---|
                """, machine, options.rounds()) + rows;
    }

    private List<Throughput.Result> rounds(String policy, Map<Product, Server> servers) throws IOException {
        List<Workload> sets = new ArrayList<>(Workload.strings().stream().filter(w -> w.title().equals("SET")).toList());
        Throughput throughput = new Throughput(servers, sets, options.quick() ? QUICK_SECONDS : RUN_SECONDS);
        throughput.warmUp();
        for (int i = 0; i < options.rounds(); i++) {
            PersistenceCost.progress("appendfsync " + policy + ", round " + (i + 1) + " of " + options.rounds());
            throughput.round(i);
        }
        return throughput.results();
    }

    private static String row(String policy, Throughput.Result result) {
        return String.format(Locale.ROOT, "| %s, `-P %d` | %s | %,.0f | %,.0f | %s | %.2f | %.2f |%n", policy,
                result.workload().pipeline(), result.rateRatio().ratio(), result.rate(Product.RELEVE),
                result.rate(Product.REDIS), result.cpuRatio().ratio(), result.cpu(Product.RELEVE),
                result.cpu(Product.REDIS));
    }
}
