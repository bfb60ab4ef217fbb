package io.releve.sentinel.service;

import io.releve.command.CommandSet;
import io.releve.config.Settings;
import io.releve.engine.Dispatcher;
import io.releve.engine.Engine;
import io.releve.engine.Lifecycle;
import io.releve.engine.Listener;
import io.releve.info.InfoSection;
import io.releve.security.Tls;
import io.releve.sentinel.command.SentinelCommands;
import io.releve.sentinel.command.SentinelInfo;
import io.releve.sentinel.config.SentinelFile;
import io.releve.sentinel.core.SentinelConfig;
import io.releve.sentinel.net.RunningSentinel;
import java.util.ArrayList;
import java.util.List;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sentinel of this process: there in sentinel mode only, once its configuration has been read. It must be certain that
 * the file can be written before anybody hears of it: a vote that is forgotten could be given twice. It begins to watch when
 * the listener is there, so that whoever it tells of itself can reach it.
 */
@Component(immediate = true, service = {})
public final class SentinelComponent {
    private static final Logger LOG = LoggerFactory.getLogger(SentinelComponent.class);

    private final List<ServiceRegistration<?>> registrations = new ArrayList<>();
    private final Announcer announcer = new Announcer();
    private final RunningSentinel sentinel;
    private boolean listening;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Tls tls;

    @Activate
    public SentinelComponent(BundleContext context, @Reference(target = "(releve.mode=sentinel)") Settings settings,
            @Reference SentinelFile file, @Reference(cardinality = ReferenceCardinality.OPTIONAL,
                    policyOption = ReferencePolicyOption.GREEDY) Lifecycle lifecycle) {
        SentinelConfig config = file.config();
        SentinelConfig.Store store = file.store(settings);
        if (!store.save(config)) {
            refuse(lifecycle, "Sentinel config file " + settings.file() + " cannot be written, and a sentinel keeps its state"
                    + " there: the file and its directory must be writable, with room on the disk");
            sentinel = null;
            return;
        }
        LOG.info("Sentinel ID is {}", config.id);
        List<String> bound = List.of(settings.find("bind").getOrDefault("bind", "").split(" "));
        int port = Integer.parseInt(Tls.linkPort(settings));
        sentinel = new RunningSentinel("main", config, store, bound, port, announcer::publish,
                Tls.links(settings, () -> tls));
        registrations.add(context.registerService(InfoSection.class, new SentinelInfo(sentinel), null));
        registrations.add(context.registerService(CommandSet.class, new SentinelCommands(config, settings, sentinel), null));
    }

    @Activate
    synchronized void activate() {
        if (listening && sentinel != null) {
            sentinel.start();
        }
    }

    private static void refuse(Lifecycle lifecycle, String sentence) {
        if (lifecycle == null) {
            LOG.error(sentence);
        } else {
            lifecycle.failed(sentence);
        }
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    synchronized void bindListener(Listener listener) {
        listening = true;
        activate();
    }

    void unbindListener(Listener listener) {
        // it goes on while its listener is exchanged for another
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void bindDispatcher(Dispatcher dispatcher) {
        announcer.dispatcher(dispatcher);
    }

    void unbindDispatcher(Dispatcher dispatcher) {
        announcer.dispatcher(null);
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void bindEngine(Engine engine) {
        announcer.engine(engine);
    }

    void unbindEngine(Engine engine) {
        announcer.engine(null);
    }

    @Deactivate
    void close() {
        if (sentinel != null) {
            sentinel.stop();
        }
        registrations.forEach(ServiceRegistration::unregister);
    }
}
