package io.releve.persistence.segments;

import io.releve.config.Directive;
import io.releve.config.Directive.Trait;
import io.releve.config.DirectiveSet;
import java.util.List;
import org.osgi.service.component.annotations.Component;

/** The settings of this journal, which are ours, and those of the append-only file that it follows as well. */
@Component
public final class SegmentsDirectives implements DirectiveSet {
    /** Folder in {@code dir}. */
    static final Directive<String> FOLDER = Directive.text("segments-dirname", "segments").with(Trait.IMMUTABLE);
    /** Bytes after which another segment is begun. */
    static final Directive<Long> MAX_BYTES = Directive.memory("segments-max-bytes", 64L << 20, 1 << 12, 1L << 40);

    // Offered by the bundle of the append-only file.
    static final Directive<Long> REWRITE_PERCENTAGE =
            Directive.integer("auto-aof-rewrite-percentage", 100, 0, Integer.MAX_VALUE);
    static final Directive<Long> REWRITE_MIN_SIZE =
            Directive.memory("auto-aof-rewrite-min-size", 64L << 20, 0, Long.MAX_VALUE);
    static final Directive<Boolean> LOAD_TRUNCATED = Directive.bool("aof-load-truncated", true);

    @Override
    public List<Directive<?>> directives() {
        return List.of(FOLDER, MAX_BYTES);
    }
}
