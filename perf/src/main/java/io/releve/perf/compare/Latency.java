package io.releve.perf.compare;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Latency of both servers at the same fixed rate, in rounds. The rate is a share of what Redis sustains. */
final class Latency {
    private static final double LOAD = 0.6;
    private static final double TRIAL_SECONDS = 2;
    private static final double WARM_UP_RATE = 10_000;

    private final Map<Product, Server> servers;
    private final double seconds;
    private final Map<Product, List<Latencies>> runs = new EnumMap<>(Product.class);
    private double sustainable;

    /** @param seconds how long a run is */
    Latency(Map<Product, Server> servers, double seconds) {
        this.servers = servers;
        this.seconds = seconds;
        for (Product product : Product.values()) {
            runs.put(product, new ArrayList<>());
        }
    }

    /** Loads the keys, warms both servers up and finds the rate that Redis sustains. */
    void prepare() throws IOException {
        for (Server server : servers.values()) {
            OpenLoop.load(server.port());
            for (int i = 0; i < 3; i++) {
                run(server, WARM_UP_RATE, TRIAL_SECONDS);
            }
        }
        sustainable = Sustainable.rate(rate -> run(servers.get(Product.REDIS), rate, TRIAL_SECONDS));
        for (Server server : servers.values()) {
            run(server, rate(), TRIAL_SECONDS);
        }
    }

    private static Latencies run(Server server, double rate, double seconds) throws IOException {
        try (OpenLoop generator = new OpenLoop(server.port(), Traffic.mixed())) {
            return generator.run(rate, seconds);
        }
    }

    void round(int number) throws IOException {
        for (Product product : Product.order(number)) {
            runs.get(product).add(run(servers.get(product), rate(), seconds));
        }
    }

    /** What Redis sustains, requests a second. */
    double sustainable() {
        return sustainable;
    }

    /** What both are driven at, requests a second. */
    double rate() {
        return sustainable * LOAD;
    }

    double seconds() {
        return seconds;
    }

    int rounds() {
        return runs.get(Product.REDIS).size();
    }

    Spread of(Product product, ToDoubleFunction<Latencies> figure) {
        return Spread.of(runs.get(product).stream().map(figure::applyAsDouble).toList());
    }

    /** Relève's figure over Redis' in the same round. */
    Spread ratio(ToDoubleFunction<Latencies> figure) {
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < rounds(); i++) {
            ratios.add(figure.applyAsDouble(runs.get(Product.RELEVE).get(i))
                    / figure.applyAsDouble(runs.get(Product.REDIS).get(i)));
        }
        return Spread.of(ratios);
    }
}
