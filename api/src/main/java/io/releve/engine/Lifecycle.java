package io.releve.engine;

import org.osgi.annotation.versioning.ProviderType;

/**
 * A service: the life of the whole server. In a distribution of its own it stops the framework and sets the exit code;
 * inside somebody else's container it logs and leaves the container alone. Any thread; returns at once.
 */
@ProviderType
public interface Lifecycle {
    /** The framework property that our launcher sets to {@code true}. */
    String PROPERTY = "releve.launcher";

    /** Whether the framework is ours alone, by the value of {@link #PROPERTY}. */
    static boolean isOurs(String property) {
        return "true".equals(property);
    }

    /**
     * A part cannot do its work and the server is of no use without it: exit code 1.
     *
     * @param sentence what is wrong and what to do, in one sentence for the user
     */
    void failed(String sentence);

    /** Stops in good order: exit code 0. */
    void stop();
}
