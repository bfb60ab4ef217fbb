package io.releve.persistence.rdb;

import io.releve.config.Directive;
import io.releve.config.Directive.Trait;
import io.releve.config.DirectiveSet;
import io.releve.format.rdb.RdbDirectives;
import java.util.List;
import org.osgi.service.component.annotations.Component;

/** The settings of snapshots (redis.conf of Redis 7.2, "Snapshotting"). */
@Component
public final class SnapshotDirectives implements DirectiveSet {
    /** Pairs of seconds and changes. */
    static final Directive<List<String>> SAVE = Directive.groups("save", 2, "Invalid save parameters",
            List.of("3600", "1", "300", "100", "60", "10000")).with(Trait.REPEATED, Trait.REPLACED);
    static final Directive<String> FILE_NAME = Directive.text("dbfilename", "dump.rdb");
    static final Directive<Boolean> STOP_WRITES = Directive.bool("stop-writes-on-bgsave-error", true);
    static final Directive<Boolean> INCREMENTAL_FSYNC = Directive.bool("rdb-save-incremental-fsync", true);

    @Override
    public List<Directive<?>> directives() {
        return List.of(SAVE, FILE_NAME, STOP_WRITES, INCREMENTAL_FSYNC, RdbDirectives.COMPRESSION, RdbDirectives.CHECKSUM);
    }
}
