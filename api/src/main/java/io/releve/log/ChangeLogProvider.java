package io.releve.log;

import org.osgi.annotation.versioning.ProviderType;

/** A service: makes change logs. Every engine opens one of its own. */
@ProviderType
public interface ChangeLogProvider {
    /** A new, empty history. */
    ChangeLog open();
}
