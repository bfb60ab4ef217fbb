package io.releve.info;

import org.osgi.annotation.versioning.ConsumerType;
import org.osgi.annotation.versioning.ProviderType;

/** A service: one section of INFO. Where two sections have the same name their lines stand together. */
@ConsumerType
public interface InfoSection {
    /** Lower case, as in {@code INFO memory}. */
    String name();

    /** Place among the sections; those of Redis stand at 10, 20, ... in its order. */
    int order();

    /** Whether INFO shows it without being asked. */
    default boolean isDefault() {
        return true;
    }

    /** Writes the lines. Called while the turn is held. */
    void write(Lines lines);

    /** Takes the lines of a section. */
    @FunctionalInterface
    @ProviderType
    interface Lines {
        void add(String name, Object value);
    }
}
