package io.releve.metrics.micrometer;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Meters for what INFO says: every field that is a number, by its own name behind {@code releve_}; commands, errors and
 * databases with tags. Brought up to date by {@link #update}; a meter is made when its field is first seen.
 */
final class InfoMeters {
    /** Only ever grow until CONFIG RESETSTAT. */
    private static final Pattern COUNTERS = Pattern.compile("total_.*|.*_hits|.*_misses|expired_(keys|stale_perc_total)|evicted_keys"
            + "|evicted_clients|rejected_connections|sync_full|sync_partial_ok|sync_partial_err|used_cpu_.*|aof_delayed_fsync"
            + "|acl_access_denied_.*|unexpected_error_replies|io_threaded_.*|.*_disconnections|rdb_saves|aof_rewrites|reply_buffer_.*"
            + "|expire_cycle_cpu_milliseconds|gc_pauses|gc_pause_msec|aof_fsyncs");
    private static final Set<String> PLAIN = Set.of("server", "clients", "memory", "persistence", "stats", "replication", "cpu");
    private static final Pattern NO_FIGURE =
            Pattern.compile("run_id|process_id|tcp_port|redis_version|.*_human|master_port|arch_bits|releve_version|java_version|slave\\d+"
                    + "|hz|configured_hz|.*git.*|redis_build_id|server_time_usec");
    private static final double MICROSECONDS = 1_000_000;

    private final MeterRegistry registry;
    /** What the meters show now, by name and tags. */
    private final Map<String, Double> values = new ConcurrentHashMap<>();
    private final Map<String, Meter> meters = new ConcurrentHashMap<>();
    private final Set<String> seen = new HashSet<>();

    InfoMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Takes the figures of a text of INFO with all its sections. */
    synchronized void update(InfoText info) {
        seen.clear();
        info.sections().forEach((section, fields) -> {
            if (PLAIN.contains(section)) {
                fields.forEach(this::field);
            }
        });
        info.section("replication").forEach(this::replica);
        info.section("keyspace").forEach(this::database);
        info.section("commandstats").forEach(this::command);
        info.section("latencystats").forEach(this::latency);
        info.section("errorstats").forEach((name, value) -> count("errors", Tags.of("error", name.replaceFirst("errorstat_", "")),
                InfoText.parts(value).get("count")));
        values.keySet().removeIf(key -> !seen.contains(key));
        meters.entrySet().removeIf(entry -> {
            boolean gone = !seen.contains(entry.getKey());
            if (gone) {
                registry.remove(entry.getValue());
            }
            return gone;
        });
    }

    private void field(String name, String text) {
        Double value = NO_FIGURE.matcher(name).matches() ? null : InfoText.number(text);
        if (value == null && name.equals("role")) {
            value = text.equals("master") ? 1d : 0d;
            set("master", Tags.empty(), value);
            return;
        }
        if (value == null && (text.equals("up") || text.equals("down") || text.equals("ok") || text.equals("err"))) {
            value = text.equals("up") || text.equals("ok") ? 1d : 0d;
        }
        if (value == null) {
            distribution(name, text);
            return;
        }
        if (COUNTERS.matcher(name).matches()) {
            count(name, Tags.empty(), value);
        } else {
            set(name, Tags.empty(), value);
        }
    }

    /** {@code pause_usec:p50=60,p99.99=900,max=1200}: the largest is the quantile 1. */
    private void distribution(String name, String text) {
        if (name.endsWith("_usec")) {
            String shown = name.substring(0, name.length() - "usec".length()) + "seconds";
            InfoText.parts(text).forEach((part, microseconds) -> set(shown, Tags.of("quantile",
                    part.equals("max") ? "1" : quantile(part)), microseconds / MICROSECONDS));
        }
    }

    /** {@code slave0:ip=...,port=...,state=online,offset=...,lag=...}. */
    private void replica(String name, String text) {
        if (name.matches("slave\\d+")) {
            Map<String, Double> parts = InfoText.parts(text);
            String address = text.replaceAll("ip=([^,]*),port=(\\d+),.*", "$1:$2");
            set("replica_offset", Tags.of("replica", address), parts.get("offset"));
            set("replica_lag_seconds", Tags.of("replica", address), parts.get("lag"));
        }
    }

    private void database(String name, String text) {
        Map<String, Double> parts = InfoText.parts(text);
        set("keys", Tags.of("db", name), parts.get("keys"));
        set("expiring_keys", Tags.of("db", name), parts.get("expires"));
    }

    private void command(String name, String text) {
        Map<String, Double> parts = InfoText.parts(text);
        Tags tags = Tags.of("command", name.replaceFirst("cmdstat_", ""));
        String calls = key("commands.calls", tags);
        String time = key("commands.time", tags);
        put(calls, parts.get("calls"));
        put(time, parts.get("usec"));
        meters.computeIfAbsent(calls, key -> FunctionTimer.builder("releve.commands", values,
                all -> (long) (double) all.getOrDefault(calls, 0d), all -> all.getOrDefault(time, 0d), TimeUnit.MICROSECONDS)
                .tags(tags).description("Calls of commands, and the time they took").register(registry));
        count("commands_rejected", tags, parts.get("rejected_calls"));
        count("commands_failed", tags, parts.get("failed_calls"));
    }

    /** {@code latency_percentiles_usec_get:p50=1.0,p99=2.0}. */
    private void latency(String name, String text) {
        String command = name.replaceFirst("latency_percentiles_usec_", "");
        InfoText.parts(text).forEach((percentile, microseconds) -> set("command_latency_seconds", Tags.of("command", command,
                "quantile", quantile(percentile)), microseconds / MICROSECONDS));
    }

    /** {@code p99.9} is 0.999. */
    private static String quantile(String percentile) {
        return new java.math.BigDecimal(percentile.substring(1)).movePointLeft(2).stripTrailingZeros().toPlainString();
    }

    private void put(String key, Double value) {
        if (value != null) {
            values.put(key, value);
        }
        seen.add(key);
    }

    private void set(String name, Tags tags, Double value) {
        if (value == null) {
            return;
        }
        String key = key(name, tags);
        put(key, value);
        meters.computeIfAbsent(key, k -> Gauge.builder("releve_" + name, values, all -> all.getOrDefault(k, Double.NaN)).tags(tags)
                .register(registry));
    }

    private void count(String name, Tags tags, Double value) {
        if (value == null) {
            return;
        }
        String key = key(name, tags);
        put(key, value);
        meters.computeIfAbsent(key, k -> FunctionCounter.builder("releve_" + name.replaceFirst("^total_", ""), values,
                all -> all.getOrDefault(k, 0d)).tags(tags).register(registry));
    }

    private static String key(String name, Tags tags) {
        return name + tags;
    }
}
