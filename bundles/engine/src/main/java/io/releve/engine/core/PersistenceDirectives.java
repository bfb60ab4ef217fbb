package io.releve.engine.core;

import io.releve.config.Directive;
import io.releve.config.Directive.Trait;
import io.releve.config.DirectiveSet;
import java.util.List;
import org.osgi.service.component.annotations.Component;

/** What copies on disk the engine asks for (redis.conf of Redis 7.2; {@code journal} and {@code keyspace-file} are ours). */
@Component
public final class PersistenceDirectives implements DirectiveSet {
    static final Directive<Boolean> APPEND_ONLY = Directive.bool("appendonly", false);
    static final Directive<String> APPEND_FSYNC = Directive.choice("appendfsync", "everysec", "everysec", "always", "no");
    /** Name of the journal provider that {@code appendonly yes} means. */
    static final Directive<String> JOURNAL = Directive.text("journal", "aof");
    /**
     * What the mapped files of the keyspace are: {@code cache}, used only in the place of what AOF or RDB hold; or
     * {@code keep}, data of their own, which a clean stop keeps also without AOF and RDB.
     */
    static final Directive<String> KEYSPACE_FILE = Directive.choice("keyspace-file", "cache", "cache", "keep")
            .with(Trait.IMMUTABLE);

    @Override
    public List<Directive<?>> directives() {
        return List.of(APPEND_ONLY, APPEND_FSYNC, JOURNAL, KEYSPACE_FILE);
    }
}
