package io.releve.replication;

import org.osgi.annotation.versioning.ConsumerType;

/** A service: a way of replicating. Opens nothing by itself. */
@ConsumerType
public interface ReplicationProvider {
    /** For people, for example {@code psync}. */
    String name();

    Replication open(ReplicationContext context);
}
