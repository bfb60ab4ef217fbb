package io.releve.engine.core;

import io.releve.config.Directive;
import io.releve.engine.Engine.ShutdownRequest;
import java.util.List;
import java.util.Locale;

/** What a stop by a signal does, in the words of SHUTDOWN (redis.conf, {@code shutdown-on-sigterm}). */
final class SignalOptions implements Directive.Format<List<String>> {
    static final List<String> DEFAULT = List.of("default");

    private static final List<String> WORDS = List.of("default", "save", "nosave", "now", "force");

    @Override
    public List<String> parse(List<String> words) {
        List<String> options = words.stream().flatMap(word -> List.of(word.strip().split(" +")).stream())
                .map(word -> word.toLowerCase(Locale.ROOT)).distinct().toList();
        if (!WORDS.containsAll(options)) {
            throw new IllegalArgumentException("argument(s) must be one of the following: " + String.join(", ", WORDS));
        }
        if (options.contains("save") && options.contains("nosave")) {
            throw new IllegalArgumentException("options save and nosave can't be used together");
        }
        return options;
    }

    @Override
    public String show(List<String> options) {
        return String.join(" ", options);
    }

    /** A failure never keeps a process from stopping that was told so by a signal. */
    static ShutdownRequest request(List<String> options) {
        Boolean save = options.contains("save") ? Boolean.TRUE : options.contains("nosave") ? Boolean.FALSE : null;
        return new ShutdownRequest(save, options.contains("now"), true);
    }
}
