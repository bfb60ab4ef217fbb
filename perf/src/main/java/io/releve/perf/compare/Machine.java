package io.releve.perf.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;

/** What the figures were measured on. */
final class Machine {
    private Machine() {
    }

    /** One line of Markdown. */
    static String describe(Map<String, String> releve, Map<String, String> redis) throws IOException {
        double gigabytes = Double.parseDouble(field("/proc/meminfo", "MemTotal").split(" ")[0]) / (1 << 20);
        return String.format(Locale.ROOT, "%s; %s, %d cores, %.0f GiB; %s; Relève %s on Java %s; Redis %s.",
                LocalDate.now(), field("/proc/cpuinfo", "model name"), Runtime.getRuntime().availableProcessors(),
                gigabytes, releve.get("os"), releve.get("releve_version"), releve.get("java_version"),
                redis.get("redis_version"));
    }

    private static String field(String file, String name) throws IOException {
        return Files.readAllLines(Path.of(file)).stream().filter(line -> line.startsWith(name))
                .map(line -> line.substring(line.indexOf(':') + 1).strip()).findFirst().orElse("unknown");
    }
}
