package io.releve.config.file;

import java.io.IOException;
import java.util.Hashtable;
import java.util.Map;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows the settings in Configuration Admin. It is a mirror: nothing written there comes back. One thread. */
final class ConfigurationMirror {
    static final String PID = "io.releve.settings";

    private static final Logger LOG = LoggerFactory.getLogger(ConfigurationMirror.class);

    private Map<String, String> last = Map.of();

    void show(ConfigurationAdmin admin, Map<String, String> settings) {
        try {
            last = settings;
            Configuration configuration = admin.getConfiguration(PID, "?");
            if (!matches(configuration)) {
                configuration.update(new Hashtable<>(settings));
            }
        } catch (IllegalStateException e) {
            LOG.debug("Configuration Admin is gone: the server stops", e);
        } catch (IOException e) {
            LOG.warn("The settings could not be shown in Configuration Admin: {}", e.toString());
        }
    }

    /** Somebody has written to the mirror, perhaps we. */
    void changed(ConfigurationAdmin admin) {
        try {
            if (!last.isEmpty() && !matches(admin.getConfiguration(PID, "?"))) {
                LOG.warn("A change of {} in Configuration Admin is ignored: the truth is redis.conf and CONFIG SET",
                        PID);
            }
        } catch (IllegalStateException e) {
            LOG.debug("Configuration Admin is gone: the server stops", e);
        } catch (IOException e) {
            LOG.warn("Configuration Admin could not be read: {}", e.toString());
        }
    }

    private boolean matches(Configuration configuration) {
        var properties = configuration.getProperties();
        if (properties == null) {
            return false;
        }
        for (Map.Entry<String, String> entry : last.entrySet()) {
            if (!entry.getValue().equals(properties.get(entry.getKey()))) {
                return false;
            }
        }
        return true;
    }
}
