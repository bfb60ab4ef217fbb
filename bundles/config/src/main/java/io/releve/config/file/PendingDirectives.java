package io.releve.config.file;

import io.releve.config.Directive;
import io.releve.config.Directive.Trait;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The directives of Redis 7.2 that no part declares yet, so that a redis.conf as people have it is understood. As soon
 * as a part declares one of them, its declaration takes the place of the entry here.
 */
final class PendingDirectives {
    /** What happens when somebody sets one. */
    enum Attitude {
        /** Tunes something inside Redis that has no counterpart here: nothing is lost by accepting it. */
        QUIET,
        /** Accepted, and the log says that the part it is for does not exist yet. */
        WARNED,
        /** To go on as if it had been understood would be a lie: only the default is accepted. */
        REFUSED
    }

    private final Map<Directive<?>, Attitude> all = new LinkedHashMap<>();

    PendingDirectives() {
        persistence();
        replication();
        cluster();
        memory();
        encodings();
        system();
        security();
    }

    Map<Directive<?>, Attitude> all() {
        return all;
    }

    /** Known also where no bundle writes copies to disk. */
    private void persistence() {
        add(Attitude.WARNED, Directive.groups("save", 2, "Invalid save parameters",
                List.of("3600", "1", "300", "100", "60", "10000")).with(Trait.REPEATED, Trait.REPLACED));
        add(Attitude.QUIET, Directive.bool("appendonly", false));
        add(Attitude.QUIET, Directive.choice("appendfsync", "everysec", "everysec", "always", "no"));
        text(Attitude.QUIET, "appendfilename", "appendonly.aof", Trait.IMMUTABLE);
        text(Attitude.QUIET, "appenddirname", "appendonlydir", Trait.IMMUTABLE);
        text(Attitude.QUIET, "dbfilename", "dump.rdb");
        number(Attitude.QUIET, "auto-aof-rewrite-percentage", 100);
        add(Attitude.QUIET, Directive.memory("auto-aof-rewrite-min-size", 64L << 20, 0, Long.MAX_VALUE));
        yesNo(Attitude.QUIET, "no-appendfsync-on-rewrite", false);
        yesNo(Attitude.QUIET, "aof-load-truncated", true);
        yesNo(Attitude.QUIET, "aof-use-rdb-preamble", true);
        yesNo(Attitude.QUIET, "aof-timestamp-enabled", false);
        yesNo(Attitude.QUIET, "aof-rewrite-incremental-fsync", true);
        yesNo(Attitude.QUIET, "aof-disable-auto-gc", false);
        yesNo(Attitude.QUIET, "rdbcompression", true);
        yesNo(Attitude.QUIET, "rdbchecksum", true);
        yesNo(Attitude.QUIET, "rdb-save-incremental-fsync", true);
        yesNo(Attitude.QUIET, "rdb-del-sync-files", false);
        yesNo(Attitude.QUIET, "stop-writes-on-bgsave-error", true);
        add(Attitude.QUIET, Directive.choice("sanitize-dump-payload", "no", "no", "yes", "clients"));
    }

