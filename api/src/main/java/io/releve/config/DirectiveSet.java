package io.releve.config;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/** A service: the directives a part declares. A directive nobody declares is unknown. */
@ConsumerType
public interface DirectiveSet {
    List<Directive<?>> directives();
}
