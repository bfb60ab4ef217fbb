package io.releve.engine.core;

import io.releve.config.Directive;
import io.releve.config.Directive.Trait;
import io.releve.config.DirectiveSet;
import io.releve.engine.pubsub.Notifications;
import io.releve.keyspace.EncodingLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Component;

/** The settings of the engine (redis.conf of Redis 7.2; {@code keyspace} is ours). */
@Component
public final class EngineDirectives implements DirectiveSet {
    static final Directive<Long> DATABASES = Directive.integer("databases", 16, 1, 65_536).with(Trait.IMMUTABLE);
    /** Name of the keyspace provider. */
    public static final Directive<String> KEYSPACE = Directive.text("keyspace", "chronicle").with(Trait.IMMUTABLE);
    /** Whether data of an earlier run may, or must, be used without loading it again; ours. */
    static final Directive<String> KEYSPACE_REUSE =
            Directive.choice("keyspace-reuse", "yes", "no", "yes", "required").with(Trait.IMMUTABLE);
    public static final Directive<String> DIR = Directive.text("dir", ".").with(Trait.IMMUTABLE);
    static final Directive<String> REQUIREPASS = Directive.text("requirepass", "").with(Trait.SECRET);
    static final Directive<Long> MAXMEMORY = Directive.memory("maxmemory", 0, 0, Long.MAX_VALUE);
    static final Directive<String> MAXMEMORY_POLICY = Directive.choice("maxmemory-policy", "noeviction",
            "volatile-lru", "volatile-lfu", "volatile-random", "volatile-ttl",
            "allkeys-lru", "allkeys-lfu", "allkeys-random", "noeviction");
    static final Directive<Long> MAXMEMORY_SAMPLES = Directive.integer("maxmemory-samples", 5, 1, 64);
    static final Directive<Long> EVICTION_TENACITY = Directive.integer("maxmemory-eviction-tenacity", 10, 0, 100);
    static final Directive<Long> LFU_LOG_FACTOR = Directive.integer("lfu-log-factor", 10, 0, Integer.MAX_VALUE);
    static final Directive<Long> LFU_DECAY_TIME = Directive.integer("lfu-decay-time", 1, 0, Integer.MAX_VALUE);
    static final Directive<Long> HZ = Directive.integer("hz", 10, 0, Integer.MAX_VALUE);
    static final Directive<Long> EXPIRE_EFFORT = Directive.integer("active-expire-effort", 1, 1, 10);
    static final Directive<String> DEBUG_COMMAND =
            Directive.choice("enable-debug-command", "no", "no", "yes", "local").with(Trait.IMMUTABLE);
    /** Immutable: what clients call commands. */
    static final Directive<Map<String, String>> RENAMED_COMMANDS =
            Directive.of("rename-command", new RenamedCommands(), Map.of()).with(Trait.REPEATED, Trait.IMMUTABLE);
    /** What a stop by a signal does: {@code default}, or some of {@code save}, {@code nosave}, {@code now}, {@code force}. */
    static final Directive<List<String>> STOP_BY_SIGNAL =
            Directive.of("shutdown-on-sigterm", new SignalOptions(), SignalOptions.DEFAULT);
    static final Directive<String> OOM_SCORE =
            Directive.choice("oom-score-adj", "no", "no", "yes", "relative", "absolute");
    /** For a master, for a replica, and for the child process of Redis that writes snapshots, which there is not here. */
    static final Directive<List<Long>> OOM_SCORES =
            Directive.of("oom-score-adj-values", new OomScore.Values(), List.of(0L, 200L, 800L));
    /** Milliseconds a client waits for a command whose bundle is being exchanged; ours. */
    static final Directive<Long> SWAP_GRACE = Directive.integer("swap-grace-period", 5000, 0, 600_000);

    /** Milliseconds after which others hear that a script runs; 0 for never. */
    static final Directive<Long> BUSY_THRESHOLD =
            Directive.integer("busy-reply-threshold", 5000, 0, Long.MAX_VALUE).alias("lua-time-limit");

    /** How long SHUTDOWN waits for replicas that do not have everything yet, s; 0 not at all. */
    static final Directive<Long> SHUTDOWN_TIMEOUT = Directive.integer("shutdown-timeout", 10, 0, Integer.MAX_VALUE);

    @Override
    public List<Directive<?>> directives() {
        List<Directive<?>> all = new ArrayList<>(List.of(BUSY_THRESHOLD, SHUTDOWN_TIMEOUT, DATABASES, KEYSPACE, KEYSPACE_REUSE, DIR, REQUIREPASS,
                MAXMEMORY, MAXMEMORY_POLICY, MAXMEMORY_SAMPLES,
                EVICTION_TENACITY, LFU_LOG_FACTOR, LFU_DECAY_TIME, HZ, EXPIRE_EFFORT, DEBUG_COMMAND,
                RENAMED_COMMANDS, STOP_BY_SIGNAL, OOM_SCORE, OOM_SCORES, SWAP_GRACE, Notifications.DIRECTIVE));
        all.addAll(EncodingLimits.DIRECTIVES);
        all.addAll(IntrospectionDirectives.ALL);
        return all;
    }
}
