package io.releve.perf.compare;

/**
 * What {@link OpenLoop} saw in one run.
 *
 * @param rate answered requests a second
 * @param lag seconds that the last answer came after the last request was due
 * @param p50 median of the latencies, microseconds from the scheduled time
 * @param p99 99th percentile, microseconds
 * @param p999 99.9th percentile, microseconds
 * @param max largest, microseconds
 */
record Latencies(double rate, double lag, double p50, double p99, double p999, double max) {
    private static final double SUSTAINED_LAG = 0.25;
    private static final double SUSTAINED_P50 = 1_000;

    /**
     * Whether the server kept up with the schedule. Where it does not, requests queue up and all of them become late:
     * the median tells. The tail would not: on a shared machine it also shows what else runs there.
     */
    boolean sustained() {
        return lag < SUSTAINED_LAG && p50 < SUSTAINED_P50;
    }
}
