package io.releve.engine.core;

import io.releve.command.Arguments;
import io.releve.config.Settings;
import io.releve.engine.Introspection;
import java.util.Collection;
import java.util.random.RandomGenerator;

/** What the engine notes of its own work: slow requests, latencies, copies that clients keep, the peak of memory. */
final class Observation implements Introspection {
    /** Below this threshold of the slow log, ns, every call is timed by itself: a run of fast ones would be noted as one. */
    private static final long EACH_BELOW = 1_000_000;

    private final RedisEngine engine;
    private final SlowRequests slowLog = new SlowRequests();
    private final LatencyEvents events;
    private final LatencyReport latencies;
    private final ClientTracking tracking;
    private final ClientEviction clientEviction;
    private final OomScore oomScore;
    private volatile boolean tracksLatency = true;
    /** ns; {@link Long#MAX_VALUE} for never. */
    private volatile long slowerThan = Long.MAX_VALUE;
    /** What takes less is neither slow nor an event, ns. */
    private volatile long noticed = Long.MAX_VALUE;
    private volatile long dataAtStart;
    private volatile long peak;

    Observation(RedisEngine engine, RandomGenerator random) {
        this.engine = engine;
        events = new LatencyEvents(engine.clock());
        latencies = new LatencyReport(engine, events);
        tracking = new ClientTracking(engine, random);
        clientEviction = new ClientEviction(engine);
        oomScore = new OomScore(engine);
    }

    /** Follows the settings. @param watches gets what ends that */
    void watch(Settings settings, Collection<AutoCloseable> watches) {
        watches.add(settings.watch(IntrospectionDirectives.LATENCY_TRACKING, on -> tracksLatency = on));
        watches.add(settings.watch(IntrospectionDirectives.SLOW_LOG_LENGTH, slowLog::most));
        watches.add(settings.watch(IntrospectionDirectives.TRACKED_KEYS, tracking::limit));
        watches.add(settings.watch(IntrospectionDirectives.CLIENT_MEMORY, clientEviction::limit));
        watches.add(settings.watch(IntrospectionDirectives.SLOWER_THAN, micros -> {
            slowerThan = micros < 0 || micros > Long.MAX_VALUE / 1000 ? Long.MAX_VALUE : micros * 1000;
            noticed = Math.min(slowerThan, events.thresholdNanos());
        }));
        watches.add(settings.watch(IntrospectionDirectives.LATENCY_MONITOR, milliseconds -> {
            events.threshold(milliseconds);
            noticed = Math.min(slowerThan, events.thresholdNanos());
        }));
    }

    boolean tracksLatency() {
        return tracksLatency;
    }

    /** Whether no calls are to be timed together. */
    boolean timesEach() {
        return slowerThan < EACH_BELOW;
    }

    LatencyEvents events() {
        return events;
    }

    /** Several calls of a fast command, one after the other, have taken so long. */
    void called(long took) {
        if (took >= noticed) {
            events.took("fast-command", took);
        }
    }

    /**
     * One call has taken so long, ns.
     *
     * @param blocked whether it waits, and will be run again: it gets into the slow log then
     */
    void called(ClientSession session, CommandSlot slot, Arguments request, long took, boolean blocked) {
        if (took >= noticed) {
            events.took(slot.fast ? "fast-command" : "command", took);
            slow(session, slot, request, took, blocked);
        }
    }

    /** A request that had waited was run again, which took so long. */
    void unblocked(ClientSession session, CommandSlot slot, Arguments request, long took, boolean waitsOn) {
        if (took >= noticed) {
            events.took("command-unblocking", took);
            slow(session, slot, request, took, waitsOn);
        }
    }

    private void slow(ClientSession session, CommandSlot slot, Arguments request, long took, boolean blocked) {
        if (took >= slowerThan && !blocked && !slot.unrecorded) {
            slowLog.add(session, slot, request, engine.now() / 1000, took / 1000);
        }
    }

    /** Ten times a second. */
    void tick() {
        peak = Math.max(peak, engine.usedMemory());
        engine.statistics().exceeded(engine.eviction().exceeded(), engine.now());
        tracking.tick();
        clientEviction.tick();
        oomScore.tick();
    }

    /** The data is complete. */
    void loaded() {
        dataAtStart = engine.usedMemory();
    }

    @Override
    public SlowRequests slowLog() {
        return slowLog;
    }

    @Override
    public LatencyReport latencies() {
        return latencies;
    }

    @Override
    public ClientTracking tracking() {
        return tracking;
    }

    @Override
    public MemoryUse memory() {
        long data = engine.usedMemory();
        peak = Math.max(peak, data);
        return new MemoryUse(data, peak, dataAtStart, ProcessMemory.resident());
    }
}
