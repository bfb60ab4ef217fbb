package io.releve.engine.core;

import io.releve.engine.Introspection.MemoryUse;
import io.releve.engine.Session;
import io.releve.info.InfoSection;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.util.Locale;
import java.util.function.Predicate;

/** INFO memory. {@code used_memory} is the data alone; what has no meaning here is listed in docs. */
final class MemorySection {
    private final RedisEngine engine;

    MemorySection(RedisEngine engine) {
        this.engine = engine;
    }

    void write(InfoSection.Lines lines) {
        MemoryUse use = engine.observation().memory();
        MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        long limit = engine.settings().get(EngineDirectives.MAXMEMORY);
        bytes(lines, "used_memory", use.data());
        bytes(lines, "used_memory_rss", use.resident());
        bytes(lines, "used_memory_peak", use.peak());
        lines.add("used_memory_peak_perc", percent(use.data(), use.peak()));
        lines.add("used_memory_overhead", 0);
        lines.add("used_memory_startup", use.atStart());
        lines.add("used_memory_dataset", use.data());
        lines.add("used_memory_dataset_perc", "100.00%");
        bytes(lines, "total_system_memory", ProcessMemory.physical());
        lines.add("used_memory_functions", engine.functions().all().stream().mapToLong(library -> library.length).sum());
        lines.add("used_memory_scripts_eval", engine.scripting().bytes());
        lines.add("jvm_heap_used", heap.getUsed());
        lines.add("jvm_heap_committed", heap.getCommitted());
        lines.add("jvm_heap_max", heap.getMax());
        bytes(lines, "maxmemory", limit);
        lines.add("maxmemory_policy", engine.settings().get(EngineDirectives.MAXMEMORY_POLICY));
        lines.add("mem_fragmentation_ratio",
                String.format(Locale.ROOT, "%.2f", (double) use.resident() / Math.max(1, use.data())));
        lines.add("mem_fragmentation_bytes", use.resident() - use.data());
        lines.add("mem_not_counted_for_evict", 0);
        lines.add("mem_replication_backlog", engine.log().position() - engine.log().firstRemembered());
        lines.add("mem_total_replication_buffers", engine.log().position() - engine.log().firstRemembered());
        lines.add("mem_clients_slaves", clients(Session::replica));
        lines.add("mem_clients_normal", clients(session -> !session.replica()));
        lines.add("mem_cluster_links", 0);
        lines.add("mem_allocator", engine.keyspace().provider());
        lines.add("active_defrag_running", 0);
        lines.add("lazyfree_pending_objects", 0);
        lines.add("lazyfreed_objects", 0);
        engine.keyspace().details().forEach((name, value) -> lines.add("keyspace_" + name, value));
    }

    private long clients(Predicate<Session> which) {
        return engine.sessions().all().stream().filter(which).mapToLong(Session::memory).sum();
    }

    private static void bytes(InfoSection.Lines lines, String name, long value) {
        lines.add(name, value);
        lines.add(name + "_human", human(value));
    }

    private static String percent(long part, long whole) {
        return String.format(Locale.ROOT, "%.2f%%", 100.0 * part / Math.max(1, whole));
    }

    /** Bytes in the form of INFO's human fields: {@code 1.50M}. */
    private static String human(long bytes) {
        if (bytes < 1024) {
            return bytes + "B";
        }
        String units = "KMGTPE";
        double value = bytes;
        int unit = -1;
        while (value >= 1024 && unit < units.length() - 1) {
            value /= 1024;
            unit++;
        }
        return String.format(Locale.ROOT, "%.2f%c", value, units.charAt(unit));
    }
}
