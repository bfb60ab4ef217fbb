package io.releve.management;

import io.releve.engine.Engine;
import io.releve.engine.Listener;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells whoever started the server, on standard output, that clients can connect; the log may be elsewhere. */
@Component(immediate = true)
public final class ReadyLine {
    private static final Logger LOG = LoggerFactory.getLogger(ReadyLine.class);

    private final BundleContext context;

    /** @param engine is there once the data is loaded */
    @Activate
    public ReadyLine(BundleContext context, @Reference Engine engine) {
        this.context = context;
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindListener(Listener listener) {
        if (ContainerLifecycle.isOurs(context) && !listener.addresses().isEmpty()) {
            String version = context.getBundle().getVersion().toString().replace(".SNAPSHOT", "-SNAPSHOT");
            System.out.println("Relève " + version + " is ready on " + String.join(", ", listener.addresses())
                    + ", pid " + ProcessHandle.current().pid());
        }
    }

    void unbindListener(Listener listener) {
        LOG.debug("No longer listening on {}", listener.addresses());
    }
}