    private void replication() {
        add(Attitude.REFUSED, Directive.of("replicaof", new ReplicaOf(), "").alias("slaveof")
                .with(Trait.IMMUTABLE));
        text(Attitude.WARNED, "masterauth", "", Trait.SECRET);
        text(Attitude.WARNED, "masteruser", "");
        add(Attitude.WARNED, Directive.memory("repl-backlog-size", 1L << 20, 1, Long.MAX_VALUE));
        number(Attitude.WARNED, "repl-backlog-ttl", 3600);
        number(Attitude.WARNED, "repl-timeout", 60);
        number(Attitude.WARNED, "repl-ping-replica-period", 10, "repl-ping-slave-period");
        yesNo(Attitude.WARNED, "repl-disable-tcp-nodelay", false);
        yesNo(Attitude.WARNED, "repl-diskless-sync", true);
        number(Attitude.WARNED, "repl-diskless-sync-delay", 5);
        number(Attitude.WARNED, "repl-diskless-sync-max-replicas", 0);
        add(Attitude.WARNED,
                Directive.choice("repl-diskless-load", "disabled", "disabled", "on-empty-db", "swapdb"));
        number(Attitude.REFUSED, "min-replicas-to-write", 0, "min-slaves-to-write");
        number(Attitude.WARNED, "min-replicas-max-lag", 10, "min-slaves-max-lag");
        number(Attitude.WARNED, "replica-priority", 100, "slave-priority");
        yesNo(Attitude.WARNED, "replica-read-only", true, "slave-read-only");
        yesNo(Attitude.WARNED, "replica-serve-stale-data", true, "slave-serve-stale-data");
        yesNo(Attitude.WARNED, "replica-ignore-maxmemory", true, "slave-ignore-maxmemory");
        yesNo(Attitude.QUIET, "replica-lazy-flush", false, "slave-lazy-flush");
        yesNo(Attitude.WARNED, "replica-announced", true);
        yesNo(Attitude.QUIET, "replica-ignore-disk-write-errors", false);
        add(Attitude.WARNED, Directive.text("replica-announce-ip", "").alias("slave-announce-ip"));
        number(Attitude.WARNED, "replica-announce-port", 0, "slave-announce-port");
        add(Attitude.QUIET,
                Directive.choice("propagation-error-behavior", "ignore", "ignore", "panic", "panic-on-replicas"));
    }

    private void cluster() {
        yesNo(Attitude.REFUSED, "cluster-enabled", false, Trait.IMMUTABLE);
        text(Attitude.QUIET, "cluster-config-file", "nodes.conf", Trait.IMMUTABLE);
        number(Attitude.QUIET, "cluster-node-timeout", 15_000);
        number(Attitude.QUIET, "cluster-port", 0, Trait.IMMUTABLE);
        text(Attitude.QUIET, "cluster-announce-ip", "");
        text(Attitude.QUIET, "cluster-announce-hostname", "");
        text(Attitude.QUIET, "cluster-announce-human-nodename", "");
        number(Attitude.QUIET, "cluster-announce-port", 0);
        number(Attitude.QUIET, "cluster-announce-bus-port", 0);
        number(Attitude.QUIET, "cluster-announce-tls-port", 0);
        number(Attitude.QUIET, "cluster-migration-barrier", 1);
        number(Attitude.QUIET, "cluster-replica-validity-factor", 10, "cluster-slave-validity-factor");
        yesNo(Attitude.QUIET, "cluster-replica-no-failover", false, "cluster-slave-no-failover");
        yesNo(Attitude.QUIET, "cluster-require-full-coverage", true);
        yesNo(Attitude.QUIET, "cluster-allow-reads-when-down", false);
        yesNo(Attitude.QUIET, "cluster-allow-pubsubshard-when-down", true);
        yesNo(Attitude.QUIET, "cluster-allow-replica-migration", true);
        add(Attitude.QUIET, Directive.memory("cluster-link-sendbuf-limit", 0, 0, Long.MAX_VALUE));
        yesNo(Attitude.REFUSED, "tls-cluster", false);
        add(Attitude.QUIET,
                Directive.choice("cluster-preferred-endpoint-type", "ip", "ip", "hostname", "unknown-endpoint"));
    }

    private void memory() {
        for (String name : List.of("lazyfree-lazy-eviction", "lazyfree-lazy-expire", "lazyfree-lazy-server-del",
                "lazyfree-lazy-user-del", "lazyfree-lazy-user-flush", "activedefrag")) {
            yesNo(Attitude.QUIET, name, false);
        }
        number(Attitude.QUIET, "active-defrag-cycle-min", 1);
        number(Attitude.QUIET, "active-defrag-cycle-max", 25);
        number(Attitude.QUIET, "active-defrag-threshold-lower", 10);
        number(Attitude.QUIET, "active-defrag-threshold-upper", 100);
        number(Attitude.QUIET, "active-defrag-max-scan-fields", 1000);
        add(Attitude.QUIET, Directive.memory("active-defrag-ignore-bytes", 100L << 20, 1, Long.MAX_VALUE));
        yesNo(Attitude.QUIET, "activerehashing", true);
        yesNo(Attitude.QUIET, "jemalloc-bg-thread", true);
    }

