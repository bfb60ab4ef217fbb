package io.releve.events;

import io.releve.command.CommandSet;
import io.releve.engine.Engine;
import io.releve.engine.Exchange;
import io.releve.keyspace.KeyspaceProvider;
import io.releve.persistence.JournalProvider;
import io.releve.persistence.SnapshotterProvider;
import io.releve.replication.ReplicationProvider;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.Version;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventAdmin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Posts {@code io/releve/ROLE} when a master becomes a replica or a replica a master, and {@code io/releve/SWAP} when another
 * provider or another version does the work of a part. It looks twice a second, whoever has made the change.
 */
@Component(immediate = true, service = {})
public final class EventSource {
    static final String ROLE_TOPIC = "io/releve/ROLE";
    static final String SWAP_TOPIC = "io/releve/SWAP";

    private static final Logger LOG = LoggerFactory.getLogger(EventSource.class);
    private static final long PERIOD_MS = 500;

    private final EventAdmin admin;
    private final Changes changes = new Changes();
    private final Set<CommandSet> commandSets = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread events = new Thread(task, "releve-events-1");
        events.setDaemon(true);
        return events;
    });
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    private volatile Engine engine;

    @Activate
    public EventSource(@Reference EventAdmin admin) {
        this.admin = admin;
    }

    EventSource(EventAdmin admin, Engine engine) {
        this(admin);
        this.engine = engine;
    }

    @Activate
    void activate() {
        thread.scheduleWithFixedDelay(this::look, 0, PERIOD_MS, TimeUnit.MILLISECONDS);
    }

    @Deactivate
    void deactivate() {
        thread.shutdownNow();
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindCommandSet(CommandSet set) {
        commandSets.add(set);
    }

    void unbindCommandSet(CommandSet set) {
        commandSets.remove(set);
    }

    void look() {
        try {
            changes.next(now()).forEach(change -> admin.postEvent(change.part().equals(Changes.ROLE)
                    ? new Event(ROLE_TOPIC, Map.of("from", change.from(), "to", change.to()))
                    : new Event(SWAP_TOPIC, Map.of("part", change.part(), "from", change.from(), "to", change.to()))));
        } catch (RuntimeException e) {
            LOG.debug("Nothing can be seen at the moment", e);
        }
    }

    /** Each part with what does its work, as {@code provider@version}, and the role. */
    private Map<String, String> now() {
        Map<String, String> now = new TreeMap<>();
        Map<String, Version> versions = new TreeMap<>();
        for (CommandSet set : commandSets) {
            // of two the higher one serves
            Version version = version(set);
            Version other = versions.merge(set.name(), version, (a, b) -> a.compareTo(b) > 0 ? a : b);
            now.put(set.name(), set.name() + '@' + other);
        }
        Engine current = engine;
        if (current != null) {
            now.put(Changes.ROLE, current.standing().replica() ? "replica" : "master");
            Exchange exchange = current.exchange();
            put(now, "journal", exchange.journal(), JournalProvider::name);
            put(now, "keyspace", exchange.keyspace(), KeyspaceProvider::name);
            put(now, "snapshot", exchange.snapshots(), SnapshotterProvider::name);
            put(now, "replication", exchange.replication(), ReplicationProvider::name);
        }
        return now;
    }

    private static <P> void put(Map<String, String> now, String part, P provider, Function<P, String> name) {
        if (provider != null) {
            now.put(part, name.apply(provider) + '@' + version(provider));
        }
    }

    private static Version version(Object service) {
        Bundle bundle = FrameworkUtil.getBundle(service.getClass());
        return bundle == null ? Version.emptyVersion : bundle.getVersion();
    }
}
