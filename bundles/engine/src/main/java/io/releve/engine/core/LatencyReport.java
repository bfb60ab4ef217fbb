package io.releve.engine.core;

import io.releve.engine.Latencies;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/** Latencies as clients ask for them: events, and the distributions that the statistics of commands keep. */
final class LatencyReport implements Latencies {
    /** The first class of a distribution ends here, ns, as in Redis. */
    private static final long FIRST_CLASS = 1024;

    private final RedisEngine engine;
    private final LatencyEvents events;

    LatencyReport(RedisEngine engine, LatencyEvents events) {
        this.engine = engine;
        this.events = events;
    }

    @Override
    public List<Distribution> distributions(String command) {
        List<Distribution> found = new ArrayList<>();
        String wanted = command == null ? null : command.toLowerCase(Locale.ROOT);
        engine.registry().statistics().forEach((name, statistics) -> {
            Histogram latencies = statistics.latencies();
            if (latencies != null && latencies.getTotalCount() > 0
                    && (wanted == null || name.equals(wanted) || name.startsWith(wanted + "|"))) {
                found.add(distribution(name, latencies));
            }
        });
        return found;
    }

    private static Distribution distribution(String name, Histogram latencies) {
        List<Long> microseconds = new ArrayList<>();
        List<Long> counts = new ArrayList<>();
        long total = latencies.getTotalCount();
        long before = 0;
        for (long end = FIRST_CLASS; before < total; end *= 2) {
            // what the histogram cannot tell apart from the end belongs to the class
            long last = latencies.highestEquivalentValue(Math.min(end, latencies.getHighestTrackableValue()));
            long count = latencies.getCountBetweenValues(0, last);
            if (count > before) {
                microseconds.add(last / 1000);
                counts.add(count);
                before = count;
            }
        }
        return new Distribution(name, total, microseconds, counts);
    }

    @Override
    public List<Event> events() {
        return events.all();
    }

    @Override
    public Event event(String name) {
        return events.event(name);
    }

    @Override
    public int reset(String name) {
        return events.reset(name);
    }
}
