package io.releve.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;
import org.osgi.framework.startlevel.BundleStartLevel;

/**
 * The bundles of the distribution: each folder below {@code bundle/} begins with its start level. What is behind it says
 * when its bundles are left out: those of {@code console} where there is no console, those of {@code server} in a sentinel,
 * those of {@code sentinel} in a server.
 */
final class Installation {
    private final Path directory;
    private final Set<String> leftOut;

    Installation(Path directory, boolean console, boolean sentinel) {
        this.directory = directory;
        String otherMode = sentinel ? "server" : "sentinel";
        leftOut = console ? Set.of(otherMode) : Set.of(otherMode, "console");
    }

    /** An initialised framework with all bundles installed, from the cache if that holds them already. */
    Framework framework(Map<String, String> properties, Cache cache) throws IOException, BundleException {
        List<Path> folders = folders();
        StringBuilder description = new StringBuilder();
        for (Path folder : folders) {
            for (Path jar : jars(folder)) {
                description.append(jar).append(' ').append(Files.size(jar)).append(' ')
                        .append(Files.getLastModifiedTime(jar).toMillis()).append('\n');
            }
        }
        String fingerprint = description.toString();
        boolean warm = cache.holds(fingerprint);
        if (!warm) {
            cache.empty();
        }
        FrameworkFactory factory = ServiceLoader.load(FrameworkFactory.class).findFirst()
                .orElseThrow(() -> new IOException("no OSGi framework in lib/"));
        properties.put(Constants.FRAMEWORK_STORAGE, cache.directory().resolve("framework").toString());
        Framework framework = factory.newFramework(properties);
        framework.init();
        if (warm && !startsAsInstalled(framework.getBundleContext(), cache.filledAt())) {
            stop(framework);
            cache.empty();
            return framework(properties, cache);
        }
        if (!warm) {
            for (Path folder : folders) {
                install(folder, framework.getBundleContext());
            }
            cache.filled(fingerprint);
        }
        return framework;
    }

    /**
     * Whether the bundles are still those of {@code bundle/}; what was stopped in a console starts again. A change made
     * there is for the running server: what is to last lies in {@code deploy/}.
     */
    private boolean startsAsInstalled(BundleContext context, long filledAt) throws IOException, BundleException {
        for (Path folder : folders()) {
            for (Path jar : jars(folder)) {
                Bundle bundle = context.getBundle(jar.toUri().toString());
                if (bundle == null || bundle.getLastModified() > filledAt) {
                    return false;
                }
                start(bundle);
            }
        }
        return true;
    }

    private static void stop(Framework framework) throws BundleException, IOException {
        framework.stop();
        try {
            framework.waitForStop(0);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static void start(Bundle bundle) throws BundleException {
        if (bundle.getHeaders("").get(Constants.FRAGMENT_HOST) == null) {
            bundle.start();
        }
    }

    private List<Path> folders() throws IOException {
        List<Path> folders = new ArrayList<>();
        for (Path folder : sorted(directory)) {
            String name = folder.getFileName().toString();
            if (Files.isDirectory(folder) && !leftOut.contains(name.substring(name.indexOf('-') + 1))) {
                folders.add(folder);
            }
        }
        return folders;
    }

    private static List<Path> jars(Path folder) throws IOException {
        return sorted(folder).stream().filter(file -> file.toString().endsWith(".jar")).toList();
    }

    private static List<Path> sorted(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    private static void install(Path folder, BundleContext context) throws IOException, BundleException {
        String name = folder.getFileName().toString();
        int level = Integer.parseInt(name.substring(0, name.indexOf('-')));
        for (Path jar : jars(folder)) {
            Bundle bundle;
            try {
                bundle = context.installBundle(jar.toUri().toString());
            } catch (BundleException e) {
                throw new BundleException(jar + " is not a bundle: " + e.getMessage(), e);
            }
            bundle.adapt(BundleStartLevel.class).setStartLevel(level);
            start(bundle);
        }
    }
}
