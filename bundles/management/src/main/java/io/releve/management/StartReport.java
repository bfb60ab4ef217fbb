package io.releve.management;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.FrameworkListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says in plain words what is missing: bundles that cannot run as soon as the framework has started, services that
 * nobody offers a few seconds later, when all parts had time. In the console: {@code releve:report},
 * {@code releve:bundles}.
 */
@Component(immediate = true, service = StartReport.class,
        property = {"osgi.command.scope=releve", "osgi.command.function=report", "osgi.command.function=bundles"})
public final class StartReport {
    private static final Logger LOG = LoggerFactory.getLogger(StartReport.class);
    private static final long PATIENCE_SECONDS = 5;

    private final BundleContext context;
    private final Missing missing;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread management = new Thread(task, "releve-management-1");
        management.setDaemon(true);
        return management;
    });
    private final FrameworkListener listener = this::frameworkEvent;

    @Activate
    public StartReport(BundleContext context, @Reference ServiceComponentRuntime components) {
        this.context = context;
        this.missing = new Missing(context, components);
        context.addFrameworkListener(listener);
        if (context.getBundle(0).getState() == Bundle.ACTIVE) {
            later();
        }
    }

    @Deactivate
    void deactivate() {
        context.removeFrameworkListener(listener);
        thread.shutdownNow();
    }

    private void frameworkEvent(FrameworkEvent event) {
        if (event.getType() == FrameworkEvent.STARTED) {
            thread.execute(() -> log(missing.bundles()));
            later();
        }
    }

    private void later() {
        thread.schedule(() -> log(all()), PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private static void log(List<String> sentences) {
        sentences.forEach(LOG::warn);
    }

    private List<String> all() {
        List<String> all = new ArrayList<>(missing.bundles());
        all.addAll(missing.services());
        return all;
    }

    /** Console: what keeps parts of the server from working. */
    public String report() {
        List<String> all = all();
        return all.isEmpty() ? "Nothing is missing." : String.join("\n", all);
    }

    /** Console: the parts of the server. */
    public String bundles() {
        StringBuilder table = new StringBuilder(
                String.format("%4s  %-10s %-10s %-34s %-12s %s", "id", "state", "tier", "name", "version", "provides"));
        for (Bundle bundle : BundleList.parts(context)) {
            table.append(String.format("%n%4d  %-10s %-10s %-34s %-12s %s", bundle.getBundleId(),
                    BundleList.state(bundle), Tier.of(bundle), bundle.getSymbolicName(), bundle.getVersion(),
                    BundleList.provides(bundle)));
        }
        return table.toString();
    }
}
