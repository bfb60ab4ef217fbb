package io.releve.management;

import io.releve.engine.Lifecycle;
import java.util.concurrent.atomic.AtomicBoolean;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops the framework where it is ours (framework property {@code releve.launcher=true}) and leaves the exit code in
 * the system property {@code releve.exit} for the launcher. In somebody else's container it only says what happened.
 */
@Component
public final class ContainerLifecycle implements Lifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(ContainerLifecycle.class);

    private final BundleContext context;
    private final AtomicBoolean stopping = new AtomicBoolean();

    @Activate
    public ContainerLifecycle(BundleContext context) {
        this.context = context;
    }

    static boolean isOurs(BundleContext context) {
        return Lifecycle.isOurs(context.getProperty(PROPERTY));
    }

    @Override
    public void failed(String sentence) {
        LOG.error(sentence);
        end(1);
    }

    @Override
    public void stop() {
        end(0);
    }

    private void end(int exitCode) {
        if (!isOurs(context)) {
            LOG.warn("The container belongs to somebody else and goes on; stop the bundles of the server there");
            return;
        }
        if (!stopping.compareAndSet(false, true)) {
            return;
        }
        System.setProperty("releve.exit", Integer.toString(exitCode));
        try {
            // the framework stops on a thread of its own
            context.getBundle(0).stop();
        } catch (BundleException e) {
            LOG.error("The framework does not stop", e);
        }
    }
}
