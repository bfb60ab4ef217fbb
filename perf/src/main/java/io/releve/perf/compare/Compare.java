package io.releve.perf.compare;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Rates, CPU time an operation and latencies of Relève and of a real redis-server on this machine. */
public final class Compare {
    private static final double RUN_SECONDS = 2;
    private static final double LATENCY_SECONDS = 8;
    private static final double QUICK_SECONDS = 0.7;
    private static final double QUICK_LATENCY_SECONDS = 2;
    private static final String CHART = "performance.svg";

    private final Options options;
    private final Map<Product, Server> servers = new EnumMap<>(Product.class);

    private Compare(Options options) {
        this.options = options;
    }

    /** See {@code perf/compare --help}. */
    public static void main(String[] arguments) throws IOException {
        new Compare(Options.ofCommandLine(arguments)).run();
    }

    private void run() throws IOException {
        options.prime();
        try (Server releve = options.server(Product.RELEVE); Server redis = options.server(Product.REDIS)) {
            for (Server server : new Server[] {releve, redis}) {
                server.start();
                servers.put(server.product(), server);
            }
            if (options.measures("rates")) {
                rates();
            }
            if (options.measures("collections")) {
                collections();
            }
            if (options.measures("latency")) {
                latency();
            }
        }
    }

    private void rates() throws IOException {
        RateReport report = new RateReport(machine(), measure("rates", Workload.strings()));
        report("rates", report.markdown());
        if (options.output() != null) {
            Files.writeString(options.output().resolveSibling(CHART), report.svg());
        }
    }

    private void collections() throws IOException {
        for (Server server : servers.values()) {
            progress("loading collections into " + server.product().title());
            Workload.load(server);
        }
        List<Workload> all = new ArrayList<>(Workload.collections());
        all.addAll(Workload.large());
        report("collections", new RateReport(machine(), measure("collections", all)).collections());
    }

    private List<Throughput.Result> measure(String part, List<Workload> workloads) throws IOException {
        Throughput throughput = new Throughput(servers, workloads, options.quick() ? QUICK_SECONDS : RUN_SECONDS);
        progress("warming up");
        throughput.warmUp();
        for (int i = 0; i < options.rounds(); i++) {
            progress(part + ", round " + (i + 1) + " of " + options.rounds());
            throughput.round(i);
        }
        return throughput.results();
    }

    private void latency() throws IOException {
        Latency latency = new Latency(servers, options.quick() ? QUICK_LATENCY_SECONDS : LATENCY_SECONDS);
        progress("looking for the rate that Redis sustains");
        latency.prepare();
        for (int i = 0; i < options.rounds(); i++) {
            progress("latencies, round " + (i + 1) + " of " + options.rounds());
            latency.round(i);
        }
        report("latency", new LatencyReport(machine(), latency).markdown());
    }

    private String machine() throws IOException {
        try (Client releve = servers.get(Product.RELEVE).connect();
                Client redis = servers.get(Product.REDIS).connect()) {
            return Machine.describe(releve.info(), redis.info());
        }
    }

    private void report(String section, String text) throws IOException {
        System.out.write(text.getBytes(StandardCharsets.UTF_8));
        System.out.flush();
        if (options.output() != null) {
            new Document(options.output()).replace(section, text);
        }
    }

    private static void progress(String what) {
        System.err.println("compare: " + what);
    }
}
