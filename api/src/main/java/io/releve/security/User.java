package io.releve.security;

import org.osgi.annotation.versioning.ConsumerType;

/** Whom sessions run as: the same object as long as the user exists, whatever becomes of its rights. */
@ConsumerType
public interface User {
    /** As clients see it. */
    String name();

    /** Whether it may run every command on every key and channel, so that nothing needs to be looked at. A field's read. */
    boolean mayDoAll();
}
