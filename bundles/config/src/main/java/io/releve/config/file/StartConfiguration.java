package io.releve.config.file;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The configuration {@code io.releve}: for containers whose framework properties belong to somebody else. */
@ObjectClassDefinition(name = "Relève", description = "How the Redis-compatible server in this container starts. What is set"
        + " here counts from its next start on; CONFIG SET changes the server that runs.")
@interface StartConfiguration {
    /** Path of the file; empty without one. */
    @AttributeDefinition(name = "Configuration file", description = "Path of a redis.conf; empty for the defaults",
            required = false)
    String config() default "";

    /** As on the command line. */
    @AttributeDefinition(name = "Options", description = "Directives as on the command line, for example: --port 7000"
            + " --maxmemory 200mb; they override the file", required = false)
    String options() default "";
}
