package io.releve.engine.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class PauseMeterTest {
    private static final long MS = 1_000_000;

    private final LatencyEvents events = new LatencyEvents(new SystemClock());
    private final PauseMeter meter = new PauseMeter("test", events, System::nanoTime);
    private long now;

    private Map<String, Double> pauses() {
        Map<String, String> fields = new LinkedHashMap<>();
        meter.describe((name, value) -> fields.put(name, String.valueOf(value)));
        Map<String, Double> parts = new LinkedHashMap<>();
        for (String part : fields.get("pause_usec").split(",")) {
            parts.put(part.substring(0, part.indexOf('=')), Double.valueOf(part.substring(part.indexOf('=') + 1)));
        }
        return parts;
    }

    private void wakes(int times, long late) {
        for (int i = 0; i < times; i++) {
            now += 10 * MS + late;
            meter.woke(now);
        }
    }

    @Test
    void aPauseCountsForEverybodyWhoWouldHaveWaited() {
        wakes(9_980, MS / 10);
        wakes(1, 200 * MS);
        Map<String, Double> pauses = pauses();
        assertEquals(100, pauses.get("p50"), 1);
        assertEquals(100, pauses.get("p99"), 1);
        // twenty looks of 10 ms fell into it: the last two permille begin with the shortest of them
        assertEquals(110_000, pauses.get("p99.9"), 12_000);
        assertEquals(200_000, pauses.get("p99.99"), 12_000);
        assertEquals(200_000, pauses.get("max"), 1_000);
        meter.reset();
        assertEquals(0, pauses().get("max"));
    }

    @Test
    void earlyIsNotLate() {
        wakes(10, -MS);
        assertEquals(0, pauses().get("max"));
    }

    @Test
    void longPausesAreEvents() {
        events.threshold(50);
        wakes(10, 49 * MS);
        assertEquals(0, events.all().size());
        wakes(1, 70 * MS);
        assertEquals(70, events.event("pause").worst());
    }

    /** Looks while nobody calls it, and INFO shows it until the counters are reset. */
    @Test
    @Timeout(20)
    void anEngineMeasures() throws Exception {
        try (TestEngine engine = new TestEngine(new SystemClock())) {
            engine.start();
            String zero = "pause_usec:p50=0,p99=0,p99.9=0,p99.99=0,max=0";
            while (engine.administration().info(java.util.List.of("stats")).contains(zero)) {
                Thread.sleep(5);
            }
            String info = engine.administration().info(java.util.List.of("stats"));
            assertTrue(info.contains("gc_pauses:") && info.contains("gc_pause_msec:"), info);
        }
    }
}
