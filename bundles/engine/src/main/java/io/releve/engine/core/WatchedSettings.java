package io.releve.engine.core;

import io.releve.config.Settings;
import io.releve.engine.pubsub.Notifications;
import java.util.List;

/**
 * Has the parts of an engine follow its settings.
 *
 * @param watches gets what ends that
 */
record WatchedSettings(Settings settings, List<AutoCloseable> watches) {
    void apply(RedisEngine engine) {
        Eviction eviction = engine.eviction();
        AccessClock accessClocks = engine.accessClocks();
        watches.add(settings.watch(EngineDirectives.MAXMEMORY, eviction::limit));
        watches.add(settings.watch(EngineDirectives.MAXMEMORY_SAMPLES, eviction::samples));
        watches.add(settings.watch(EngineDirectives.EVICTION_TENACITY, eviction::tenacity));
        watches.add(settings.watch(EngineDirectives.MAXMEMORY_POLICY, policy -> {
            eviction.policy(policy);
            accessClocks.policy(policy);
        }));
        watches.add(settings.watch(EngineDirectives.LFU_LOG_FACTOR, accessClocks::logFactor));
        watches.add(settings.watch(EngineDirectives.LFU_DECAY_TIME, accessClocks::decayMinutes));
        watches.add(settings.watch(Notifications.DIRECTIVE, engine.signals()::classes));
        watches.add(settings.watch(EngineDirectives.HZ, engine.cron()::frequency));
        watches.add(settings.watch(EngineDirectives.EXPIRE_EFFORT, engine.cron()::effort));
        watches.add(settings.watch(PersistenceDirectives.APPEND_FSYNC, engine.persistence()::appendFsync));
        watches.add(settings.watch(PersistenceDirectives.APPEND_ONLY, engine.persistence()::appendOnly));
        watches.add(settings.watch(PersistenceDirectives.JOURNAL, engine.persistence()::journal));
        engine.observation().watch(settings, watches);
    }
}
