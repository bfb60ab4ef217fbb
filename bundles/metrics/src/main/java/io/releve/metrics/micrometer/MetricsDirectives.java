package io.releve.metrics.micrometer;

import io.releve.config.Directive;
import io.releve.config.DirectiveSet;
import java.util.List;
import org.osgi.service.component.annotations.Component;

/** Where figures are to be had by HTTP. Ours: Redis has no such thing. */
@Component
public final class MetricsDirectives implements DirectiveSet {
    /** 0 for none. */
    static final Directive<Long> PORT = Directive.integer("metrics-port", 0, 0, 65_535);
    static final Directive<String> BIND = Directive.text("metrics-bind", "127.0.0.1");

    @Override
    public List<Directive<?>> directives() {
        return List.of(PORT, BIND);
    }
}
