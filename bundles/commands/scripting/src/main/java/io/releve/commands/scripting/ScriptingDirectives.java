package io.releve.commands.scripting;

import io.releve.config.Directive;
import io.releve.config.Directive.Trait;
import io.releve.config.DirectiveSet;
import java.util.List;
import org.osgi.service.component.annotations.Component;

/** Settings of scripts. */
@Component
public final class ScriptingDirectives implements DirectiveSet {
    /** Bytes that Lua may use; ours. Redis has no limit. */
    static final Directive<Long> MEMORY_LIMIT =
            Directive.memory("script-memory-limit", 256L << 20, 4L << 20, 8L << 30).with(Trait.IMMUTABLE);

    @Override
    public List<Directive<?>> directives() {
        return List.of(MEMORY_LIMIT);
    }
}
