package io.releve.perf.compare;

import java.util.List;
import java.util.Locale;

/** Tables and chart of rates and CPU time. */
final class RateReport {
    private final String machine;
    private final List<Throughput.Result> results;

    RateReport(String machine, List<Throughput.Result> results) {
        this.machine = machine;
        this.results = results;
    }

    String markdown() {
        StringBuilder text = new StringBuilder("## Rate and CPU time\n\n").append(machine).append('\n');
        text.append("\nredis-benchmark, 50 connections, 100,000 random keys, values of 3 bytes, no persistence. The ")
                .append("servers take turns; the ratios are medians of ").append(results.get(0).redis().size())
                .append(" rounds (smallest..largest). CPU is the server process', all threads, user and system.\n")
                .append("\n![Relève beside Redis](performance.svg)\n");
        tables(text);
        return text.append("\nTo repeat: `perf/compare --only rates --write` (needs redis-server and redis-benchmark; ")
                .append("`--quick` for a first look).\n").toString();
    }

    /** The tables of the workloads on collections. */
    String collections() {
        StringBuilder text = new StringBuilder("## Collections: rate and CPU time\n\n").append(machine).append('\n');
        text.append("\nMeasured like the strings, medians of ").append(results.get(0).redis().size())
                .append(" rounds; elements are 3 bytes, names of members and fields 20. What a run empties was filled before")
                .append(" it, what it fills was empty.\n");
        tables(text);
        return text.append("\nTo repeat: `perf/compare --only collections --write`.\n").toString();
    }

    private void tables(StringBuilder text) {
        for (int pipeline : List.of(1, 16)) {
            text.append("\n### ").append(pipeline == 1 ? "One request at a time" : "Pipelines of 16 requests")
                    .append(" (`-P ").append(pipeline).append("`)\n\n")
                    .append("| | CPU an operation, Relève / Redis | µs, Relève | µs, Redis ")
                    .append("| rate, Relève / Redis | 1/s, Relève | 1/s, Redis |\n")
                    .append("|---|---|---|---|---|---|---|\n");
            results.stream().filter(result -> result.workload().pipeline() == pipeline)
                    .forEach(result -> text.append(row(result)));
        }
    }

    private static String row(Throughput.Result result) {
        return String.format(Locale.ROOT, "| %s | %s | %.2f | %.2f | %s | %,.0f | %,.0f |%n",
                result.workload().title(), result.cpuRatio().ratio(), result.cpu(Product.RELEVE),
                result.cpu(Product.REDIS), result.rateRatio().ratio(), result.rate(Product.RELEVE),
                result.rate(Product.REDIS));
    }

    String svg() {
        BarChart chart = new BarChart();
        chart.panel("CPU time an operation, Relève / Redis: less is better", "#4878a8");
        results.forEach(result -> chart.bar(label(result), result.cpuRatio()));
        chart.panel("Rate, Relève / Redis: more is better", "#6a9f58");
        results.forEach(result -> chart.bar(label(result), result.rateRatio()));
        return chart.svg();
    }

    private static String label(Throughput.Result result) {
        return result.workload().title() + ", -P " + result.workload().pipeline();
    }
}
