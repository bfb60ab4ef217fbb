package io.releve.perf.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What redis-benchmark is asked to send: 50 connections, 100,000 random keys, values of 3 bytes.
 *
 * @param test its name for the command, {@code -t}
 * @param pipeline requests in flight on a connection, {@code -P}
 */
record Workload(String test, int pipeline) {
    private static final List<String> TESTS = List.of("ping_mbulk", "set", "get", "incr", "mset");
    private static final List<Integer> PIPELINES = List.of(1, 16);

    /** All of them; SET comes before GET, so that GET finds keys. */
    static List<Workload> all() {
        List<Workload> all = new ArrayList<>();
        for (int pipeline : PIPELINES) {
            TESTS.forEach(test -> all.add(new Workload(test, pipeline)));
        }
        return all;
    }

    String title() {
        return switch (test) {
            case "ping_mbulk" -> "PING";
            case "mset" -> "MSET, 10 keys";
            default -> test.toUpperCase(Locale.ROOT);
        };
    }

    List<String> command(int port, long requests) {
        return List.of("redis-benchmark", "-h", "127.0.0.1", "-p", Integer.toString(port), "-t", test, "-c", "50",
                "-r", "100000", "-P", Integer.toString(pipeline), "-n", Long.toString(requests), "--csv");
    }
}
