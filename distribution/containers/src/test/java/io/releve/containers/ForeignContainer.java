package io.releve.containers;

import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;
import org.osgi.util.tracker.ServiceTracker;

/**
 * A program for tests: the framework that is on its class path, as it comes, with bundles that are installed while it runs.
 * Arguments: the framework's directory, then the jars. When the service of the embedded API is there, if its bundle is among them,
 * it sets and gets a key through it and prints {@code ready}; it stops the framework when its standard input ends.
 */
public final class ForeignContainer {
    private static final String API = "io.releve.embedded";
    private static final long PATIENCE_MS = 30_000;

    private ForeignContainer() {
    }

    public static void main(String[] args) throws Exception {
        Map<String, String> properties = new HashMap<>(Map.of(Constants.FRAMEWORK_STORAGE, args[0]));
        Framework framework = ServiceLoader.load(FrameworkFactory.class).findFirst().orElseThrow().newFramework(properties);
        framework.start();
        System.out.println("framework " + framework.getSymbolicName() + " " + framework.getVersion());
        BundleContext context = framework.getBundleContext();
        List<Bundle> bundles = new ArrayList<>();
        for (String jar : List.of(args).subList(1, args.length)) {
            bundles.add(context.installBundle(Path.of(jar).toUri().toString()));
        }
        Bundle embedded = null;
        for (Bundle bundle : bundles) {
            if (bundle.getHeaders("").get(Constants.FRAGMENT_HOST) == null) {
                bundle.start();
            }
            if (API.equals(bundle.getSymbolicName())) {
                embedded = bundle;
            }
        }
        if (embedded != null) {
            use(context, embedded);
        }
        System.out.println("ready");
        while (System.in.read() >= 0) {
            continue;
        }
        framework.stop();
        framework.waitForStop(PATIENCE_MS);
        System.out.println("stopped");
    }

    /** The container does not see the types of the bundles, so it calls them by their names. */
    private static void use(BundleContext context, Bundle embedded) throws Exception {
        ServiceTracker<Object, Object> tracker = new ServiceTracker<>(context, API + ".Releve", null);
        tracker.open(true);
        Object releve = tracker.waitForService(PATIENCE_MS);
        if (releve == null) {
            throw new IllegalStateException("nobody offers " + API + ".Releve");
        }
        Class<?> type = embedded.loadClass(API + ".Releve");
        Method set = type.getMethod("set", String.class, String.class);
        Method get = type.getMethod("get", String.class);
        set.invoke(releve, "greeting", "hello");
        System.out.println("greeting is " + get.invoke(releve, "greeting"));
        System.out.println("keyspace is " + type.getMethod("call", String.class, String[].class)
                .invoke(releve, "CONFIG", new String[] {"GET", "keyspace"}));
        tracker.close();
    }
}
