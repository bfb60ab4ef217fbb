package io.releve.management.swap;

import org.osgi.framework.Bundle;

/**
 * One bundle's way of being a part.
 *
 * @param provider what it is called in the configuration, for example {@code aof}
 * @param service what it has in the registry; null when the bundle is the part
 * @param active whether it does the work now
 */
record Offer(String provider, Bundle bundle, Object service, boolean active) {
    /**
     * Whether words mean this offer: its provider, its version, or both with {@code @} between them.
     *
     * @param old what does the work now, or null: a version alone is another one of the same bundle
     */
    boolean is(String words, Offer old) {
        String version = bundle.getVersion().toString();
        boolean sameBundle = old == null || old.bundle().getSymbolicName().equals(bundle.getSymbolicName());
        return words.equals(provider) || words.equals(provider + "@" + version) || sameBundle && words.equals(version);
    }
}
