package io.releve.commands.admin;

import io.releve.command.Call;
import io.releve.engine.Latencies;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** LATENCY DOCTOR: the events in words, and what to look at. */
final class LatencyDoctor {
    private static final String THRESHOLD = "latency-monitor-threshold";
    private static final String SLOWER_THAN = "slowlog-log-slower-than";

    private LatencyDoctor() {
    }

    static String report(Call call) {
        long threshold = setting(call, THRESHOLD);
        List<Latencies.Event> events = call.engine().introspection().latencies().events();
        if (threshold == 0 && events.isEmpty()) {
            return "Nothing is watched: latency monitoring is disabled. \"CONFIG SET latency-monitor-threshold"
                    + " <milliseconds>\" enables it.\n";
        }
        if (events.isEmpty()) {
            return "Nothing took longer than " + threshold + " ms since the start or the last LATENCY RESET.\n";
        }
        StringBuilder text = new StringBuilder("Events that took longer than latency-monitor-threshold:\n\n");
        int number = 1;
        for (Latencies.Event event : events) {
            text.append(number++).append(". ").append(line(event)).append('\n');
        }
        text.append("\nWhat to look at:\n\n");
        advice(call, events, threshold).forEach(each -> text.append("- ").append(each).append('\n'));
        return text.toString();
    }

    private static String line(Latencies.Event event) {
        List<Latencies.Sample> samples = event.samples();
        double mean = samples.stream().mapToLong(Latencies.Sample::milliseconds).average().orElse(0);
        double deviation = samples.stream().mapToDouble(s -> Math.abs(s.milliseconds() - mean)).average().orElse(0);
        long period = samples.get(samples.size() - 1).time() - samples.get(0).time();
        return String.format(Locale.ROOT,
                "%s: %d latency spikes (average %.0fms, mean deviation %.0fms, period %.2f sec). Worst all time event %dms.",
                event.name(), samples.size(), mean, deviation,
                samples.size() == 1 ? 0.0 : (double) period / (samples.size() - 1), event.worst());
    }

    private static List<String> advice(Call call, List<Latencies.Event> events, long threshold) {
        List<String> advice = new ArrayList<>();
        if (happened(events, "command")) {
            long slowerThan = setting(call, SLOWER_THAN);
            if (slowerThan < 0 || slowerThan > threshold * 1000) {
                advice.add("The slow log does not note what takes so long: CONFIG SET slowlog-log-slower-than "
                        + threshold * 1000);
            } else {
                advice.add("SLOWLOG GET tells which requests took long.");
            }
            advice.add("Commands whose time grows with the size of a value (SORT, SMEMBERS, KEYS, large ranges) stop"
                    + " everybody while they run; the SCAN commands do not.");
        }
        if (happened(events, "fast-command")) {
            advice.add("Commands of constant time took long: the machine had no processor for the server, its memory is"
                    + " swapped or read from a slow disk, or the virtual machine collected garbage (see its log).");
        }
        if (happened(events, "expire") || happened(events, "eviction")) {
            advice.add("Removing a very large value takes time: several smaller ones are better.");
        }
        if (happened(events, "aof-fsync")) {
            advice.add("The disk takes long to store the journal. With appendfsync always every reply waits for it;"
                    + " everysec loses at most a second. INFO persistence, aof_fsync_usec, tells how it is in general.");
        }
        return advice;
    }

    private static boolean happened(List<Latencies.Event> events, String prefix) {
        return events.stream().anyMatch(event -> event.name().startsWith(prefix));
    }

    private static long setting(Call call, String name) {
        Map<String, String> found = call.engine().settings().find(name);
        return Long.parseLong(found.getOrDefault(name, "0"));
    }
}
