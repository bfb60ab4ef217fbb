package io.releve.config;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A service: the values in force. Registered once file and command line have been read and every line was understood by
 * some {@link DirectiveSet}.
 */
@ProviderType
public interface Settings {
    /** The value in force. Any thread; not for hot paths: keep it, and follow changes with {@link #watch}. */
    <T> T get(Directive<T> directive);

    /** Whether the directive stands in the file, on the command line, or was set since. */
    boolean isGiven(Directive<?> directive);

    /**
     * Calls the applier with the value in force now and at every change; during a CONFIG SET it may refuse with
     * {@link IllegalArgumentException}, and all is undone.
     *
     * @return closes the watch
     */
    <T> AutoCloseable watch(Directive<T> directive, Consumer<T> applier);

    /** Directives whose name matches a pattern of CONFIG GET, name to shown value, ordered by name. */
    Map<String, String> find(String pattern);

    /**
     * Sets several directives, all or none.
     *
     * @throws IllegalArgumentException with the error text of CONFIG SET; nothing was changed
     */
    void set(Map<String, List<String>> changes);

    /**
     * Notes what the server itself has changed, so that it is shown and written; also for what nobody may set.
     *
     * @param words what would stand behind the directive's name in the file
     */
    void note(Directive<?> directive, List<String> words);

    /**
     * Writes the values in force to the file they came from; comments and order stay.
     *
     * @throws java.io.IOException also when the server runs without a file
     */
    void rewrite() throws java.io.IOException;

    /** Path of the file, empty without one. */
    String file();
}
