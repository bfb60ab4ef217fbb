package io.releve.metrics.micrometer;

import io.releve.config.Settings;
import io.releve.engine.Engine;
import io.releve.engine.Listener;
import java.io.IOException;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the port for figures where one is wished; there before the engine is, so that a server that loads can say so. */
@Component(immediate = true, service = {})
public final class MetricsComponent {
    private static final Logger LOG = LoggerFactory.getLogger(MetricsComponent.class);

    /** Clients are sent elsewhere only when it takes long. */
    private static final long STALLED_MS = 3_000;

    private final Settings settings;
    private final List<AutoCloseable> watches;
    private MetricsServer server;
    private boolean started;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Engine engine;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Listener listener;

    @Activate
    public MetricsComponent(@Reference Settings settings) {
        this.settings = settings;
        watches = List.of(settings.watch(MetricsDirectives.BIND, host -> changed()),
                settings.watch(MetricsDirectives.PORT, port -> changed()));
        try {
            open();
        } catch (IOException | IllegalArgumentException e) {
            // clients are to be served all the same
            LOG.error("There will be no figures: {}", e.getMessage());
        }
        started = true;
    }

    private void changed() {
        if (started) {
            try {
                open();
            } catch (IOException | IllegalArgumentException e) {
                throw new IllegalArgumentException("the address of metrics-bind and metrics-port cannot be had: "
                        + e.getMessage(), e);
            }
        }
    }

    private String unready() {
        Engine current = engine;
        if (current == null) {
            return "the engine is not open";
        }
        if (current.loading()) {
            return "loading";
        }
        if (current.stalledMs() > STALLED_MS) {
            return "one command has kept all others waiting for " + current.stalledMs() + " ms";
        }
        return listener == null ? "no listener" : null;
    }

    private synchronized void open() throws IOException {
        if (server != null) {
            server.close();
            server = null;
        }
        int port = settings.get(MetricsDirectives.PORT).intValue();
        if (port == 0) {
            return;
        }
        String host = settings.get(MetricsDirectives.BIND);
        server = new MetricsServer(host, port, () -> engine, this::unready);
        LOG.info("Figures are to be had at http://{}:{}/metrics", host, port);
    }

    @Deactivate
    synchronized void close() throws Exception {
        for (AutoCloseable watch : watches) {
            watch.close();
        }
        if (server != null) {
            server.close();
        }
    }
}
