package io.releve.examples.journal;

import io.releve.config.Directive;
import io.releve.config.Directive.Trait;
import io.releve.config.DirectiveSet;
import java.util.List;
import org.osgi.service.component.annotations.Component;

/** Directives of this journal. */
@Component
public final class RecordsDirectives implements DirectiveSet {
    /** Folder in {@code dir}. */
    static final Directive<String> FOLDER = Directive.text("records-dirname", "records").with(Trait.IMMUTABLE);
    /** Bytes of records after which a new base is written. */
    static final Directive<Long> MAX_BYTES = Directive.memory("records-max-bytes", 64L << 20, 1 << 12, 1L << 40);

    @Override
    public List<Directive<?>> directives() {
        return List.of(FOLDER, MAX_BYTES);
    }
}
