package io.releve.server.netty;

import io.releve.config.Settings;
import io.releve.engine.Dispatcher;
import io.releve.engine.Lifecycle;
import io.releve.engine.Listener;
import io.releve.info.InfoSection;
import io.releve.security.Tls;
import java.io.IOException;
import org.osgi.framework.BundleContext;
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

/** The listener in an OSGi container: opens its sockets once the settings are read and the engine is ready. */
@Component(immediate = true, service = {}, configurationPid = "io.releve.settings",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class ServerComponent {
    private static final Logger LOG = LoggerFactory.getLogger(ServerComponent.class);

    private final NettyServer server;
    private final BundleContext context;
    private final Lifecycle lifecycle;
    private ServiceRegistration<Listener> registration;
    private ServiceRegistration<InfoSection> section;

    @Activate
    public ServerComponent(BundleContext context, @Reference Dispatcher dispatcher, @Reference Settings settings,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL,
                    policyOption = ReferencePolicyOption.GREEDY) Lifecycle lifecycle) {
        this.context = context;
        this.lifecycle = lifecycle;
        server = new NettyServer(dispatcher, settings);
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void setTls(Tls tls) {
        server.tls(tls);
    }

    /** Another may have been set before. */
    void unsetTls(Tls tls) {
        server.noTls(tls);
    }

    @Activate
    void open() {
        try {
            server.open();
            registration = context.registerService(Listener.class, server, null);
            section = context.registerService(InfoSection.class, server.section(), null);
        } catch (IOException e) {
            if (lifecycle == null) {
                LOG.error(e.getMessage());
            } else {
                lifecycle.failed(e.getMessage());
            }
        }
    }

    @Modified
    void modified() {
        // The settings tell the server themselves; the configuration only says that they have been read.
    }

    @Deactivate
    void close() {
        if (registration != null) {
            registration.unregister();
        }
        if (section != null) {
            section.unregister();
        }
        server.close();
    }
}
