package io.releve.management.swap;

import io.releve.engine.Engine;
import io.releve.engine.Exchange;
import io.releve.engine.ListenerProvider;
import io.releve.keyspace.KeyspaceProvider;
import io.releve.management.Tier;
import io.releve.persistence.JournalProvider;
import io.releve.persistence.SnapshotterProvider;
import io.releve.replication.ReplicationProvider;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Exchanges one part after the other. The new bundle is resolved and started beside the old one, takes over, and only then the
 * old one stops; it stays installed, to go back to. What fails on the way leaves the old part at work. May take as long as a
 * base of a journal is written: never called from an event loop.
 */
final class Swapper {
    private static final Logger LOG = LoggerFactory.getLogger(Swapper.class);
    /** How long a started bundle has to offer its service. */
    private static final long PATIENCE_NANOS = 5_000_000_000L;
    private static final long LOOK_AGAIN_MS = 5;

    private final BundleContext context;
    private final Draining draining = new Draining();
    private final Map<String, Swap> last = new ConcurrentHashMap<>();

    /**
     * What was done.
     *
     * @param nanos from the request until the old part was stopped
     * @param stalledNanos how long nothing else could be done meanwhile
     */
    record Swap(String part, String from, String to, long nanos, long stalledNanos, boolean kept) {
    }

    Swapper(BundleContext context) {
        this.context = context;
    }

    Map<String, Part> parts(Engine engine) {
        return new Parts(context, engine).all();
    }

    Part part(Engine engine, String name) throws SwapException {
        Map<String, Part> parts = parts(engine);
        Part part = parts.get(name);
        if (part == null) {
            throw new SwapException("there is no part '" + name + "'; there are " + String.join(", ", parts.keySet()));
        }
        return part;
    }

    /** The last swap of a part, or null. */
    Swap last(String part) {
        return last.get(part);
    }

    /** Nothing is stopped later. */
    void close() {
        draining.close();
    }

    /** @param wanted a provider, a version, {@code provider@version} or a jar in {@code deploy/} or with its whole path */
    synchronized Swap swap(Engine engine, String name, String wanted, boolean keep) throws SwapException {
        long began = System.nanoTime();
        Part part = part(engine, name);
        if (part.tier() == Tier.CORE) {
            throw new SwapException("'" + name + "' belongs to the core, which is not exchanged under load: restart the server,"
                    + " or fail over to a replica and restart this one");
        }
        Offer old = part.active();
        if (old != null && old.is(wanted, old) && part.idle(wanted) == null) {
            throw new SwapException("'" + name + "' is " + described(old) + " already");
        }
        boolean byName = part.offers().stream().anyMatch(offer -> offer.provider().equals(wanted));
        if (keep && byName && engine.settings().file().isEmpty()) {
            throw new SwapException("it cannot be kept: the server runs without a configuration file");
        }
        Candidate candidate = candidate(part, wanted);
        try {
            if (keep) {
                refuseWhatWouldNotLast(candidate.bundle());
            }
            candidate.start();
            Offer next = await(engine, part, candidate.bundle());
            long stalled = exchange(engine, part, next);
            stopReplaced(part, next);
            if (keep) {
                keep(engine, next, old);
            }
            Swap swap = new Swap(name, old == null ? "nothing" : described(old), described(next), System.nanoTime() - began, stalled,
                    keep);
            last.put(name, swap);
            LOG.info("{} is {} now instead of {}: {} ms, {} us of them nothing else was done", name, swap.to(), swap.from(),
                    swap.nanos() / 1_000_000, stalled / 1000);
            return swap;
        } catch (SwapException e) {
            candidate.takeBack();
            throw e;
        } catch (IOException e) {
            candidate.takeBack();
            throw new SwapException(e.getMessage(), e);
        }
    }

    private static String described(Offer offer) {
        return offer.provider() + "@" + offer.bundle().getVersion();
    }

    private Candidate candidate(Part part, String wanted) throws SwapException {
        if (wanted.endsWith(".jar")) {
            Path jar = deployFolder().resolve(wanted);
            Candidate candidate = Candidate.install(context, jar);
            if (part.offers().stream().noneMatch(
                    offer -> offer.bundle().getSymbolicName().equals(candidate.bundle().getSymbolicName())) && part.active() != null
                    && part.active().service() == null) {
                candidate.takeBack();
                throw new SwapException("the bundle " + candidate.bundle().getSymbolicName() + " is not another version of "
                        + part.name());
            }
            return candidate;
        }
        Offer idle = part.idle(wanted);
        if (idle != null) {
            return Candidate.of(context, idle.bundle());
        }
        for (Bundle bundle : context.getBundles()) {
            if (part.offers().stream().anyMatch(offer -> offer.bundle().getSymbolicName().equals(bundle.getSymbolicName())
                    && new Offer(offer.provider(), bundle, null, false).is(wanted, part.active()) && part.of(bundle) == null)) {
                return Candidate.of(context, bundle);
            }
        }
        throw new SwapException("nothing installed is '" + wanted + "' for " + part.name() + "; put its jar into deploy/, or name a"
                + " jar");
    }

