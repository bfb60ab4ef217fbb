package io.releve.management;

import io.releve.info.InfoSection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** {@code INFO bundles}: the parts of the server, one line each. */
@Component
public final class BundleList implements InfoSection {
    private final BundleContext context;

    @Activate
    public BundleList(BundleContext context) {
        this.context = context;
    }

    @Override
    public String name() {
        return "bundles";
    }

    @Override
    public int order() {
        return 1000;
    }

    @Override
    public boolean isDefault() {
        return false;
    }

    @Override
    public void write(Lines lines) {
        int number = 0;
        for (Bundle bundle : parts(context)) {
            lines.add("bundle" + number++, "name=" + bundle.getSymbolicName() + ",version=" + bundle.getVersion()
                    + ",tier=" + Tier.of(bundle) + ",state=" + state(bundle) + ",provides=" + provides(bundle));
        }
    }

    /** Our bundles by name and version. */
    public static List<Bundle> parts(BundleContext context) {
        List<Bundle> parts = new ArrayList<>();
        for (Bundle bundle : context.getBundles()) {
            String name = bundle.getSymbolicName();
            if (name != null && name.startsWith("io.releve.")) {
                parts.add(bundle);
            }
        }
        parts.sort(Comparator.comparing(Bundle::getSymbolicName).thenComparing(Bundle::getVersion));
        return parts;
    }

    public static String state(Bundle bundle) {
        return switch (bundle.getState()) {
            case Bundle.ACTIVE -> "active";
            case Bundle.STARTING -> "starting";
            case Bundle.STOPPING -> "stopping";
            case Bundle.RESOLVED -> "resolved";
            case Bundle.INSTALLED -> "installed";
            default -> "uninstalled";
        };
    }

    /** Simple names of our services it offers, {@code |} between them. */
    static String provides(Bundle bundle) {
        ServiceReference<?>[] services = bundle.getRegisteredServices();
        TreeSet<String> names = new TreeSet<>();
        if (services != null) {
            for (ServiceReference<?> service : services) {
                for (String type : (String[]) service.getProperty(Constants.OBJECTCLASS)) {
                    if (type.startsWith("io.releve.")) {
                        names.add(type.substring(type.lastIndexOf('.') + 1));
                    }
                }
            }
        }
        return String.join("|", names);
    }
}
