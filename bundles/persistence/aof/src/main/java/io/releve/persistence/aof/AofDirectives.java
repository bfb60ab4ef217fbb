package io.releve.persistence.aof;

import io.releve.config.Directive;
import io.releve.config.Directive.Trait;
import io.releve.config.DirectiveSet;
import java.util.List;
import org.osgi.service.component.annotations.Component;

/** The settings of the append-only file (redis.conf of Redis 7.2, "Append only mode"). */
@Component
public final class AofDirectives implements DirectiveSet {
    static final Directive<String> FILE_NAME = Directive.text("appendfilename", "appendonly.aof").with(Trait.IMMUTABLE);
    static final Directive<String> DIRECTORY = Directive.text("appenddirname", "appendonlydir").with(Trait.IMMUTABLE);
    /** In percent of the size after the last rewrite; 0 never. */
    static final Directive<Long> REWRITE_PERCENTAGE =
            Directive.integer("auto-aof-rewrite-percentage", 100, 0, Integer.MAX_VALUE);
    static final Directive<Long> REWRITE_MIN_SIZE =
            Directive.memory("auto-aof-rewrite-min-size", 64L << 20, 0, Long.MAX_VALUE);
    static final Directive<Boolean> NO_FSYNC_ON_REWRITE = Directive.bool("no-appendfsync-on-rewrite", false);
    static final Directive<Boolean> LOAD_TRUNCATED = Directive.bool("aof-load-truncated", true);
    static final Directive<Boolean> RDB_PREAMBLE = Directive.bool("aof-use-rdb-preamble", true);
    static final Directive<Boolean> TIMESTAMPS = Directive.bool("aof-timestamp-enabled", false);
    static final Directive<Boolean> INCREMENTAL_FSYNC = Directive.bool("aof-rewrite-incremental-fsync", true);
    /** Whether files that a rewrite has made needless are left where they are. */
    static final Directive<Boolean> KEEP_HISTORY = Directive.bool("aof-disable-auto-gc", false);

    @Override
    public List<Directive<?>> directives() {
        return List.of(FILE_NAME, DIRECTORY, REWRITE_PERCENTAGE, REWRITE_MIN_SIZE, NO_FSYNC_ON_REWRITE, LOAD_TRUNCATED,
                RDB_PREAMBLE, TIMESTAMPS, INCREMENTAL_FSYNC, KEEP_HISTORY);
    }
}
