package io.releve.replication.psync;

import io.releve.replication.Replication;
import io.releve.replication.ReplicationContext;
import io.releve.replication.ReplicationProvider;
import org.osgi.service.component.annotations.Component;

/** Replication as Redis does it. */
@Component
public final class PsyncProvider implements ReplicationProvider {
    @Override
    public String name() {
        return "psync";
    }

    @Override
    public Replication open(ReplicationContext context) {
        return new PsyncReplication(context);
    }
}
