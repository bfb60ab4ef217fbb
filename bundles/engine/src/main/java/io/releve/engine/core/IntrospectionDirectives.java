package io.releve.engine.core;

import io.releve.config.Directive;
import java.util.List;

/** The settings of what the engine notes of its own work, and of its clients' memory (redis.conf of Redis 7.2). */
final class IntrospectionDirectives {
    /** Microseconds; negative for never. */
    static final Directive<Long> SLOWER_THAN =
            Directive.integer("slowlog-log-slower-than", 10_000, -1, Long.MAX_VALUE);
    static final Directive<Long> SLOW_LOG_LENGTH = Directive.integer("slowlog-max-len", 128, 0, Long.MAX_VALUE);
    /** Milliseconds; 0 for never. */
    static final Directive<Long> LATENCY_MONITOR =
            Directive.integer("latency-monitor-threshold", 0, 0, Long.MAX_VALUE);
    static final Directive<Boolean> LATENCY_TRACKING = Directive.bool("latency-tracking", true);
    static final Directive<List<Double>> LATENCY_PERCENTILES =
            Directive.of("latency-tracking-info-percentiles", new Percentiles(), List.of(50.0, 99.0, 99.9));
    /** 0 for as many as there are. */
    static final Directive<Long> TRACKED_KEYS =
            Directive.integer("tracking-table-max-keys", 1_000_000, 0, Long.MAX_VALUE);
    static final Directive<ClientEviction.Limit> CLIENT_MEMORY =
            Directive.of("maxmemory-clients", new ClientEviction.Format(), new ClientEviction.Limit(0, 0));

    static final List<Directive<?>> ALL = List.of(SLOWER_THAN, SLOW_LOG_LENGTH, LATENCY_MONITOR, LATENCY_TRACKING,
            LATENCY_PERCENTILES, TRACKED_KEYS, CLIENT_MEMORY);

    private IntrospectionDirectives() {
    }

    /** A list of percentiles between 0 and 100. */
    private static final class Percentiles implements Directive.Format<List<Double>> {
        private static final String WRONG =
                "latency-tracking-info-percentiles parameters should sit between [0.0,100.0]";

        @Override
        public List<Double> parse(List<String> words) {
            try {
                List<Double> list = words.stream().flatMap(w -> List.of(w.trim().split(" +")).stream())
                        .filter(w -> !w.isEmpty()).map(Double::valueOf).toList();
                if (list.stream().allMatch(p -> p >= 0 && p <= 100)) {
                    return list;
                }
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException("Failed configuring Latency Tracking Info Percentiles", e);
            }
            throw new IllegalArgumentException(WRONG);
        }

        @Override
        public String show(List<Double> value) {
            StringBuilder text = new StringBuilder();
            for (double p : value) {
                text.append(text.isEmpty() ? "" : " ").append(io.releve.bytes.Numbers.text(p));
            }
            return text.toString();
        }
    }
}
