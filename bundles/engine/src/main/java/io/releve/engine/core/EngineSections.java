package io.releve.engine.core;

import io.releve.bytes.Numbers;
import io.releve.engine.Dispatcher.Event;
import io.releve.engine.Engine;
import io.releve.engine.Mode;
import io.releve.engine.Subscriptions.Kind;
import io.releve.info.InfoSection;
import io.releve.keyspace.Database;
import io.releve.replication.Replication;
import io.releve.replication.ReplicationContext.Synchronisation;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;

/** The sections of INFO the engine knows (redis.io, INFO), fields as there. What they leave out is listed in docs. */
final class EngineSections {
    private final RedisEngine engine;
    private final String runId;
    private final long startedAt;

    private EngineSections(RedisEngine engine) {
        this.engine = engine;
        runId = engine.runId();
        startedAt = engine.clock().milliseconds();
    }

    static List<InfoSection> of(RedisEngine engine) {
        EngineSections s = new EngineSections(engine);
        if (engine.mode() == Mode.SENTINEL) {
            return List.of(
                    section("server", 10, true, s::server),
                    section("clients", 20, true, s::clients),
                    section("stats", 50, true, s::stats),
                    section("cpu", 70, true, s::cpu));
        }
        return List.of(
                section("server", 10, true, s::server),
                section("clients", 20, true, s::clients),
                section("memory", 30, true, new MemorySection(engine)::write),
                section("persistence", 40, true, s::persistence),
                section("stats", 50, true, s::stats),
                section("replication", 60, true, s::replication),
                section("cpu", 70, true, s::cpu),
                section("modules", 80, true, lines -> { }),
                section("commandstats", 90, false, s::commandStatistics),
                section("errorstats", 100, true, s::errorStatistics),
                section("latencystats", 110, false, s::latencyStatistics),
                section("cluster", 120, true, lines -> lines.add("cluster_enabled", 0)),
                section("keyspace", 130, true, s::keyspace));
    }

