package io.releve.perf.compare;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Rates and CPU time an operation of both servers, in rounds. */
final class Throughput {
    private static final long FIRST_REQUESTS = 20_000;
    private static final double WARM_UP_SECONDS = 1.5;

    private final Map<Product, Server> servers;
    private final List<Workload> workloads;
    private final double seconds;
    private final Map<Workload, Map<Product, List<Run>>> runs = new LinkedHashMap<>();
    private final Map<Workload, Long> requests = new LinkedHashMap<>();

    /** @param seconds what a run is to take at the faster server's rate */
    Throughput(Map<Product, Server> servers, List<Workload> workloads, double seconds) {
        this.servers = servers;
        this.workloads = workloads;
        this.seconds = seconds;
    }

    /** Brings both servers to their usual speed and finds out how many requests fill a run. */
    void warmUp() throws IOException {
        for (Workload workload : workloads) {
            double fastest = 0;
            for (Server server : servers.values()) {
                double first = Run.of(workload, server, FIRST_REQUESTS).rate();
                Run calibration = Run.of(workload, server, (long) (first * WARM_UP_SECONDS));
                fastest = Math.max(fastest, calibration.rate());
            }
            requests.put(workload, (long) (fastest * seconds));
        }
    }

    void round(int number) throws IOException {
        for (Workload workload : workloads) {
            Map<Product, List<Run>> lists = runs.computeIfAbsent(workload, any -> new EnumMap<>(Product.class));
            for (Product product : Product.order(number)) {
                lists.computeIfAbsent(product, any -> new ArrayList<>())
                        .add(Run.of(workload, servers.get(product), requests.get(workload)));
            }
        }
    }

    List<Result> results() {
        List<Result> results = new ArrayList<>();
        runs.forEach((workload, lists) -> results.add(new Result(workload, lists.get(Product.RELEVE),
                lists.get(Product.REDIS))));
        return results;
    }

    /** The runs of a workload; those with the same index belong to one round. */
    record Result(Workload workload, List<Run> releve, List<Run> redis) {

        /** Relève's CPU time an operation over Redis', less is better. */
        Spread cpuRatio() {
            List<Double> ratios = new ArrayList<>();
            for (int i = 0; i < releve.size(); i++) {
                ratios.add(releve.get(i).cpu() / redis.get(i).cpu());
            }
            return Spread.of(ratios);
        }

        /** Relève's rate over Redis', more is better. */
        Spread rateRatio() {
            List<Double> ratios = new ArrayList<>();
            for (int i = 0; i < releve.size(); i++) {
                ratios.add(releve.get(i).rate() / redis.get(i).rate());
            }
            return Spread.of(ratios);
        }

        List<Run> runs(Product product) {
            return product == Product.RELEVE ? releve : redis;
        }

        double cpu(Product product) {
            return Spread.of(runs(product).stream().map(Run::cpu).toList()).median();
        }

        double rate(Product product) {
            return Spread.of(runs(product).stream().map(Run::rate).toList()).median();
        }
    }
}
