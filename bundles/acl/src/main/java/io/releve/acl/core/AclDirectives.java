package io.releve.acl.core;

import io.releve.config.Directive;
import io.releve.config.Directive.Trait;
import io.releve.config.DirectiveSet;
import java.util.List;
import org.osgi.service.component.annotations.Component;

/** The settings about users (redis.conf of Redis 7.2). */
@Component
public final class AclDirectives implements DirectiveSet {
    /** The file of the users; empty: they stand in the configuration file. */
    static final Directive<String> FILE = Directive.text("aclfile", "").with(Trait.IMMUTABLE);
    /** Entries that ACL LOG keeps. */
    static final Directive<Long> LOG_LENGTH = Directive.integer("acllog-max-len", 128, 0, Long.MAX_VALUE);
    /** What a new user may listen to. */
    static final Directive<String> PUBSUB_DEFAULT =
            Directive.choice("acl-pubsub-default", "resetchannels", "allchannels", "resetchannels");

    @Override
    public List<Directive<?>> directives() {
        return List.of(FILE, LOG_LENGTH, PUBSUB_DEFAULT);
    }
}
