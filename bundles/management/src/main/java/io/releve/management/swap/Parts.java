package io.releve.management.swap;

import io.releve.command.CommandSet;
import io.releve.engine.Engine;
import io.releve.engine.Exchange;
import io.releve.engine.ListenerProvider;
import io.releve.keyspace.KeyspaceProvider;
import io.releve.management.BundleList;
import io.releve.management.Tier;
import io.releve.persistence.JournalProvider;
import io.releve.persistence.SnapshotterProvider;
import io.releve.replication.ReplicationProvider;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/**
 * The parts of this server as they stand in the registry: {@code journal}, {@code snapshot}, {@code replication},
 * {@code keyspace}, {@code listener}, each command set under its name, and every other bundle under its name without {@code io.releve.}.
 */
final class Parts {
    static final String JOURNAL = "journal";
    static final String SNAPSHOT = "snapshot";
    static final String REPLICATION = "replication";
    static final String KEYSPACE = "keyspace";
    static final String LISTENER = "listener";
    private static final String OURS = "io.releve.";

    private final BundleContext context;
    private final Engine engine;

    Parts(BundleContext context, Engine engine) {
        this.context = context;
        this.engine = engine;
    }

    /** All of them, by name. */
    Map<String, Part> all() {
        Exchange exchange = engine.exchange();
        Map<String, Part> parts = new TreeMap<>();
        Set<Bundle> seen = new HashSet<>();
        add(parts, seen, JOURNAL, offers(JournalProvider.class, JournalProvider::name, exchange.journal()));
        add(parts, seen, SNAPSHOT, offers(SnapshotterProvider.class, any -> SNAPSHOT, exchange.snapshots()));
        add(parts, seen, REPLICATION, offers(ReplicationProvider.class, any -> REPLICATION, exchange.replication()));
        add(parts, seen, KEYSPACE, offers(KeyspaceProvider.class, KeyspaceProvider::name, exchange.keyspace()));
        add(parts, seen, LISTENER, listeners());
        Map<String, List<Offer>> sets = new HashMap<>();
        // a stateful part brings its own commands along
        offers(CommandSet.class, CommandSet::name, null).stream().filter(offer -> !seen.contains(offer.bundle()))
                .forEach(offer -> sets.computeIfAbsent(offer.provider(), name -> new ArrayList<>()).add(offer));
        sets.forEach((name, offers) -> add(parts, seen, name, markFirst(offers)));
        for (Bundle bundle : BundleList.parts(context)) {
            if (!seen.contains(bundle) && bundle.getState() == Bundle.ACTIVE) {
                String name = bundle.getSymbolicName().substring(OURS.length());
                add(parts, new HashSet<>(), name, List.of(new Offer(name, bundle, null, true)));
            }
        }
        return parts;
    }

    private static void add(Map<String, Part> parts, Set<Bundle> seen, String name, List<Offer> offers) {
        if (!offers.isEmpty()) {
            offers.forEach(offer -> seen.add(offer.bundle()));
            parts.put(name, new Part(name, Tier.of(offers.get(0).bundle()), offers));
        }
    }

    /** The services of a kind, in falling order of precedence. */
    private <T> List<Offer> offers(Class<T> type, Function<T, String> name, T active) {
        List<ServiceReference<T>> references;
        try {
            references = new ArrayList<>(context.getServiceReferences(type, null));
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
        references.sort(Comparator.<ServiceReference<T>, org.osgi.framework.Version>comparing(
                reference -> reference.getBundle().getVersion()).reversed().thenComparing(Comparator.reverseOrder()));
        List<Offer> offers = new ArrayList<>();
        for (ServiceReference<T> reference : references) {
            Bundle bundle = reference.getBundle();
            T service = bundle == null ? null : context.getService(reference);
            if (service != null) {
                offers.add(new Offer(name.apply(service), bundle, service, service == active));
                context.ungetService(reference);
            }
        }
        return offers;
    }

    private List<Offer> listeners() {
        return offers(ListenerProvider.class, any -> LISTENER, null).stream().map(offer -> new Offer(offer.provider(), offer.bundle(),
                offer.service(), ((ListenerProvider) offer.service()).listening())).toList();
    }

    private static List<Offer> markFirst(List<Offer> offers) {
        List<Offer> marked = new ArrayList<>();
        for (Offer offer : offers) {
            marked.add(new Offer(offer.provider(), offer.bundle(), offer.service(), marked.isEmpty()));
        }
        return marked;
    }
}
