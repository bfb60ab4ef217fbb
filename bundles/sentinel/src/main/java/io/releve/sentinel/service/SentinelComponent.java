package io.releve.sentinel.service;

import io.releve.command.CommandSet;
import io.releve.config.Settings;
import io.releve.engine.Lifecycle;
import io.releve.sentinel.config.SentinelFile;
import io.releve.sentinel.core.SentinelConfig;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sentinel of this process: there in sentinel mode only, once its configuration has been read. It must be certain that
 * the file can be written before anybody hears of it: a vote that is forgotten could be given twice.
 */
@Component(immediate = true, service = {})
public final class SentinelComponent {
    private static final Logger LOG = LoggerFactory.getLogger(SentinelComponent.class);

    private ServiceRegistration<CommandSet> registration;

    @Activate
    public SentinelComponent(BundleContext context, @Reference(target = "(releve.mode=sentinel)") Settings settings,
            @Reference SentinelFile file, @Reference(cardinality = ReferenceCardinality.OPTIONAL,
                    policyOption = ReferencePolicyOption.GREEDY) Lifecycle lifecycle) {
        SentinelConfig config = file.config();
        SentinelConfig.Store store = file.store(settings);
        if (!store.save(config)) {
            refuse(lifecycle, "Sentinel config file " + settings.file() + " cannot be written, and a sentinel keeps its state"
                    + " there: the file and its directory must be writable, with room on the disk");
            return;
        }
        LOG.info("Sentinel ID is {}", config.id);
        registration = context.registerService(CommandSet.class, new SentinelCommands(config, store), null);
    }

    private static void refuse(Lifecycle lifecycle, String sentence) {
        if (lifecycle == null) {
            LOG.error(sentence);
        } else {
            lifecycle.failed(sentence);
        }
    }

    @Deactivate
    void close() {
        if (registration != null) {
            registration.unregister();
        }
    }
}
