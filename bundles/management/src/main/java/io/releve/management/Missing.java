package io.releve.management;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.service.component.runtime.dto.ReferenceDTO;
import org.osgi.service.component.runtime.dto.UnsatisfiedReferenceDTO;

/** Finds out what keeps parts of the server from working, in sentences for people. Only causes, not what follows. */
public final class Missing {
    /** Services that are not components of their own, and who offers them. */
    private static final Map<String, String> OFFERED_BY = Map.of(
            "io.releve.config.Settings", "io.releve.config registers it once redis.conf has been read",
            "io.releve.engine.Dispatcher", "io.releve.engine does once its keyspace is open and its commands are there",
            "io.releve.keyspace.KeyspaceProvider", "io.releve.keyspace.chronicle and io.releve.keyspace.heap offer one",
            "org.osgi.service.cm.ConfigurationAdmin", "org.apache.felix.configadmin offers one");

    private final BundleContext context;
    private final ServiceComponentRuntime components;

    Missing(BundleContext context, ServiceComponentRuntime components) {
        this.context = context;
        this.components = components;
    }

    /** Bundles that cannot run: whatever is unresolved, and ours that are not active. */
    List<String> bundles() {
        List<String> sentences = new ArrayList<>();
        FrameworkWiring wiring = context.getBundle(0).adapt(FrameworkWiring.class);
        for (Bundle bundle : context.getBundles()) {
            if (bundle.getState() == Bundle.INSTALLED && !isFragment(bundle)) {
                sentences.addAll(unresolved(bundle, wiring));
            }
        }
        for (Bundle bundle : BundleList.parts(context)) {
            if (bundle.getState() == Bundle.RESOLVED && !isFragment(bundle) && !isReplaced(bundle)) {
                sentences.add("Bundle " + bundle.getSymbolicName() + " is installed but does not run: look for its"
                        + " error in the log, or try 'start " + bundle.getBundleId() + "' in the console.");
            }
        }
        return sentences;
    }

    /** Why a bundle does not resolve. */
    public static List<String> unresolved(Bundle bundle, FrameworkWiring wiring) {
        List<String> sentences = new ArrayList<>();
        for (BundleRequirement requirement : bundle.adapt(BundleRevision.class).getDeclaredRequirements(null)) {
            Map<String, String> directives = requirement.getDirectives();
            if ("optional".equals(directives.get("resolution")) || "dynamic".equals(directives.get("resolution"))
                    || "active".equals(directives.get("effective"))) {
                continue;
            }
            String sentence = "Bundle " + bundle.getSymbolicName() + " cannot run: it needs "
                    + requirement.getNamespace() + directives.getOrDefault("filter", "");
            var providers = wiring.findProviders(requirement);
            if (providers.isEmpty()) {
                sentences.add(sentence + ", which no installed bundle provides; put a bundle that does into deploy/.");
            } else if (providers.stream().allMatch(p -> p.getRevision().getBundle().getState() == Bundle.INSTALLED)) {
                Bundle provider = providers.iterator().next().getRevision().getBundle();
                if (provider != bundle) {
                    sentences.add(sentence + " of bundle " + provider.getSymbolicName() + ", which cannot run itself.");
                }
            }
        }
        if (sentences.isEmpty()) {
            sentences.add("Bundle " + bundle.getSymbolicName() + " is not resolved although all it needs is there: try"
                    + " 'start " + bundle.getBundleId() + "' in the console for the reason.");
        }
        return sentences;
    }

    /** Whether another version of it runs. */
    private boolean isReplaced(Bundle bundle) {
        return BundleList.parts(context).stream().anyMatch(other -> other.getState() == Bundle.ACTIVE
                && other.getSymbolicName().equals(bundle.getSymbolicName()));
    }

    private static boolean isFragment(Bundle bundle) {
        return (bundle.adapt(BundleRevision.class).getTypes() & BundleRevision.TYPE_FRAGMENT) != 0;
    }

    /** Components of ours that wait for a service, or whose start failed. */
    List<String> services() {
        Bundle[] parts = BundleList.parts(context).toArray(Bundle[]::new);
        var descriptions = components.getComponentDescriptionDTOs(parts);
        Set<String> declared = new HashSet<>();
        descriptions.forEach(description -> declared.addAll(Arrays.asList(description.serviceInterfaces)));
        List<String> sentences = new ArrayList<>();
        for (ComponentDescriptionDTO description : descriptions) {
            for (ComponentConfigurationDTO configuration : components.getComponentConfigurationDTOs(description)) {
                describe(description, configuration, declared, sentences);
            }
        }
        return sentences;
    }

    private static void describe(ComponentDescriptionDTO description, ComponentConfigurationDTO configuration,
            Set<String> declared, List<String> sentences) {
        String who = description.implementationClass.substring(description.implementationClass.lastIndexOf('.') + 1)
                + " in bundle " + description.bundle.symbolicName;
        if (configuration.state == ComponentConfigurationDTO.FAILED_ACTIVATION) {
            String failure = configuration.failure == null ? "" : configuration.failure.lines().findFirst().orElse("");
            sentences.add(who + " failed to start: " + failure + "; the log has the whole error.");
        }
        if (configuration.state == ComponentConfigurationDTO.UNSATISFIED_CONFIGURATION) {
            sentences.add(who + " waits for a configuration: put a file " + description.configurationPid[0]
                    + ".cfg into etc/.");
        }
        for (UnsatisfiedReferenceDTO unsatisfied : configuration.unsatisfiedReferences) {
            String service = Arrays.stream(description.references).filter(r -> r.name.equals(unsatisfied.name))
                    .map((ReferenceDTO r) -> r.interfaceName).findFirst().orElse(unsatisfied.name);
            if (declared.contains(service) && unsatisfied.target == null) {
                continue;
            }
            String target = unsatisfied.target == null ? "" : " with " + unsatisfied.target;
            sentences.add(who + " waits for a service " + service.substring(service.lastIndexOf('.') + 1) + target
                    + ", which no part offers now: "
                    + OFFERED_BY.getOrDefault(service, "put the bundle that offers it into deploy/") + ".");
        }
    }
}
