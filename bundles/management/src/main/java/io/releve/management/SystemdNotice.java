package io.releve.management;

import io.releve.config.Settings;
import io.releve.engine.Engine;
import io.releve.engine.Listener;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells systemd that clients can connect ({@code Type=notify}, sd_notify(3)), if {@code supervised} is {@code systemd} or
 * {@code auto} and systemd has started this process. Java has no datagrams on unix sockets, so systemd's own program says it;
 * the unit needs {@code NotifyAccess=all}.
 */
@Component(immediate = true, service = {})
public final class SystemdNotice {
    private static final Logger LOG = LoggerFactory.getLogger(SystemdNotice.class);
    private static final long PATIENCE_SECONDS = 5;

    private final boolean wanted;

    /** @param engine is there once the data is loaded */
    @Activate
    public SystemdNotice(@Reference Settings settings, @Reference Engine engine) {
        String supervised = settings.get(ProcessDirectives.SUPERVISED);
        wanted = (supervised.equals("systemd") || supervised.equals("auto")) && System.getenv("NOTIFY_SOCKET") != null;
        if (supervised.equals("systemd") && !wanted) {
            LOG.warn("systemd supervision requested or auto-detected, but NOTIFY_SOCKET not found");
        }
    }

    @Reference(policy = ReferencePolicy.DYNAMIC)
    void bindListener(Listener any) {
        // there must be one; which one does not matter to systemd
    }

    void unbindListener(Listener any) {
        // another has taken over, or this component ends
    }

    @Activate
    void ready() {
        tell("--ready", "--status=Ready to accept connections");
    }

    @Deactivate
    void close() {
        tell("STOPPING=1");
    }

    private void tell(String... words) {
        if (!wanted) {
            return;
        }
        List<String> command = new java.util.ArrayList<>(List.of("systemd-notify", "--pid=" + ProcessHandle.current().pid()));
        command.addAll(List.of(words));
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                LOG.warn("systemd was not told: {} failed", command);
            }
        } catch (IOException e) {
            LOG.warn("systemd was not told: {}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