    private static InfoSection section(String name, int order, boolean isDefault, Consumer<InfoSection.Lines> body) {
        return new InfoSection() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public int order() {
                return order;
            }

            @Override
            public boolean isDefault() {
                return isDefault;
            }

            @Override
            public void write(Lines lines) {
                body.accept(lines);
            }
        };
    }

    private void server(InfoSection.Lines lines) {
        long uptime = (engine.clock().milliseconds() - startedAt) / 1000;
        lines.add("redis_version", Engine.REDIS_VERSION);
        lines.add("releve_version", Version.current());
        lines.add("redis_mode", engine.mode().redisName());
        lines.add("os", System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                + System.getProperty("os.arch"));
        lines.add("arch_bits", 64);
        lines.add("java_version", Runtime.version());
        lines.add("java_vm", System.getProperty("java.vm.name"));
        lines.add("executable", ProcessHandle.current().info().command().orElse(""));
        lines.add("process_supervised", engine.settings().find("supervised").getOrDefault("supervised", "no"));
        lines.add("process_id", ProcessHandle.current().pid());
        lines.add("run_id", runId);
        lines.add("tcp_port", engine.settings().find("port").getOrDefault("port", "0"));
        lines.add("server_time_usec", engine.clock().microseconds());
        lines.add("uptime_in_seconds", uptime);
        lines.add("uptime_in_days", uptime / 86_400);
        lines.add("hz", engine.cron().frequency());
        lines.add("configured_hz", engine.settings().get(EngineDirectives.HZ));
        lines.add("lru_clock", engine.clock().milliseconds() / 1000 & 0xFFFFFF);
        lines.add("config_file", engine.settings().file());
        lines.add("io_threads_active", 0);
    }

    private void clients(InfoSection.Lines lines) {
        lines.add("connected_clients", engine.sessions().all().stream().filter(s -> !s.replica()).count());
        lines.add("cluster_connections", 0);
        lines.add("maxclients", engine.settings().find("maxclients").getOrDefault("maxclients", "0"));
        lines.add("client_recent_max_input_buffer",
                engine.sessions().all().stream().mapToLong(s -> s.connection().inputBytes()).max().orElse(0));
        lines.add("client_recent_max_output_buffer",
                engine.sessions().all().stream().mapToLong(s -> s.connection().outputBytes()).max().orElse(0));
        lines.add("blocked_clients", engine.sessions().all().stream().filter(s -> s.blocked()).count());
        lines.add("tracking_clients", engine.tracking().clients());
        lines.add("clients_in_timeout_table", 0);
        lines.add("total_blocking_keys", engine.waiters().keys());
        lines.add("total_blocking_keys_on_nokey", engine.waiters().keysWatchedForTheirEnd());
    }

    private void persistence(InfoSection.Lines lines) {
        Loading loading = engine.loading();
        lines.add("loading", loading == null ? 0 : 1);
        lines.add("async_loading", engine.replicating().loadsAside() ? 1 : 0);
        lines.add("rdb_changes_since_last_save", engine.statistics().dirty);
        engine.persistence().describe(lines);
        if (loading != null) {
            loading.describe(lines);
        }
    }

    private void stats(InfoSection.Lines lines) {
        Statistics s = engine.statistics();
        lines.add("total_connections_received", s.connections);
        lines.add("total_commands_processed", s.commands);
        lines.add("instantaneous_ops_per_sec", Math.round(s.commandsPerSecond()));
        lines.add("total_net_input_bytes", s.counted(Event.BYTES_IN));
        lines.add("total_net_output_bytes", s.counted(Event.BYTES_OUT));
        lines.add("instantaneous_input_kbps", String.format(Locale.ROOT, "%.2f", s.inputBytesPerSecond() / 1024));
        lines.add("instantaneous_output_kbps", String.format(Locale.ROOT, "%.2f", s.outputBytesPerSecond() / 1024));
        s.describeLinks(lines);
        lines.add("rejected_connections", s.rejectedConnections);
        lines.add("sync_full", s.counted(Synchronisation.FULL));
        lines.add("sync_partial_ok", s.counted(Synchronisation.PARTIAL));
        lines.add("sync_partial_err", s.counted(Synchronisation.PARTIAL_REFUSED));
        lines.add("expired_keys", s.expiredKeys);
        lines.add("expired_stale_perc", "0.00");
        lines.add("expired_time_cap_reached_count", s.expireCycleTimeouts);
        lines.add("expire_cycle_cpu_milliseconds", s.expireNanos / 1_000_000);
        lines.add("evicted_keys", s.evictedKeys);
        lines.add("evicted_clients", s.evictedClients);
        lines.add("total_eviction_exceeded_time", s.totalExceeded());
        lines.add("current_eviction_exceeded_time", s.currentExceeded());
        lines.add("keyspace_hits", s.hits);
        lines.add("keyspace_misses", s.misses);
        lines.add("pubsub_channels", engine.channels().size(Kind.CHANNEL));
        lines.add("pubsub_patterns", engine.channels().size(Kind.PATTERN));
        lines.add("pubsubshard_channels", engine.channels().size(Kind.SHARD));
        lines.add("tracking_total_keys", engine.tracking().keys());
        lines.add("tracking_total_items", engine.tracking().items());
        lines.add("tracking_total_prefixes", engine.tracking().prefixes());
        lines.add("total_error_replies", s.totalErrors);
        lines.add("total_reads_processed", s.counted(Event.READ));
        lines.add("total_writes_processed", s.counted(Event.WRITE));
        lines.add("client_query_buffer_limit_disconnections", s.counted(Event.QUERY_LIMIT_DISCONNECT));
        lines.add("client_output_buffer_limit_disconnections", s.counted(Event.OUTPUT_LIMIT_DISCONNECT));
        engine.pauses().describe(lines);
    }

    private void replication(InfoSection.Lines lines) {
        Replication replication = engine.replicating().replication();
        if (replication != null) {
            replication.describe(lines);
            return;
        }
        boolean replica = engine.replicating().standing().replica();
        lines.add("role", replica ? "slave" : "master");
        if (replica) {
            lines.add("master_link_status", "down");
        }
        lines.add("connected_slaves", 0);
        lines.add("master_failover_state", "no-failover");
        lines.add("master_replid", engine.log().replicationId());
        lines.add("master_replid2", engine.log().secondReplicationId());
        lines.add("master_repl_offset", engine.log().position());
        lines.add("second_repl_offset", engine.log().secondPosition() < 0 ? -1 : engine.log().secondPosition() + 1);
    }

    private void cpu(InfoSection.Lines lines) {
        double total = ProcessMemory.cpuNanos() / 1e9;
        double user = ProcessMemory.userCpuNanos() / 1e9;
        lines.add("used_cpu_sys", String.format(Locale.ROOT, "%.6f", Math.max(0, total - user)));
        lines.add("used_cpu_user", String.format(Locale.ROOT, "%.6f", user));
        lines.add("used_cpu_sys_children", "0.000000");
        lines.add("used_cpu_user_children", "0.000000");
    }

    private void commandStatistics(InfoSection.Lines lines) {
        engine.registry().statistics().forEach((name, s) -> {
            if (s.calls() > 0 || s.rejections() > 0) {
                lines.add("cmdstat_" + name, String.format(Locale.ROOT,
                        "calls=%d,usec=%d,usec_per_call=%.2f,rejected_calls=%d,failed_calls=%d", s.calls(),
                        s.microseconds(), s.calls() == 0 ? 0.0 : (double) s.microseconds() / s.calls(),
                        s.rejections(), s.failures()));
            }
        });
    }

    private void errorStatistics(InfoSection.Lines lines) {
        engine.statistics().errors().forEach((code, count) -> lines.add("errorstat_" + code, "count=" + count[0]));
    }

    private void latencyStatistics(InfoSection.Lines lines) {
        List<Double> percentiles = engine.settings().get(IntrospectionDirectives.LATENCY_PERCENTILES);
        engine.registry().statistics().forEach((name, s) -> {
            Histogram h = s.latencies();
            if (h != null) {
                StringBuilder text = new StringBuilder();
                for (double p : percentiles) {
                    text.append(text.isEmpty() ? "" : ",").append('p').append(Numbers.text(p)).append('=')
                            .append(String.format(Locale.ROOT, "%.3f", h.getValueAtPercentile(p) / 1000.0));
                }
                lines.add("latency_percentiles_usec_" + name, text);
            }
        });
    }

    private void keyspace(InfoSection.Lines lines) {
        for (int i = 0; i < engine.databases(); i++) {
            Database database = engine.databaseInUse(i);
            if (database != null && database.size() > 0) {
                lines.add("db" + i, "keys=" + database.size() + ",expires=" + database.expires() + ",avg_ttl="
                        + database.averageTtl(engine.clock().milliseconds()));
            }
        }
    }
}
