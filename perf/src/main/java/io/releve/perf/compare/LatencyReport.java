package io.releve.perf.compare;

import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Table of latencies at a fixed rate. */
final class LatencyReport {
    private final String machine;
    private final Latency latency;

    LatencyReport(String machine, Latency latency) {
        this.machine = machine;
        this.latency = latency;
    }

    String markdown() {
        String text = String.format(Locale.ROOT, """
                ## Latency at a fixed rate

                %s

                Requests by a schedule, not one after the other's answer: %,.0f a second, 60 %% of the %,.0f that this
                Redis sustains with the same generator; half GET, half SET, %,d keys, values of %,d bytes, %d
                connections. A latency counts from the moment the request was due. The generator takes part of the
                machine. Medians of %d rounds of %.0f s (smallest..largest), microseconds.

                | | Relève | Redis | Relève / Redis |
                |---|---|---|---|
                """, machine, latency.rate(), latency.sustainable(), OpenLoop.KEYS, OpenLoop.VALUE,
                OpenLoop.CONNECTIONS, latency.rounds(), latency.seconds());
        return text + row("p50", Latencies::p50) + row("p99", Latencies::p99) + row("p99.9", Latencies::p999)
                + row("max", Latencies::max) + "\nTo repeat: `perf/compare --only latency --write`.\n";
    }

    private String row(String title, ToDoubleFunction<Latencies> figure) {
        return String.format(Locale.ROOT, "| %s | %s | %s | %s |%n", title, micros(latency.of(Product.RELEVE, figure)),
                micros(latency.of(Product.REDIS, figure)), latency.ratio(figure).ratio());
    }

    private static String micros(Spread spread) {
        return String.format(Locale.ROOT, "%,.0f (%,.0f..%,.0f)", spread.median(), spread.min(), spread.max());
    }
}
