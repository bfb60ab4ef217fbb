package io.releve.commands.admin;

import io.releve.command.Call;
import io.releve.command.Reply;
import io.releve.engine.Introspection.MemoryUse;
import io.releve.engine.Session;
import io.releve.keyspace.Database;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryUsage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The figures of MEMORY STATS. What is allocated is the data, as {@code used_memory}; the heap of the virtual machine and what
 * clients take stand beside it. Figures of an allocator that is not there are left out.
 */
record MemoryFigures(MemoryUse use, long keys, List<Integer> databases, long replicas, long clients, long scripts,
        long functions, MemoryUsage heap) {
    private static final long LITTLE = 5L << 20;

    static MemoryFigures of(Call call) {
        long keys = 0;
        List<Integer> databases = new ArrayList<>();
        for (int i = 0; i < call.engine().databases(); i++) {
            Database database = call.engine().databaseInUse(i);
            if (database != null && database.size() > 0) {
                keys += database.size();
                databases.add(i);
            }
        }
        return new MemoryFigures(call.engine().introspection().memory(), keys, databases, memory(call, Session::replica),
                memory(call, session -> !session.replica()), call.engine().scripts().bytes(),
                call.engine().functions().stream().mapToLong(library -> library.length).sum(),
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage());
    }

    private static long memory(Call call, Predicate<Session> which) {
        return call.engine().sessions().stream().filter(which).mapToLong(Session::memory).sum();
    }

    void write(Call call) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("peak.allocated", use.peak());
        figures.put("total.allocated", use.data());
        figures.put("startup.allocated", use.atStart());
        figures.put("clients.slaves", replicas);
        figures.put("clients.normal", clients);
        figures.put("cluster.links", 0L);
        figures.put("lua.caches", scripts);
        figures.put("functions.caches", functions);
        databases.forEach(index -> figures.put("db." + index, call.engine().databaseInUse(index)));
        figures.put("overhead.total", replicas + clients + scripts + functions);
        figures.put("keys.count", keys);
        figures.put("keys.bytes-per-key", keys == 0 ? 0 : use.data() / keys);
        figures.put("dataset.bytes", use.data());
        figures.put("dataset.percentage", 100.0);
        figures.put("peak.percentage", use.peak() == 0 ? 100.0 : 100.0 * use.data() / use.peak());
        figures.put("jvm.heap.used", heap.getUsed());
        figures.put("jvm.heap.committed", heap.getCommitted());
        figures.put("process.resident", use.resident());
        figures.put("fragmentation", (double) use.resident() / Math.max(1, use.data()));
        figures.put("fragmentation.bytes", use.resident() - use.data());
        Reply reply = call.reply();
        reply.map(figures.size());
        figures.forEach((name, value) -> {
            reply.bulk(name);
            if (value instanceof Database database) {
                reply.map(2);
                reply.bulk("overhead.hashtable.main");
                reply.integer(0);
                reply.bulk("overhead.hashtable.expires");
                reply.integer(0);
            } else if (value instanceof Double decimal) {
                reply.decimal(decimal);
            } else {
                reply.integer((Long) value);
            }
        });
    }

    /** What is remarkable, in sentences. */
    String diagnosis() {
        List<String> found = new ArrayList<>();
        if (use.data() > LITTLE && use.peak() > 1.5 * use.data()) {
            found.add("There once was much more data than now (" + use.peak() + " bytes): the files of the keyspace stay"
                    + " as large as they were, and what is free in them is used again.");
        }
        if (heap.getMax() > 0 && heap.getUsed() > 0.9 * heap.getMax()) {
            found.add("The heap of the virtual machine is nearly full: clients that do not read, very large requests or"
                    + " scripts take it. Data is not kept there unless the keyspace is heap.");
        }
        if (clients > 100L << 20) {
            found.add("Clients take " + clients + " bytes for what they have sent or not read: see omem and qbuf in CLIENT"
                    + " LIST, client-output-buffer-limit and maxmemory-clients.");
        }
        if (replicas > 10L << 20) {
            found.add("Replicas have not read " + replicas + " bytes: they or the network are slow.");
        }
        if (scripts > 10L << 20) {
            found.add("The sources of scripts take " + scripts + " bytes: scripts whose text is made for each call are"
                    + " kept for ever; pass what changes as arguments.");
        }
        return found.isEmpty() ? "Nothing about the memory is remarkable.\n" : String.join("\n", found) + "\n";
    }

    /** Pools of the virtual machine, and what INFO memory tells of the keyspace. */
    static String pools(Call call) {
        StringBuilder text = new StringBuilder("Pools of the virtual machine: used, committed, most (bytes)\n");
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            MemoryUsage usage = pool.getUsage();
            text.append(pool.getName()).append(": ").append(usage.getUsed()).append(", ").append(usage.getCommitted())
                    .append(", ").append(usage.getMax()).append('\n');
        }
        text.append("Keyspace\n");
        call.engine().info(List.of("memory")).lines().filter(line -> line.startsWith("keyspace_"))
                .forEach(line -> text.append(line).append('\n'));
        return text.toString();
    }
}
