package io.releve.sentinel.config;

import io.releve.config.Settings;
import io.releve.sentinel.core.SentinelConfig;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts what a sentinel knows into its configuration file, and the rest of the file as CONFIG REWRITE would. */
final class FileStore implements SentinelConfig.Store {
    private static final Logger LOG = LoggerFactory.getLogger(FileStore.class);

    private final SentinelFile file;
    private final Settings settings;
    /** Why it failed the last time, null when it did not. */
    private String failure;

    FileStore(SentinelFile file, Settings settings) {
        this.file = file;
        this.settings = settings;
    }

    @Override
    public synchronized boolean save(SentinelConfig config) {
        file.write(config);
        try {
            settings.rewrite();
        } catch (IOException | IllegalArgumentException e) {
            if (!String.valueOf(e.getMessage()).equals(failure)) {
                failure = String.valueOf(e.getMessage());
                LOG.warn("WARNING: Sentinel was not able to save the new configuration on disk!!!: {}: {}",
                        settings.file(), reason(e));
            }
            return false;
        }
        if (failure != null) {
            LOG.warn("Sentinel new configuration saved on disk");
            failure = null;
        }
        return true;
    }

    private static String reason(Exception e) {
        return e instanceof java.nio.file.AccessDeniedException ? "Permission denied" : String.valueOf(e.getMessage());
    }
}
