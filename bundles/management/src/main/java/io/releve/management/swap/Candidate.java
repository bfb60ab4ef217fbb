package io.releve.management.swap;

import io.releve.management.Missing;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.wiring.FrameworkWiring;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A bundle that is to become a part, and the steps that are taken back when it does not. */
final class Candidate {
    private static final Logger LOG = LoggerFactory.getLogger(Candidate.class);

    private final BundleContext context;
    private final Bundle bundle;
    private final boolean installed;
    private boolean started;

    private Candidate(BundleContext context, Bundle bundle, boolean installed) {
        this.context = context;
        this.bundle = bundle;
        this.installed = installed;
    }

    static Candidate of(BundleContext context, Bundle bundle) {
        return new Candidate(context, bundle, false);
    }

    /** Installs a jar. */
    static Candidate install(BundleContext context, Path jar) throws SwapException {
        if (!Files.isRegularFile(jar)) {
            throw new SwapException("there is no file " + jar);
        }
        String location = jar.toUri().toString();
        boolean known = context.getBundle(location) != null;
        try {
            return new Candidate(context, context.installBundle(location), !known);
        } catch (BundleException e) {
            throw new SwapException("the file " + jar.getFileName() + " cannot be installed: " + e.getMessage(), e);
        }
    }

    Bundle bundle() {
        return bundle;
    }

    /**
     * Resolves it without starting it, and starts it then.
     *
     * @throws SwapException also when it would not wire to what runs here
     */
    void start() throws SwapException {
        if (bundle.getState() == Bundle.ACTIVE) {
            return;
        }
        FrameworkWiring wiring = context.getBundle(0).adapt(FrameworkWiring.class);
        if (!wiring.resolveBundles(List.of(bundle))) {
            throw new SwapException(String.join(" ", Missing.unresolved(bundle, wiring)));
        }
        try {
            started = true;
            bundle.start(Bundle.START_TRANSIENT);
        } catch (BundleException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new SwapException("bundle " + bundle.getSymbolicName() + " " + bundle.getVersion() + " does not start: " + cause, e);
        }
    }

    /** As it was before. */
    void takeBack() {
        try {
            if (installed) {
                bundle.uninstall();
            } else if (started) {
                bundle.stop(Bundle.STOP_TRANSIENT);
            }
        } catch (BundleException e) {
            LOG.warn("Bundle {} {} could not be stopped: {}", bundle.getSymbolicName(), bundle.getVersion(), e.getMessage());
        }
    }
}
