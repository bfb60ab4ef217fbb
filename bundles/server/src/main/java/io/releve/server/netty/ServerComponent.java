package io.releve.server.netty;

import io.releve.config.Settings;
import io.releve.engine.Dispatcher;
import io.releve.engine.Lifecycle;
import io.releve.engine.Listener;
import io.releve.engine.ListenerProvider;
import io.releve.engine.ListeningSocket;
import io.releve.info.InfoSection;
import io.releve.security.Tls;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleListener;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceListener;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The listener in an OSGi container: opens its sockets once the settings are read and the engine is ready. Where another version
 * listens it lies idle until it is told to take over, or the other one goes.
 */
@Component(immediate = true, service = {}, configurationPid = "io.releve.settings",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class ServerComponent implements ListenerProvider {
    private static final Logger LOG = LoggerFactory.getLogger(ServerComponent.class);

    private final BundleContext context;
    private final Dispatcher dispatcher;
    private final Settings settings;
    private final Lifecycle lifecycle;
    private final ServiceListener others = this::going;
    private final BundleListener bundles = this::gone;
    private Tls tls;
    /** Null while it never listened. */
    private volatile NettyServer server;
    /** Null while it does not listen. */
    private volatile ServiceRegistration<Listener> registration;
    /** There as long as {@link #registration} is. */
    private ServiceRegistration<InfoSection> section;
    private ServiceRegistration<ListenerProvider> offer;

    @Activate
    public ServerComponent(BundleContext context, @Reference Dispatcher dispatcher, @Reference Settings settings,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL,
                    policyOption = ReferencePolicyOption.GREEDY) Lifecycle lifecycle) {
        this.context = context;
        this.dispatcher = dispatcher;
        this.settings = settings;
        this.lifecycle = lifecycle;
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    synchronized void setTls(Tls newTls) {
        tls = newTls;
        if (server != null) {
            server.tls(newTls);
        }
    }

    /** Another may have been set before. */
    synchronized void unsetTls(Tls former) {
        if (tls == former) {
            tls = null;
        }
        if (server != null) {
            server.noTls(former);
        }
    }

    @Activate
    void open() {
        if (anotherListens() || newerIsHere()) {
            LOG.info("Version {} of the listener lies idle beside another one", context.getBundle().getVersion());
        } else {
            try {
                listen(List.of());
            } catch (IOException e) {
                if (lifecycle == null) {
                    LOG.error(e.getMessage());
                } else {
                    lifecycle.failed(e.getMessage());
                }
            }
        }
        offer = context.registerService(ListenerProvider.class, this, null);
        try {
            context.addServiceListener(others, "(objectClass=" + ListenerProvider.class.getName() + ")");
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
        context.addBundleListener(bundles);
    }

    private boolean anotherListens() {
        Collection<ServiceReference<ListenerProvider>> all;
        try {
            all = context.getServiceReferences(ListenerProvider.class, null);
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
        boolean listens = false;
        for (ServiceReference<ListenerProvider> reference : all) {
            ListenerProvider other = context.getService(reference);
            if (other != null) {
                listens |= other.listening();
                context.ungetService(reference);
            }
        }
        return listens;
    }

    /** At the start of the server the highest version listens, whichever comes first. */
    private boolean newerIsHere() {
        Bundle own = context.getBundle();
        return Arrays.stream(context.getBundles()).anyMatch(bundle -> own.getSymbolicName().equals(bundle.getSymbolicName())
                && bundle.getState() == Bundle.ACTIVE && bundle.getVersion().compareTo(own.getVersion()) > 0);
    }

    /** One that listens and whose bundle stops leaves its sockets to one that lies idle. */
    private void going(ServiceEvent event) {
        ServiceReference<?> reference = event.getServiceReference();
        if (event.getType() != ServiceEvent.UNREGISTERING || reference.getBundle().getState() != Bundle.STOPPING
                || context.getBundle(0).getState() == Bundle.STOPPING) {
            return;
        }
        if (context.getService(reference) instanceof ListenerProvider other) {
            if (other != this && other.listening() && !listening()) {
                takeOverOrSay(other);
            }
            context.ungetService(reference);
        }
    }

    /** The newer one that was to listen has gone before it did. */
    private void gone(BundleEvent event) {
        if (event.getType() == BundleEvent.STOPPED && !listening() && context.getBundle(0).getState() != Bundle.STOPPING
                && context.getBundle().getSymbolicName().equals(event.getBundle().getSymbolicName())
                && context.getBundle() != event.getBundle() && !anotherListens() && !newerIsHere()) {
            takeOverOrSay(null);
        }
    }

    private void takeOverOrSay(ListenerProvider former) {
        try {
            takeOver(former);
        } catch (IOException e) {
            LOG.error("Nobody listens: {}", e.getMessage());
        }
    }

    @Override
    public boolean listening() {
        return registration != null;
    }

    @Override
    public int connections() {
        NettyServer current = server;
        return current == null ? 0 : current.connections();
    }

    @Override
    public synchronized long takeOver(ListenerProvider former) throws IOException {
        if (listening()) {
            throw new IOException("this version listens already");
        }
        if (former == null) {
            listen(List.of());
            return 0;
        }
        return former.handOver(this::listen);
    }

    @Override
    public synchronized long handOver(Successor next) throws IOException {
        if (!listening()) {
            throw new IOException("this version does not listen");
        }
        long nanos = server.handOver(next);
        withdraw();
        return nanos;
    }

    private synchronized void listen(List<ListeningSocket> sockets) throws IOException {
        boolean first = server == null;
        NettyServer opened = first ? new NettyServer(dispatcher, settings) : server;
        if (first && tls != null) {
            opened.tls(tls);
        }
        try {
            opened.open(sockets);
        } catch (IOException | RuntimeException e) {
            if (first) {
                opened.close();
            }
            throw e;
        }
        server = opened;
        section = context.registerService(InfoSection.class, opened.section(), null);
        registration = context.registerService(Listener.class, opened, null);
    }

    private void withdraw() {
        registration.unregister();
        registration = null;
        section.unregister();
    }

    @Modified
    void modified() {
        // The settings tell the server themselves; the configuration only says that they have been read.
    }

    @Deactivate
    void close() {
        context.removeServiceListener(others);
        context.removeBundleListener(bundles);
        offer.unregister();
        synchronized (this) {
            if (registration != null) {
                withdraw();
            }
            if (server != null) {
                server.close();
                server = null;
            }
        }
    }
}
