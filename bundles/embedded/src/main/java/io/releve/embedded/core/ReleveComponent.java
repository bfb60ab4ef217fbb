package io.releve.embedded.core;

import io.releve.embedded.Releve;
import io.releve.engine.Dispatcher;
import io.releve.engine.Engine;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceFactory;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Offers the running engine as {@link Releve} while there is one with its data; each bundle gets an object of its own. */
@Component(immediate = true, service = {})
public final class ReleveComponent implements ServiceFactory<Releve> {
    private final Dispatcher dispatcher;
    private final Engine engine;
    private final ServiceRegistration<?> registration;

    @Activate
    public ReleveComponent(BundleContext context, @Reference Dispatcher dispatcher, @Reference Engine engine) {
        this.dispatcher = dispatcher;
        this.engine = engine;
        registration = context.registerService(Releve.class.getName(), this, null);
    }

    /** Unregistering gives back what bundles have got, before the engine goes. */
    @Deactivate
    void close() {
        registration.unregister();
    }

    @Override
    public Releve getService(Bundle bundle, ServiceRegistration<Releve> registered) {
        return new EngineReleve("main", dispatcher, engine, () -> { });
    }

    @Override
    public void ungetService(Bundle bundle, ServiceRegistration<Releve> registered, Releve service) {
        service.close();
    }
}
