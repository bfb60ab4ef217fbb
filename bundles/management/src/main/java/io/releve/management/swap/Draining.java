package io.releve.management.swap;

import io.releve.engine.ListenerProvider;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Listeners that accept no more: each bundle is stopped when the last of its connections has ended. */
final class Draining {
    private static final Logger LOG = LoggerFactory.getLogger(Draining.class);
    private static final long LOOK_AGAIN_MS = 200;

    private final Map<Bundle, ListenerProvider> bundles = new ConcurrentHashMap<>();
    /** Null while nothing is to be stopped. */
    private Thread thread;
    private boolean closed;

    synchronized void stopOnceEmpty(Bundle bundle, ListenerProvider listener) {
        bundles.put(bundle, listener);
        if (thread == null && !closed) {
            thread = new Thread(this::run, "releve-management-draining");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private void run() {
        try {
            while (more()) {
                // what was accepted last is counted by then
                Thread.sleep(LOOK_AGAIN_MS);
                bundles.forEach(this::look);
            }
        } catch (InterruptedException e) {
            LOG.debug("No more bundles are stopped");
        }
    }

    private synchronized boolean more() {
        if (bundles.isEmpty()) {
            thread = null;
        }
        return !bundles.isEmpty();
    }

    private void look(Bundle bundle, ListenerProvider listener) {
        if (bundle.getState() != Bundle.ACTIVE || listener.listening()) {
            bundles.remove(bundle, listener);
        } else if (listener.connections() == 0) {
            bundles.remove(bundle, listener);
            try {
                bundle.stop(Bundle.STOP_TRANSIENT);
                LOG.info("The last connection of {} {} has ended", bundle.getSymbolicName(), bundle.getVersion());
            } catch (BundleException e) {
                LOG.warn("The old version does not stop: {}", e.getMessage());
            }
        }
    }

    synchronized void close() {
        closed = true;
        bundles.clear();
        if (thread != null) {
            thread.interrupt();
        }
    }
}
