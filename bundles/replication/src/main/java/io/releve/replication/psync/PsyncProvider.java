package io.releve.replication.psync;

import io.releve.replication.Replication;
import io.releve.replication.ReplicationContext;
import io.releve.replication.ReplicationProvider;
import io.releve.security.Tls;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Replication as Redis does it. */
@Component
public final class PsyncProvider implements ReplicationProvider {
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Tls tls;

    @Override
    public String name() {
        return "psync";
    }

    @Override
    public Replication open(ReplicationContext context) {
        return new PsyncReplication(context, () -> tls);
    }
}
