package io.releve.engine.core;

import io.releve.command.CommandSet;
import java.util.Comparator;
import java.util.Objects;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.Version;

/**
 * A command set from the registry with what decides between two that offer the same command, as it was when the set was
 * bound: service ranking, then version of the bundle, then the older service.
 */
record BoundSet(CommandSet set, String name, int ranking, Version version, long serviceId) implements Comparable<BoundSet> {
    private static final Comparator<BoundSet> ORDER = Comparator.comparingInt(BoundSet::ranking)
            .thenComparing(BoundSet::version).thenComparing(Comparator.comparingLong(BoundSet::serviceId).reversed());

    static BoundSet of(ServiceReference<CommandSet> reference, CommandSet set) {
        return new BoundSet(set, Objects.requireNonNull(set.name(), "it has no name"),
                reference.getProperty(Constants.SERVICE_RANKING) instanceof Integer ranking ? ranking : 0,
                reference.getBundle().getVersion(), (Long) reference.getProperty(Constants.SERVICE_ID));
    }

    @Override
    public int compareTo(BoundSet other) {
        return ORDER.compare(this, other);
    }
}