    private void encodings() {
        number(Attitude.QUIET, "list-compress-depth", 0);
    }

    private void system() {
        yesNo(Attitude.QUIET, "dynamic-hz", true);
        for (String name : List.of("aof_rewrite_cpulist", "bgsave_cpulist", "bio_cpulist", "server_cpulist")) {
            text(Attitude.WARNED, name, "", Trait.IMMUTABLE);
        }
        text(Attitude.QUIET, "ignore-warnings", "");
        text(Attitude.WARNED, "tls-dh-params-file", "");
        text(Attitude.WARNED, "locale-collate", "");
        number(Attitude.WARNED, "socket-mark-id", 0, Trait.IMMUTABLE);
        yesNo(Attitude.QUIET, "disable-thp", true, Trait.IMMUTABLE);
        yesNo(Attitude.QUIET, "io-threads-do-reads", false, Trait.IMMUTABLE);
        // the virtual machine does not tell the two signals apart: shutdown-on-sigterm counts for both
        add(Attitude.WARNED, Directive.words("shutdown-on-sigint", List.of("default")));
    }

    private void security() {
        add(Attitude.REFUSED, Directive.words("rename-command", List.of()).with(Trait.REPEATED, Trait.IMMUTABLE));
        add(Attitude.REFUSED, Directive.words("loadmodule", List.of()).with(Trait.REPEATED, Trait.IMMUTABLE));
        text(Attitude.REFUSED, "aclfile", "", Trait.IMMUTABLE);
        number(Attitude.WARNED, "acllog-max-len", 128);
        add(Attitude.WARNED,
                Directive.choice("acl-pubsub-default", "resetchannels", "allchannels", "resetchannels"));
        add(Attitude.QUIET, Directive.choice("enable-module-command", "no", "no", "yes", "local")
                .with(Trait.IMMUTABLE));
        add(Attitude.QUIET, Directive.choice("enable-protected-configs", "no", "no", "yes", "local")
                .with(Trait.IMMUTABLE));
    }

    private void yesNo(Attitude attitude, String name, boolean defaultValue, Trait... traits) {
        add(attitude, Directive.bool(name, defaultValue).with(traits));
    }

    private void yesNo(Attitude attitude, String name, boolean defaultValue, String alias) {
        add(attitude, Directive.bool(name, defaultValue).alias(alias));
    }

    private void number(Attitude attitude, String name, long defaultValue, Trait... traits) {
        add(attitude, Directive.integer(name, defaultValue, 0, Integer.MAX_VALUE).with(traits));
    }

    private void number(Attitude attitude, String name, long defaultValue, String alias) {
        add(attitude, Directive.integer(name, defaultValue, 0, Integer.MAX_VALUE).alias(alias));
    }

    private void text(Attitude attitude, String name, String defaultValue, Trait... traits) {
        add(attitude, Directive.text(name, defaultValue).with(traits));
    }

    private void add(Attitude attitude, Directive<?> directive) {
        all.put(directive, attitude);
    }

    /** {@code replicaof host port}, where {@code no one} means none. */
    private static final class ReplicaOf implements Directive.Format<String> {
        @Override
        public String parse(List<String> words) {
            if (words.size() != 2) {
                throw new IllegalArgumentException("wrong number of arguments");
            }
            List<String> lower = new ArrayList<>(words);
            lower.replaceAll(word -> word.toLowerCase(java.util.Locale.ROOT));
            return lower.equals(List.of("no", "one")) ? "" : String.join(" ", words);
        }

        @Override
        public String show(String value) {
            return value;
        }
    }
}
