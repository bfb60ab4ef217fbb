package io.releve.replication.psync;

import io.releve.config.Directive;
import io.releve.config.Directive.Trait;
import io.releve.config.DirectiveSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.osgi.service.component.annotations.Component;

/** The settings of replication (redis.conf of Redis 7.2, "Replication"). Times are in seconds. */
@Component
public final class ReplicationDirectives implements DirectiveSet {
    private static final int MOST = Integer.MAX_VALUE;

    /** Host and port of the master with a blank between them, empty without one. */
    static final Directive<String> REPLICA_OF = Directive.of("replicaof", new ReplicaOf(), "").alias("slaveof")
            .with(Trait.IMMUTABLE);
    static final Directive<String> MASTER_USER = Directive.text("masteruser", "");
    static final Directive<String> MASTER_AUTH = Directive.text("masterauth", "").with(Trait.SECRET);
    static final Directive<Boolean> READ_ONLY = Directive.bool("replica-read-only", true).alias("slave-read-only");
    static final Directive<Boolean> SERVE_STALE = Directive.bool("replica-serve-stale-data", true)
            .alias("slave-serve-stale-data");
    static final Directive<Boolean> IGNORE_MAXMEMORY = Directive.bool("replica-ignore-maxmemory", true)
            .alias("slave-ignore-maxmemory");
    static final Directive<Long> PRIORITY = Directive.integer("replica-priority", 100, 0, MOST).alias("slave-priority");
    static final Directive<Boolean> ANNOUNCED = Directive.bool("replica-announced", true);
    static final Directive<String> ANNOUNCE_IP = Directive.text("replica-announce-ip", "").alias("slave-announce-ip");
    static final Directive<Long> ANNOUNCE_PORT = Directive.integer("replica-announce-port", 0, 0, 65_535)
            .alias("slave-announce-port");
    static final Directive<Boolean> DISKLESS_SYNC = Directive.bool("repl-diskless-sync", true);
    static final Directive<Long> DISKLESS_DELAY = Directive.integer("repl-diskless-sync-delay", 5, 0, MOST);
    static final Directive<Long> DISKLESS_MAX = Directive.integer("repl-diskless-sync-max-replicas", 0, 0, MOST);
    static final Directive<String> DISKLESS_LOAD = Directive.choice("repl-diskless-load", "disabled", "disabled",
            "on-empty-db", "swapdb");
    static final Directive<Boolean> NO_DELAY_OFF = Directive.bool("repl-disable-tcp-nodelay", false);
    /** Address of ours from which the master is spoken to; empty for any. */
    static final Directive<String> SOURCE_ADDRESS = Directive.text("bind-source-addr", "");
    static final Directive<Long> PING_PERIOD = Directive.integer("repl-ping-replica-period", 10, 1, MOST)
            .alias("repl-ping-slave-period");
    static final Directive<Long> TIMEOUT = Directive.integer("repl-timeout", 60, 1, MOST);
    static final Directive<Long> BACKLOG_SIZE = Directive.memory("repl-backlog-size", 1L << 20, 1, Long.MAX_VALUE);
    static final Directive<Long> BACKLOG_TTL = Directive.integer("repl-backlog-ttl", 3600, 0, MOST);
    static final Directive<Long> MIN_TO_WRITE = Directive.integer("min-replicas-to-write", 0, 0, MOST)
            .alias("min-slaves-to-write");
    /**
     * Ours: a write is answered when so many replicas have it; with {@code fsync}, when they have it on disk, which replicas
     * tell that write an append-only file (Redis since 7.2).
     */
    static final Directive<Confirmation> MIN_TO_ACK = Directive.of("min-replicas-to-ack", Confirmation.FORMAT,
            Confirmation.NONE);
    /** Ours: how long replies wait for that, ms; 0 for ever. */
    static final Directive<Long> ACK_TIMEOUT = Directive.integer("replica-ack-timeout", 5000, 0, MOST);
    static final Directive<Long> MIN_MAX_LAG = Directive.integer("min-replicas-max-lag", 10, 0, MOST)
            .alias("min-slaves-max-lag");

    @Override
    public List<Directive<?>> directives() {
        return List.of(REPLICA_OF, MASTER_USER, MASTER_AUTH, READ_ONLY, SERVE_STALE, IGNORE_MAXMEMORY, PRIORITY, ANNOUNCED,
                ANNOUNCE_IP, ANNOUNCE_PORT, DISKLESS_SYNC, DISKLESS_DELAY, DISKLESS_MAX, DISKLESS_LOAD, NO_DELAY_OFF, SOURCE_ADDRESS,
                PING_PERIOD, TIMEOUT, BACKLOG_SIZE, BACKLOG_TTL, MIN_TO_WRITE, MIN_MAX_LAG, MIN_TO_ACK, ACK_TIMEOUT);
    }

    /** {@code replicaof host port}, where {@code no one} means none. */
    private static final class ReplicaOf implements Directive.Format<String> {
        @Override
        public String parse(List<String> given) {
            List<String> words = given.size() == 1 ? List.of(given.get(0).split(" ")) : given;
            if (words.size() != 2) {
                throw new IllegalArgumentException("wrong number of arguments");
            }
            List<String> lower = new ArrayList<>(words);
            lower.replaceAll(word -> word.toLowerCase(Locale.ROOT));
            if (lower.equals(List.of("no", "one"))) {
                return "";
            }
            Address.port(words.get(1));
            return String.join(" ", words);
        }

        @Override
        public String show(String value) {
            return value;
        }
    }
}
