package io.releve.engine.core;

import io.releve.engine.Clock;
import io.releve.engine.Latencies.Event;
import io.releve.engine.Latencies.Sample;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What took longer than {@code latency-monitor-threshold}, by kind: the worst of each second, of the last ones. Any thread. */
final class LatencyEvents {
    private static final int SAMPLES = 160;

    private final Clock clock;
    private final Map<String, Kind> kinds = new TreeMap<>();
    private volatile long thresholdNanos = Long.MAX_VALUE;

    private static final class Kind {
        final ArrayDeque<Sample> samples = new ArrayDeque<>();
        long worst;
    }

    LatencyEvents(Clock clock) {
        this.clock = clock;
    }

    /** @param milliseconds 0 for never */
    void threshold(long milliseconds) {
        thresholdNanos = milliseconds == 0 || milliseconds > Long.MAX_VALUE / 1_000_000 ? Long.MAX_VALUE
                : milliseconds * 1_000_000;
    }

    long thresholdNanos() {
        return thresholdNanos;
    }

    /** Whether anything is noted at all: if not, nobody need read the clock. */
    boolean on() {
        return thresholdNanos != Long.MAX_VALUE;
    }

    /** Something has taken so long. */
    void took(String name, long nanos) {
        if (nanos >= thresholdNanos) {
            add(name, clock.milliseconds() / 1000, nanos / 1_000_000);
        }
    }

    private synchronized void add(String name, long time, long milliseconds) {
        Kind kind = kinds.computeIfAbsent(name, n -> new Kind());
        kind.worst = Math.max(kind.worst, milliseconds);
        Sample last = kind.samples.peekLast();
        if (last != null && last.time() == time) {
            if (milliseconds > last.milliseconds()) {
                kind.samples.pollLast();
                kind.samples.addLast(new Sample(time, milliseconds));
            }
            return;
        }
        if (kind.samples.size() == SAMPLES) {
            kind.samples.pollFirst();
        }
        kind.samples.addLast(new Sample(time, milliseconds));
    }

    synchronized List<Event> all() {
        List<Event> events = new ArrayList<>();
        kinds.keySet().forEach(name -> events.add(event(name)));
        return events;
    }

    /** Null for one that has not happened. */
    synchronized Event event(String name) {
        Kind kind = kinds.get(name);
        return kind == null ? null : new Event(name, List.copyOf(kind.samples), kind.worst);
    }

    /** @param name null for all. @return how many there were */
    synchronized int reset(String name) {
        if (name == null) {
            int count = kinds.size();
            kinds.clear();
            return count;
        }
        return kinds.remove(name) == null ? 0 : 1;
    }
}
