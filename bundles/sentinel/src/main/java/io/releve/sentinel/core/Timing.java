package io.releve.sentinel.core;

import java.util.LinkedHashMap;
import java.util.Map;

/** Periods and limits in ms, as SENTINEL DEBUG shows and changes them. Names and defaults: Redis 7's SENTINEL DEBUG. */
public final class Timing {
    private final Map<String, Long> values = new LinkedHashMap<>();

    public Timing() {
        values.put("INFO-PERIOD", 10_000L);
        values.put("PING-PERIOD", 1_000L);
        values.put("ASK-PERIOD", 1_000L);
        values.put("PUBLISH-PERIOD", 2_000L);
        values.put("DEFAULT-DOWN-AFTER", 30_000L);
        values.put("DEFAULT-FAILOVER-TIMEOUT", 180_000L);
        values.put("TILT-TRIGGER", 2_000L);
        values.put("TILT-PERIOD", 30_000L);
        values.put("SLAVE-RECONF-TIMEOUT", 10_000L);
        values.put("MIN-LINK-RECONNECT-PERIOD", 15_000L);
        values.put("ELECTION-TIMEOUT", 10_000L);
        values.put("SCRIPT-MAX-RUNTIME", 60_000L);
        values.put("SCRIPT-RETRY-DELAY", 30_000L);
    }

    /** The names in the order in which they are shown, with their values. */
    public Map<String, Long> all() {
        return new LinkedHashMap<>(values);
    }

    public long get(String name) {
        return values.get(name);
    }

    /** False when there is no such name. */
    public boolean set(String name, long value) {
        return values.computeIfPresent(name, (n, old) -> value) != null;
    }

    long info() {
        return get("INFO-PERIOD");
    }

    long ping() {
        return get("PING-PERIOD");
    }

    long ask() {
        return get("ASK-PERIOD");
    }

    long publish() {
        return get("PUBLISH-PERIOD");
    }

    long tiltTrigger() {
        return get("TILT-TRIGGER");
    }

    long tilt() {
        return get("TILT-PERIOD");
    }

    long reconfigured() {
        return get("SLAVE-RECONF-TIMEOUT");
    }

    long reconnect() {
        return get("MIN-LINK-RECONNECT-PERIOD");
    }

    long election() {
        return get("ELECTION-TIMEOUT");
    }
}