    /** The folder that is watched for jars; the first that FileInstall has. */
    private Path deployFolder() {
        String folders = context.getProperty("felix.fileinstall.dir");
        return Path.of(folders == null ? "." : folders.split(",")[0]);
    }

    /** Waits until the started bundle offers the part. */
    private Offer await(Engine engine, Part part, Bundle bundle) throws SwapException {
        if (part.active() != null && part.active().service() == null) {
            return new Offer(part.name(), bundle, null, false);
        }
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (System.nanoTime() < end) {
            Part now = parts(engine).get(part.name());
            Offer offer = now == null ? null : now.of(bundle);
            if (offer != null) {
                return offer;
            }
            try {
                Thread.sleep(LOOK_AGAIN_MS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new SwapException("interrupted", e);
            }
        }
        throw new SwapException("bundle " + bundle.getSymbolicName() + " " + bundle.getVersion() + " started, but offers no "
                + part.name() + "; the log or releve:report say what it lacks");
    }

    private static long exchange(Engine engine, Part part, Offer next) throws IOException, SwapException {
        Exchange exchange = engine.exchange();
        return switch (part.name()) {
            case Parts.JOURNAL -> exchange.to((JournalProvider) next.service());
            case Parts.SNAPSHOT -> exchange.to((SnapshotterProvider) next.service());
            case Parts.REPLICATION -> exchange.to((ReplicationProvider) next.service());
            case Parts.KEYSPACE -> exchange.to((KeyspaceProvider) next.service());
            case Parts.LISTENER -> ((ListenerProvider) next.service()).takeOver(
                    part.active() == null ? null : (ListenerProvider) part.active().service());
            default -> {
                if (part.tier() == Tier.STATEFUL) {
                    throw new SwapException("'" + part.name() + "' cannot be exchanged while the server runs; restart it");
                }
                yield 0;
            }
        };
    }

    /** Other versions of the new part's bundle stop; they stay installed. Listeners do so when their connections have ended. */
    private void stopReplaced(Part part, Offer next) throws SwapException {
        for (Offer offer : part.offers()) {
            Bundle bundle = offer.bundle();
            if (!bundle.equals(next.bundle()) && bundle.getSymbolicName().equals(next.bundle().getSymbolicName())) {
                if (offer.service() instanceof ListenerProvider listener) {
                    draining.stopOnceEmpty(bundle, listener);
                    continue;
                }
                try {
                    bundle.stop(Bundle.STOP_TRANSIENT);
                } catch (BundleException e) {
                    throw new SwapException("the old version does not stop: " + e.getMessage(), e);
                }
            }
        }
    }

    /** Has the next start of the server find it as it is now. */
    private void keep(Engine engine, Offer next, Offer old) throws IOException {
        if (old == null || !old.provider().equals(next.provider())) {
            // the directive that chooses it is set already
            engine.settings().rewrite();
        }
        Path jar = file(next.bundle());
        if (jar != null && !isInstalled(jar)) {
            Files.copy(jar, copy(jar), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Whether it lies in the installation, where the next start finds it. */
    private boolean isInstalled(Path jar) {
        return jar.startsWith(deployFolder().toAbsolutePath().normalize().getParent());
    }

    /** Where the copy is of a jar from elsewhere that was kept. */
    private Path copy(Path jar) {
        return deployFolder().resolve(jar.getFileName());
    }

    /** Of several versions the next start uses the highest. */
    private void refuseWhatWouldNotLast(Bundle next) throws SwapException {
        for (Bundle other : context.getBundles()) {
            Path jar = file(other);
            if (next.getSymbolicName().equals(other.getSymbolicName()) && other.getVersion().compareTo(next.getVersion()) > 0
                    && jar != null && (isInstalled(jar) || Files.exists(copy(jar)))) {
                throw new SwapException("it cannot be kept: the next start would use version " + other.getVersion() + ", "
                        + (isInstalled(jar) ? jar : copy(jar)) + "; take that jar away first");
            }
        }
    }

    /** The jar a bundle was installed from, or null. */
    private static Path file(Bundle bundle) {
        try {
            return Path.of(URI.create(bundle.getLocation())).toAbsolutePath().normalize();
        } catch (IllegalArgumentException | FileSystemNotFoundException e) {
            return null;
        }
    }
}
