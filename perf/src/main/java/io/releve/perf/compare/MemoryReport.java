package io.releve.perf.compare;

import io.releve.perf.compare.MemoryAndRestart.Filled;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Tables of memory a key, and of stop and start. */
final class MemoryReport {
    private static final String ACCOUNTING = """

            Bytes a key by which the process grew. *All* counts every resident page once (Pss), the JVM's heap and code
            included as far as they grew; *data* is the resident part of the mapped files. VmRSS and its three parts
            are what Linux reports; ZGC on Java 17 maps the heap three times, and VmRSS and RssShmem count it thrice.

            | | keys | all | data | VmRSS | RssAnon | RssFile | RssShmem |
            |---|---|---|---|---|---|---|---|
            """;
    private static final String RESTART = """

            Clean stop and start: SIGTERM for Relève, which keeps its mapped files; SHUTDOWN SAVE and loading the RDB
            file for Redis.

            | | keys | load, 1/s | stop, s | start to the first GET, s | together, s |
            |---|---|---|---|---|---|
            """;

    private MemoryReport() {
    }

    static String markdown(String machine, Map<Product, Spread> starts, List<Filled> filled, int value) {
        StringBuilder text = new StringBuilder("## Memory, stop and start\n\n").append(machine)
                .append("\n\nKeys of 16 bytes, values of ").append(value)
                .append(" bytes, set over one connection.\n").append(ACCOUNTING);
        for (Filled one : filled) {
            Resident grown = one.grown();
            text.append(String.format(Locale.ROOT, "| %s | %,d | **%s** | %s | %s | %s | %s | %s |%n",
                    one.product().title(), one.keys(), perKey(grown.total(), one), perKey(grown.data(), one),
                    perKey(grown.rss(), one), perKey(grown.anonymous(), one), perKey(grown.file(), one),
                    perKey(grown.shared(), one)));
        }
        text.append("\nWhat INFO says of the keyspace, bytes a key:\n\n");
        for (Filled one : filled) {
            one.details().forEach((name, bytes) -> text.append(String.format(Locale.ROOT, "- %,d keys: `%s` %s%n",
                    one.keys(), name, perKey(Long.parseLong(bytes), one))));
        }
        text.append(RESTART);
        for (Filled one : filled) {
            text.append(String.format(Locale.ROOT, "| %s | %,d | %,.0f | %.2f | %.2f | **%.2f** |%n",
                    one.product().title(), one.keys(), one.keys() / one.load(), one.stop() / 1e3, one.start() / 1e3,
                    (one.stop() + one.start()) / 1e3));
        }
        text.append("\nFrom the start of the process to the first PONG, without data: ");
        starts.forEach((product, time) -> text.append(String.format(Locale.ROOT, "%s **%.2f s** (%.2f..%.2f). ",
                product.title(), time.median() / 1e3, time.min() / 1e3, time.max() / 1e3)));
        return text.append("\n\nTo repeat: `perf/run memory --write`.\n").toString();
    }

    private static String perKey(long bytes, Filled filled) {
        return String.format(Locale.ROOT, "%.1f", (double) bytes / filled.keys());
    }
}
